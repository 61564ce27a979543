"""What becomes of the files with the rewrites that are allowed? Diffs, or new files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from broadcatch.mend.draft import Draft, drafted
from broadcatch.model.facts import Failure
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FileDiff, FixResult
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.values import Wanted
from broadcatch.rewrite.write import is_linked, write_text

NOTHING: FixResult = FixResult(())


def mend(path: str, asked: Sequence[Wanted], request: FixRequest) -> FixResult:
    """The rewrites of one file as a diff, applied to it if asked; those not allowed are refused."""
    if not asked:
        return NOTHING
    draft = drafted(path, asked, request)
    return failed(draft) if isinstance(draft, Failure) else carried_out(draft, request.write)


def failed(*failures: Failure) -> FixResult:
    """Files of which nothing became."""
    return FixResult((), failures=failures)


def carried_out(draft: Draft, write: bool, there: bool = False) -> FixResult:
    """The rewrites of a draft as a diff, and in the file if asked (`there`: it holds them already)."""
    after = draft.text(draft.rewrites)
    diff = unified(draft.path, draft.original.text, after)
    if not diff:
        return FixResult((), refused=draft.refused, notes=_parted(draft, there))
    linked = write and draft.original.linked
    failure = write_text(draft.original, after) if write and not there else None
    if failure is not None:
        return FixResult((), refused=draft.refused, failures=(failure,))
    offered = tuple(map(draft.offer, draft.rewrites))
    written = (draft.path,) if write else ()
    notes = (f"{draft.path}: its other names (hard links) keep the old text",) if linked else ()
    return FixResult((FileDiff(draft.path, diff),), written, offered, draft.refused, notes=notes)


def _parted(draft: Draft, there: bool) -> tuple[str, ...]:
    """A word about a file that was tried and put back: writing it took it from its other names."""
    if not there or not draft.original.linked or is_linked(draft.path):
        return ()
    return (f"{draft.path}: its other names (hard links) are files of their own now",)


def joined(results: Iterable[FixResult]) -> FixResult:
    """The results of several files as one, in their order."""
    parts = list(results)
    return FixResult(
        tuple(one for part in parts for one in part.diffs),
        tuple(one for part in parts for one in part.written),
        tuple(one for part in parts for one in part.offered),
        tuple(one for part in parts for one in part.refused),
        tuple(one for part in parts for one in part.failures),
        notes=tuple(one for part in parts for one in part.notes),
    )
