"""What becomes of the error in this handler, under this configuration?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from broadcatch.config.options import Config
from broadcatch.flow.paths import paths
from broadcatch.judge.meaning import ConfiguredMeaning
from broadcatch.judge.unforeseen import unrecognised
from broadcatch.judge.zones import placed
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.outcome import OUTCOMES, Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A handler with its verdict; `module` is the dotted name of its file, "" where that is not known."""

    handler: Handler
    verdict: Verdict
    module: str = ""


def judge(handler: Handler, path: str, config: Config) -> Verdict:
    """The verdict on one handler of the file `path`, of which nothing else is known; pure."""
    return _judge(handler, FileFacts(path, "", 0, ()), ConfiguredMeaning(config), config)


def judge_file(facts: FileFacts, config: Config) -> tuple[Judged, ...]:
    """The verdicts on all handlers of a file, in the order of the text."""
    meaning = ConfiguredMeaning(config)
    judged = ((handler, _judge(handler, facts, meaning, config)) for handler in facts.handlers)
    module = facts.module or PurePosixPath(facts.path).stem
    return tuple(Judged(handler, verdict, module) for handler, verdict in judged)


def _judge(handler: Handler, facts: FileFacts, meaning: ConfiguredMeaning, config: Config) -> Verdict:
    if handler.callees:
        meaning = ConfiguredMeaning(config, handler.callees)
    found = paths(handler.body, handler.final, handler.bound, meaning)
    left = unrecognised(handler.body, handler.bound)
    broadly = found if left == handler.body else paths(left, handler.final, handler.bound, meaning)
    worst = max(broadly, key=lambda way: OUTCOMES.index(way.outcome))
    broad = tuple(one.name for one in handler.caught if meaning.broad_class(one))
    stands = placed(handler, facts, config)
    return Verdict(
        worst.outcome,
        worst,
        found,
        ("",) if handler.bare else broad,
        fallback=worst.value or next((way.value for way in found if way.value), ""),
        zone=stands.zone,
        zone_reason=stands.reason,
        logging=stands.logging,
        logging_reason=stands.logging_reason,
    )
