"""`fix` over files: what is found, suggested, wished for, and made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.case import FileCase, clause_of
from broadcatch.mend.file import joined, mend
from broadcatch.mend.landing import Ways
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FixResult, Target
from broadcatch.raises.escapes import Engine
from broadcatch.runs.asking import engine_of
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import gather
from broadcatch.runs.meant import meant
from broadcatch.runs.suggesting import suggestions_for

Progress = Callable[[int, int], None]


def fix(
    targets: Sequence[Target], config: Config, request: FixRequest, progress: Progress | None = None
) -> FixResult:
    """The rewrites for `targets`, applied to the files if the request says so. Raises PathError."""
    paths = [target.path for target in targets]
    found = gather(paths, config, progress)
    engine = engine_of(paths, config)
    ways = Ways(engine, config, request)
    mended = joined(
        mend(facts.path, wanted(_case(facts, config, targets, engine, request)), request, ways.graded)
        for facts in found.facts
        if facts.handlers
    )
    engine.save()
    return replace(mended, failures=found.failures + mended.failures, skipped=found.skipped)


def _case(
    facts: FileFacts, config: Config, targets: Sequence[Target], engine: Engine, request: FixRequest
) -> FileCase:
    judged = judge_file(facts, config)
    asked_for = {one.handler.span.line for one in meant(facts.path, judged, targets)}
    live = tuple(one for one in findings(facts, config) if _line(one) in asked_for and one.suppressed is None)
    lines = {_line(one) for one in live}
    suggestions = suggestions_for(facts, [one for one in judged if one.handler.span.line in lines], engine)
    return FileCase(
        facts.path,
        live,
        {one.handler.span.line: one for one in judged},
        {one.line: one for one in suggestions},
        engine.resolver.hierarchy.catches,
        config,
        request,
    )


def _line(finding: Finding) -> int:
    return clause_of(finding) or finding.span.line
