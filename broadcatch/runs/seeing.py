"""What does `check` see? Facts and findings of all files or the changed ones, held against the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from broadcatch.config.options import Config
from broadcatch.model.baseline import Stale
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.results import CheckResult, Only
from broadcatch.runs.beside import beside
from broadcatch.runs.checking import checked
from broadcatch.runs.gather import Gathered, gather

if TYPE_CHECKING:
    from broadcatch.runs.deepening import Deeper

Progress = Callable[[int, int], None]
Parts = Sequence[Sequence[Finding]]
NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """The findings of each file beside its facts. `texts` are contents by path that are not on the disk."""

    found: Gathered
    parts: Parts
    stale: tuple[Stale, ...] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def result(self, parts: Sequence[Sequence[Finding]]) -> CheckResult:
        """The answer of `check`, with further words on the findings."""
        found = self.found
        findings = tuple(finding for part in parts for finding in part)
        return CheckResult(
            findings, found.failures, found.skipped, len(found.facts), found.lines, self.stale, self.notes
        )


def seen(paths: Sequence[str], only: Only, config: Config, progress: Progress | None) -> Seen:
    """What `check` finds below `paths`, or in what has changed there.

    Raises PathError, and BroadcatchError where the baseline or git cannot be asked.
    """
    if not only:
        found = gather(paths, config, progress)
        return judged(found, paths, config)
    from broadcatch.runs.narrowing import narrowed, touched

    part = narrowed(paths, only, config, progress)
    whole = judged(part.found, paths, config, part.texts)
    kept = [
        touched(facts, findings, part.lines[facts.path])
        for facts, findings in zip(part.found.facts, whole.parts, strict=True)
    ]
    whole = replace(whole, parts=kept, texts=part.texts)
    if not only.deep:
        return whole
    from broadcatch.runs.deepening import deeper

    return _with(whole, deeper(part, paths, only, config, progress))


def _with(saw: Seen, more: Deeper) -> Seen:
    """What was seen, and the findings on handlers that changes elsewhere let more reach, by path."""
    if not more.files:
        return replace(saw, notes=more.notes)
    files = {facts.path: (facts, part) for facts, part in zip(saw.found.facts, saw.parts, strict=True)}
    for facts, findings in more.files:
        known = files.get(facts.path, (facts, ()))[1]
        both = sorted((*known, *findings), key=lambda one: (one.span, one.code))
        files[facts.path] = (facts, both)
    found = replace(saw.found, facts=tuple(files[path][0] for path in sorted(files)))
    parts = [files[path][1] for path in sorted(files)]
    return replace(saw, found=found, parts=parts, texts={**saw.texts, **more.texts}, notes=more.notes)


def judged(
    found: Gathered, paths: Sequence[str], config: Config, texts: Mapping[str, bytes] = NOTHING
) -> Seen:
    """The findings of all that was read, those that the baseline knows suppressed."""
    parts = found_in(found, config, texts)
    if not config.baseline:
        return Seen(found, parts)
    parts, stale = against_baseline(found.facts, parts, paths, config)
    return Seen(found, parts, stale)


def found_in(found: Gathered, config: Config, texts: Mapping[str, bytes] = NOTHING) -> Parts:
    """The findings of each file; those that are left to Ruff are notes."""
    parts = [checked(facts, config) for facts in found.facts]
    told = iter(beside([finding for part in parts for finding in part], config, texts))
    return [list(islice(told, len(part))) for part in parts]


def against_baseline(
    facts: Sequence[FileFacts], parts: Parts, paths: Sequence[str], config: Config
) -> tuple[Parts, tuple[Stale, ...]]:
    """The findings as the configured baseline marks them, and what of it is stale. Raises BaselineError."""
    from broadcatch.gate.shelf import read_entries
    from broadcatch.runs.baselining import held

    run = held(read_entries(config.baseline), facts, parts, paths, config)
    return run.marked(parts), run.weighed.stale
