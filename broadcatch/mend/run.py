"""`fix` over files: what is found, suggested, wished for, and made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.again import Review
from broadcatch.mend.case import FileCase, clause_of
from broadcatch.mend.draft import Draft, drafted
from broadcatch.mend.file import carried_out, failed, joined
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FixResult, Target
from broadcatch.raises.escapes import Engine
from broadcatch.runs.asking import engine_of
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import gather
from broadcatch.runs.meant import meant
from broadcatch.runs.suggesting import suggestions_for
from broadcatch.runs.texts import gather_text
from broadcatch.source.read import encode, read

Progress = Callable[[int, int], None]


def fix(
    targets: Sequence[Target], config: Config, request: FixRequest, progress: Progress | None = None
) -> FixResult:
    """The rewrites for `targets`, applied to the files if the request says so. Raises PathError."""
    paths = [target.path for target in targets]
    found = gather(paths, config, progress)
    engine = engine_of(paths, config)
    drafts = list(_drafts(found.facts, config, targets, engine, request))
    engine.save()
    mended = joined(
        failed(one) if isinstance(one, Failure) else carried_out(one, request.write) for one in drafts
    )
    return replace(mended, failures=found.failures + mended.failures, skipped=found.skipped)


def _drafts(
    facts: Sequence[FileFacts],
    config: Config,
    targets: Sequence[Target],
    engine: Engine,
    request: FixRequest,
) -> Iterator[Draft | Failure]:
    for one in facts:
        every = findings(one, config) if one.handlers else ()
        if any(found.suppressed is None for found in every):
            case = _case(one, config, every, targets, engine, request)
            asked = wanted(case)
            if asked:
                yield drafted(one.path, asked, request, _review(case, every))


def _case(
    facts: FileFacts,
    config: Config,
    every: Sequence[Finding],
    targets: Sequence[Target],
    engine: Engine,
    request: FixRequest,
) -> FileCase:
    judged = judge_file(facts, config)
    asked_for = {one.handler.span.line for one in meant(facts.path, judged, targets)}
    live = tuple(one for one in every if _line(one) in asked_for and one.suppressed is None)
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


def _review(case: FileCase, every: Sequence[Finding]) -> Review:
    clauses = tuple((line, one.handler.end_line) for line, one in case.judged.items())
    live = tuple(one for one in every if one.suppressed is None)
    return Review(live, clauses, partial(_found, path=case.path, config=case.config))


def _found(text: str, path: str, config: Config) -> Sequence[Finding] | Failure:
    """What is found in a text that stands for a file, in the file's encoding."""
    source = read(path)
    if isinstance(source, Failure):
        return source
    facts = gather_text(encode(source, text), path, config)
    return facts if isinstance(facts, Failure) else findings(facts, config)


def _line(finding: Finding) -> int:
    return clause_of(finding) or finding.span.line
