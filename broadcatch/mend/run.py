"""`fix` over files: what is found, drafted, chosen, tried, and made of it.

A commit hook looks at few files, most of which hold nothing to rewrite: what only rewriting needs is imported
behind that question.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.mend.case import has_residual, points_into
from broadcatch.mend.journal import recover
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Choose, FixResult, Target
from broadcatch.rewrite.write import sweep
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import Gathered, cache_of, gather

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
    if request.scaffold:
        from broadcatch.mend.scaffold import scaffold

        return scaffold(request.scaffold, config, request.write)
    paths = [target.path for target in targets]
    notes = recover(cache_of(paths, config))
    found = gather(paths, config, progress)
    if request.write:
        sweep({os.path.dirname(facts.path) for facts in found.facts})
    each = [(facts, findings(facts, config)) for facts in found.facts if facts.handlers or facts.sites]
    each = [one for one in each if _asks(*one, request) or points_into(one[0].path, targets)]
    if each or request.verify:
        made = _mended(each, targets, config, request, progress, choose)
    else:
        made = FixResult(())
    return _with(made, found, notes)


def _asks(facts: FileFacts, every: Sequence[Finding], request: FixRequest) -> bool:
    """Whether a file holds anything that a rewrite may be for."""
    if request.stage and has_residual(facts):
        return True
    if "bare" in request.kinds and any(one.bare for one in facts.handlers):
        return True
    return any(one.suppressed is None for one in every)


def _mended(
    each: Sequence[tuple[FileFacts, Sequence[Finding]]],
    targets: Sequence[Target],
    config: Config,
    request: FixRequest,
    progress: Progress | None,
    choose: Choose | None,
) -> FixResult:
    from broadcatch.mend.choosing import chosen
    from broadcatch.mend.draft import Draft, settled
    from broadcatch.mend.drafting import drafts_of
    from broadcatch.mend.file import carried_out, joined
    from broadcatch.mend.pieces import knife
    from broadcatch.mend.trial import tried

    paths = [target.path for target in targets]
    cut = knife(request.by, paths) if request.by else None
    made = drafts_of(each, targets, config, request, progress)
    drafts: Sequence[Draft] = [one for one in made if isinstance(one, Draft)]
    if choose is not None:
        drafts = [settled(one) for one in chosen(drafts, choose)]
    trial = None
    if request.verify:
        drafts, trial = tried(drafts, request.verify, request.runs, cache_of(paths, config), progress)
    mended = joined(carried_out(one, request.write, there=trial is not None) for one in drafts)
    pieces = cut(drafts) if cut else ()
    failures = tuple(one for one in made if isinstance(one, Failure))
    return replace(mended, trial=trial, pieces=pieces, failures=failures + mended.failures)


def _with(made: FixResult, found: Gathered, notes: tuple[str, ...]) -> FixResult:
    return replace(
        made,
        failures=found.failures + made.failures,
        skipped=found.skipped,
        notes=notes + made.notes,
    )
