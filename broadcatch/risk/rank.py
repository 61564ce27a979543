"""Which handlers and files first?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from broadcatch.config.options import Config
from broadcatch.judge.lexicon import shared_words
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.aftermath import NOTHING, Aftermath
from broadcatch.model.facts import FileFacts
from broadcatch.model.ranking import FileRisk, HandlerRisk, Reach
from broadcatch.risk.reasons import Pair, reasons_of
from broadcatch.risk.score import factors_of, file_score, handler_score
from broadcatch.risk.subject import Subject
from broadcatch.risk.terms import GENERAL, Terms, terms_of
from broadcatch.risk.tiers import file_tier, handler_tier

Place = tuple[str, int]
"""Path and line of a handler."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Files and broad handlers, riskiest first; ties by path and line."""

    files: tuple[FileRisk, ...]
    handlers: tuple[HandlerRisk, ...]


def rank(
    files: Sequence[FileFacts],
    config: Config,
    suppressed: Collection[Place] = frozenset(),
) -> Ranking:
    """Rank the broad handlers of `files`. `suppressed` ones are ranked and marked."""
    judged = {facts.path: judge_file(facts, config) for facts in files}
    return rank_judged(judged, suppressed, terms_of(config))


def rank_judged(
    judged: Mapping[str, Iterable[Judged]],
    suppressed: Collection[Place] = frozenset(),
    terms: Terms = GENERAL,
    after: Mapping[Place, Aftermath] = MappingProxyType({}),
    reaches: Mapping[Place, Reach] = MappingProxyType({}),
) -> Ranking:
    """The same for handlers that are judged already, by path.

    `after` tells what comes after each, `reaches` who calls its function, as far as that is known.
    """
    shared, packages = shared_words(judged), _packages(judged)
    by_file = {
        path: [
            _risk(_subject(path, one, shared, packages, terms, after, reaches), suppressed)
            for one in handlers
            if one.verdict.broad
        ]
        for path, handlers in judged.items()
    }
    files = [_file(path, sorted(pairs, key=_pair_order)) for path, pairs in by_file.items() if pairs]
    handlers = [risk for pairs in by_file.values() for risk, _ in pairs]
    return Ranking(
        tuple(sorted(files, key=lambda one: (-one.score, one.path))), tuple(sorted(handlers, key=_order))
    )


def _packages(paths: Iterable[str]) -> frozenset[str]:
    """The names of all folders and modules: what an import of the project itself may begin with."""
    return frozenset(part.removesuffix(".py") for path in paths for part in path.split("/"))


def _subject(
    path: str,
    judged: Judged,
    shared: frozenset[str],
    packages: frozenset[str],
    terms: Terms,
    after: Mapping[Place, Aftermath],
    reaches: Mapping[Place, Reach],
) -> Subject:
    place = _place(path, judged)
    return Subject(path, judged, shared, after.get(place, NOTHING), terms, reaches.get(place), packages)


def _place(path: str, judged: Judged) -> Place:
    return path, judged.handler.span.line


def _risk(subject: Subject, suppressed: Collection[Place]) -> Pair:
    factors = factors_of(subject)
    score = round(handler_score(factors), 2)
    line = subject.handler.span.line
    risk = HandlerRisk(
        path=subject.path,
        line=line,
        function=subject.handler.place.qualname,
        outcome=subject.verdict.outcome,
        score=score,
        tier=handler_tier(score),
        factors=factors,
        suppressed=(subject.path, line) in suppressed,
        try_line=subject.handler.try_line,
        end_line=subject.handler.end_line,
        zone=subject.verdict.zone,
        steps=subject.verdict.worst.steps,
        reach=subject.reach,
    )
    return risk, subject


def _file(path: str, pairs: Sequence[Pair]) -> FileRisk:
    score = round(file_score([risk.score for risk, _ in pairs]), 1)
    return FileRisk(path, score, file_tier(score), len(pairs), reasons_of(pairs))


def _order(risk: HandlerRisk) -> tuple[float, str, int]:
    return -risk.score, risk.path, risk.line


def _pair_order(pair: Pair) -> tuple[float, str, int]:
    return _order(pair[0])
