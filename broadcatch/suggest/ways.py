"""Of the ways in which a type may be raised, which are worth telling, and which is certain enough to be told?

What stands in the project, or in what the project calls, a reader can check. Deep inside of a library a
statement stands under conditions that nobody has looked at: what it is given is seldom known so far away.
So of what lies deep only a library's own exception is told, and only where nothing nearer is known, in words
that say so.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace

from broadcatch.model.raising import Evidence, Raised
from broadcatch.source.project import SITES

DEEP = {"raise": 2, "operation": 1}
"""From so many calls within libraries the kind is deep."""
DEEP_ROW = 1
NEAR = 1
"""So many calls away what is merely possible is near."""
ON_PURPOSE = 2
"""The same of what a statement raises."""
HEDGE = " (possible, not expected)"
NOTHING_SHOWS = "nothing near shows"
_IN_PLAIN_WORDS = {
    "the key may be missing": f"{NOTHING_SHOWS} that it has the key",
    "the index may be out of range": f"{NOTHING_SHOWS} that it is so long",
}
_IF_IT_IS = (", if it is a mapping", ", if it is a sequence")
_BY_NAME = ("getattr(", "setattr(")
_OF_ITSELF = "`self."
MOST = 3
"""So many ways are told of a proposal, besides what other code catches."""


def is_foreign(path: str) -> bool:
    """Whether a file, as evidence names it, is installed: not one of the project's own."""
    return os.path.isabs(path) or any(one in SITES for one in path.split("/"))


def depth(one: Evidence) -> int:
    """How many calls of the way stand in libraries: none if the project calls the function that raises."""
    return sum(is_foreign(step.path) for step in one.via)


def is_checkable(one: Raised) -> bool:
    """Whether it stands near enough for its conditions to be those of the project's own calls."""
    why = one.evidence
    if any(step.call.startswith(_BY_NAME) for step in why.via):
        return False  # which attribute it is, the name decides, and nobody has looked at that either
    if not is_foreign(why.path):
        return True
    if why.kind == "operation" and _OF_ITSELF in why.detail:
        return False  # what a library's object holds is the library's affair
    return depth(why) < DEEP.get(why.kind, DEEP_ROW) and (one.usual or why.kind == "raise")


def is_plain(one: Raised) -> bool:
    """Whether a clause must name it though people seldom do: an exception that is raised on purpose, near by.

    What an operation or a row says of a place two calls away is possible, and seldom true there.
    """
    why = one.evidence
    if why.kind == "raise":
        return len(why.via) <= ON_PURPOSE and not is_foreign(why.path)
    far = NEAR if why.kind == "knowledge" else 0
    return one.usual and len(why.via) <= far and not is_foreign(why.path)


def from_below(those: Iterable[Raised]) -> list[Evidence]:
    """What can be said of deep ways: that a library raises an exception somewhere below a call."""
    found = (summed_up(one) for one in those if not _is_beside(one))
    return [one for one in found if one is not None][:1]


def _is_beside(one: Raised) -> bool:
    """Whether it is the standard library's, from the depth of a package: that says nothing of the package."""
    entry = next((step.path for step in one.evidence.via if is_foreign(step.path)), "")
    of_python = one.type.partition(".")[0] in sys.stdlib_module_names
    return of_python and bool(entry)


def summed_up(one: Raised) -> Evidence | None:
    """The call into the library, and how far below it the type is raised; None if the way enters none."""
    why = one.evidence
    entry = next((place for place, step in enumerate(why.via) if is_foreign(step.path)), 0)
    if not entry or why.kind != "raise":
        return None
    call, rest = why.via[entry - 1], len(why.via) - entry
    name = one.type.rpartition(".")[2]
    deeper = f"{name} is raised {rest} call{'' if rest == 1 else 's'} deeper; when, was not followed"
    return Evidence(why.kind, call.path, call.line, f"{call.call}: {deeper}", why.via[: entry - 1])


def hedged(one: Raised) -> Evidence:
    """The evidence for what is possible; where nobody expects it of such code, it says so."""
    if one.usual or one.by_data or one.evidence.kind == "raise":
        return one.evidence
    return replace(one.evidence, detail=f"{one.evidence.detail}{HEDGE}")


def plainly(why: Evidence) -> Evidence:
    """Of an operation only that is said which is known: that nothing shows what the value holds."""
    if why.kind != "operation":
        return why
    found = why.detail
    for plain in _IF_IT_IS:
        found = found.replace(plain, "")
    for words, better in _IN_PLAIN_WORDS.items():
        found = found.replace(words, better)
    return replace(why, detail=found)


def is_hedged(one: Evidence) -> bool:
    """Whether the evidence says of itself that nobody expects it."""
    return one.detail.endswith(HEDGE)


def few(those: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence worth showing, in its order: of the ways in code a few, each from another row first."""
    ways = [one for one in those if one.kind != "usage"]
    firsts = list({(one.path, one.line): one for one in reversed(ways)}.values())[::-1]
    firsts.sort(key=ways.index)
    kept = [*firsts, *(one for one in ways if one not in firsts)][:MOST]
    return tuple(one for one in those if one.kind == "usage" or one in kept)
