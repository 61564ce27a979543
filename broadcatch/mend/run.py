"""`fix` over files: what is found, suggested, wished for, and made of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from functools import partial

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.again import Clause, Review
from broadcatch.mend.case import FileCase, clause_of, has_residual
from broadcatch.mend.choosing import chosen
from broadcatch.mend.draft import Draft, drafted, settled
from broadcatch.mend.file import carried_out, joined
from broadcatch.mend.journal import recover
from broadcatch.mend.knowledge import Knowledge
from broadcatch.mend.landing import Ways
from broadcatch.mend.pieces import in_pieces
from broadcatch.mend.trial import tried
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Choose, FixResult, Target
from broadcatch.rewrite.write import sweep
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import cache_of, gather
from broadcatch.runs.meant import is_asked, meant
from broadcatch.runs.texts import gather_text
from broadcatch.source.read import encode, read

Progress = Callable[[int, int], None]


def fix(
    targets: Sequence[Target],
    config: Config,
    request: FixRequest,
    progress: Progress | None = None,
    choose: Choose | None = None,
) -> FixResult:
    """The rewrites for `targets`, applied to the files if the request says so. Raises PathError.

    `choose` is asked about each rewrite, and only those it wants are made.
    """
    paths = [target.path for target in targets]
    cache = cache_of(paths, config)
    notes = recover(cache)
    found = gather(paths, config, progress)
    if request.write:
        sweep({os.path.dirname(facts.path) for facts in found.facts})
    known = Knowledge(paths, config)
    made = list(_drafts(found.facts, config, targets, known, request))
    known.save()
    failures = tuple(one for one in made if isinstance(one, Failure))
    drafts: Sequence[Draft] = [one for one in made if isinstance(one, Draft)]
    if choose is not None:
        drafts = [settled(one) for one in chosen(drafts, choose)]
    trial = None
    if request.verify:
        done = tried(drafts, request.verify, request.runs, cache, progress)
        drafts, trial = done.drafts, done.trial
    mended = joined(carried_out(one, request.write, there=trial is not None) for one in drafts)
    return replace(
        mended,
        trial=trial,
        notes=notes + mended.notes,
        failures=found.failures + failures + mended.failures,
        skipped=found.skipped,
        pieces=in_pieces(drafts, request.by, paths) if request.by else (),
    )


def _drafts(
    facts: Sequence[FileFacts],
    config: Config,
    targets: Sequence[Target],
    known: Knowledge,
    request: FixRequest,
) -> Iterator[Draft | Failure]:
    ways = Ways(lambda: known.engine, config, request)
    for one in facts:
        every = findings(one, config) if one.handlers or one.sites else ()
        if any(found.suppressed is None for found in every) or (request.stage and has_residual(one)):
            case = _case(one, config, every, targets, known, request)
            asked = wanted(case)
            if asked:
                yield drafted(one.path, asked, request, _review(case, every), ways.graded)


def _case(
    facts: FileFacts,
    config: Config,
    every: Sequence[Finding],
    targets: Sequence[Target],
    known: Knowledge,
    request: FixRequest,
) -> FileCase:
    judged = judge_file(facts, config)
    asked_for = {one.handler.span.line for one in meant(facts.path, judged, targets)}
    live = tuple(one for one in every if one.suppressed is None and _is_meant(one, asked_for, targets))
    lines = {clause_of(one) for one in live}
    suggestions = known.suggestions(facts, [one for one in judged if one.handler.span.line in lines])
    return FileCase(
        facts.path,
        live,
        {one.handler.span.line: one for one in judged},
        {one.line: one for one in suggestions},
        known.catches,
        config,
        request,
        frozenset(asked_for),
        facts.sites,
    )


def _is_meant(finding: Finding, clauses: Container[int], targets: Sequence[Target]) -> bool:
    """Whether a finding is of a clause that was asked for, or stands at a line that was."""
    if clause_of(finding):
        return clause_of(finding) in clauses
    return is_asked(finding.path, finding.span.line, targets)


def _review(case: FileCase, every: Sequence[Finding]) -> Review:
    handlers = [one.handler for one in case.judged.values()]
    clauses = tuple(Clause(one.span.line, one.end_line, one.try_line) for one in handlers)
    live = tuple(one for one in every if one.suppressed is None)
    return Review(live, clauses, partial(_found, path=case.path, config=case.config))


def _found(text: str, path: str, config: Config) -> Sequence[Finding] | Failure:
    """What is found in a text that stands for a file, in the file's encoding."""
    source = read(path)
    if isinstance(source, Failure):
        return source
    facts = gather_text(encode(source, text), path, config)
    return facts if isinstance(facts, Failure) else findings(facts, config)
