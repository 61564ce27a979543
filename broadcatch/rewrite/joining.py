"""How do several new imports at one place read? Names of one module in one statement, groups together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from broadcatch.model.findings import Edit

WIDTH = 88
"""A longer statement is written over several lines."""
_STATEMENT = re.compile(
    r"(?P<before>[\r\n]*)from (?P<module>[\w.]+) import (?P<names>[\w, ]+)(?P<after>[\r\n]+)"
)
_PIECE = re.compile(r"(?P<opens>\(\s+)|(?P<closes>,\s*\))|(,\s+|\s*)(?P<name>\w+)( as \w+)?(,\s+)?")


def is_piece(content: str) -> bool:
    """Whether a text adds to a list of names, opens or closes one: several may stand at one place."""
    named = content.startswith("(") or "," in content
    return named and _PIECE.fullmatch(content) is not None


def order_of(content: str) -> tuple[int, tuple[bool, bool]]:
    """Where a text stands among others at its place: it opens a list of names, is in it, or closes it."""
    found = _PIECE.fullmatch(content)
    if found is None or found["name"]:
        return 1, kind_of_name(found["name"] if found is not None else "")
    return (0 if found["opens"] else 2), (False, False)


def joined(edits: Sequence[Edit]) -> list[Edit]:
    """The edits, in their order, with those that add names of one module at one place as one."""
    found: list[Edit] = []
    for _, group in groupby(edits, lambda one: (one.span, _module(one))):
        same = list(group)
        found.append(_one(same) if len(same) > 1 and _module(same[0]) else same[0])
        found += [] if len(same) > 1 and _module(same[0]) else same[1:]
    return list(_without_gaps(found))


def _module(edit: Edit) -> str:
    found = _STATEMENT.fullmatch(edit.content)
    return found["module"] if found and _is_insertion(edit) else ""


def _is_insertion(edit: Edit) -> bool:
    span = edit.span
    return (span.line, span.column) == (span.end_line, span.end_column)


def _one(edits: Sequence[Edit]) -> Edit:
    parts = [found for found in (_STATEMENT.fullmatch(one.content) for one in edits) if found]
    names = sorted({name.strip() for one in parts for name in one["names"].split(",")}, key=_order)
    before, after = max(one["before"] for one in parts), max(one["after"] for one in parts)
    newline = "\r\n" if "\r\n" in after else after[0]
    statement = f"from {parts[0]['module']} import {', '.join(names)}"
    if len(statement) > WIDTH:
        rows = "".join(f"    {name},{newline}" for name in names)
        statement = f"from {parts[0]['module']} import ({newline}{rows})"
    return Edit(edits[0].span, f"{before}{statement}{after}")


def kind_of_name(name: str) -> tuple[bool, bool]:
    """Constants, classes, functions, as import sorters have them."""
    return (not (name.isupper() and len(name) > 1), not name[:1].isupper())


def _order(name: str) -> tuple[tuple[bool, bool], str]:
    return kind_of_name(name), name


def _without_gaps(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Statements at one place that import from one package stand below each other without a blank line."""
    last: tuple[object, str] | None = None
    for edit in edits:
        found = re.match(r"[\r\n]*(?:from|import) ([\w.]+)", edit.content) if _is_insertion(edit) else None
        here = (edit.span, found[1].partition(".")[0]) if found else None
        follows = here is not None and here == last
        yield Edit(edit.span, edit.content.lstrip("\r\n")) if follows else edit
        last = here
