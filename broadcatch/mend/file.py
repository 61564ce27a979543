"""What becomes of one file with the rewrites that are asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from broadcatch.errors import RewriteError
from broadcatch.mend.landing import Grade
from broadcatch.model.facts import Failure
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FileDiff, FixResult, Offer, Refusal
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import Refused, Rewrite, Wanted
from broadcatch.rewrite.write import Original, read_original, write_text

NOTHING: FixResult = FixResult(())


def mend(path: str, asked: Sequence[Wanted], request: FixRequest, grade: Grade | None = None) -> FixResult:
    """The rewrites of one file as a diff, applied to it if asked; those not allowed are refused.

    `grade` says of the rewrites where they land, and lowers those that let errors end in nothing.
    """
    if not asked:
        return NOTHING
    original = read_original(path)
    if isinstance(original, Failure):
        return FixResult((), failures=(original,))
    found = plan(original.text, path, asked)
    rewrites = found.rewrites if grade is None else grade(found.rewrites)
    chosen = [one for one in rewrites if _held(one, request.unsafe) is None]
    refused = (
        *(_left(one, request.unsafe) for one in rewrites if one not in chosen),
        *map(_refusal, found.refused),
    )
    try:
        after = carry_out(original.text, chosen)
    except RewriteError as error:
        failed = (Refusal(path, one.line, one.title, str(error)) for one in chosen)
        return FixResult((), refused=(*failed, *refused))
    return _result(original, after, chosen, refused, request.write)


def joined(results: Iterable[FixResult]) -> FixResult:
    """The results of several files as one, in their order."""
    parts = list(results)
    return FixResult(
        tuple(one for part in parts for one in part.diffs),
        tuple(one for part in parts for one in part.written),
        tuple(one for part in parts for one in part.offered),
        tuple(one for part in parts for one in part.refused),
        tuple(one for part in parts for one in part.failures),
    )


def _result(
    original: Original, after: str, chosen: Sequence[Rewrite], refused: tuple[Refusal, ...], write: bool
) -> FixResult:
    diff = unified(original.path, original.text, after)
    if not diff:
        return FixResult((), refused=refused)
    failure = write_text(original, after) if write else None
    if failure is not None:
        return FixResult((), refused=refused, failures=(failure,))
    offered = tuple(
        Offer(one.path, one.line, one.title, one.safety, one.reason, one.kind, one.lands) for one in chosen
    )
    written = (original.path,) if write else ()
    return FixResult((FileDiff(original.path, diff),), written, offered, refused)


def _held(rewrite: Rewrite, unsafe: bool) -> str | None:
    """Why a rewrite is not made now, None where it is."""
    if rewrite.safety == "display":
        return f"only a proposal: {rewrite.reason}"
    return None if rewrite.safety == "safe" or unsafe else "unsafe: --unsafe includes it"


def _left(rewrite: Rewrite, unsafe: bool) -> Refusal:
    return Refusal(rewrite.path, rewrite.line, rewrite.title, _held(rewrite, unsafe) or "")


def _refusal(refused: Refused) -> Refusal:
    return Refusal(refused.path, refused.line, refused.kind, refused.reason)
