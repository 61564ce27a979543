"""Which rewrites does a person want? Asked one by one, with the evidence in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcatch.mend.draft import Draft
from broadcatch.model.results import Choice, Choose, Refusal
from broadcatch.rewrite.apply import split_lines
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.values import Rewrite

DECLINED = "declined"


def chosen(drafts: Sequence[Draft], choose: Choose) -> tuple[Draft, ...]:
    """The drafts with the rewrites that were chosen; the others are refused."""
    total = sum(len(draft.rewrites) for draft in drafts)
    answers = _answers(drafts, total, choose)
    return tuple(_kept(draft, [one for one in draft.rewrites if next(answers)]) for draft in drafts)


def _answers(drafts: Sequence[Draft], total: int, choose: Choose) -> Iterator[bool]:
    """The answer for each rewrite; after "all" or "quit" nothing is asked any more."""
    rest: bool | None = None
    places = ((draft, rewrite) for draft in drafts for rewrite in draft.rewrites)
    for number, (draft, rewrite) in enumerate(places, 1):
        if rest is None:
            answer = choose(_choice(draft, rewrite, number, total))
            rest = {"all": True, "quit": False}.get(answer)
            yield answer in ("yes", "all")
        else:
            yield rest


def _choice(draft: Draft, rewrite: Rewrite, number: int, total: int) -> Choice:
    first, last = _around(draft, rewrite)
    lines = split_lines(draft.original.text)[first - 1 : last]
    diff = unified(draft.path, draft.original.text, draft.text([rewrite]))
    return Choice(draft.offer(rewrite), diff, tuple(enumerate(lines, first)), number, total)


def _around(draft: Draft, rewrite: Rewrite) -> tuple[int, int]:
    """The first and last line of the `try` and the handler that a rewrite is about."""
    clauses = draft.review.clauses if draft.review else ()
    found = [one for one in clauses if one.line <= rewrite.line <= one.end_line]
    nearest = max(found, key=lambda one: one.line, default=None)
    if nearest is None:
        return rewrite.line, max([rewrite.line, *(edit.span.end_line for edit in rewrite.edits)])
    return nearest.try_line, nearest.end_line


def _kept(draft: Draft, kept: Sequence[Rewrite]) -> Draft:
    left = tuple(
        Refusal(one.path, one.line, one.title, DECLINED, one.kind, one.safety)
        for one in draft.rewrites
        if one not in kept
    )
    return replace(draft, rewrites=tuple(kept), refused=(*left, *draft.refused))
