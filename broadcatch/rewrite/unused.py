"""Does a rewrite take the last use of an import? Then the import goes with it, or is told of."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import libcst as cst

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.apply import apply_edits, merge
from broadcatch.rewrite.dedent import delete_lines
from broadcatch.rewrite.frames import Occurrence
from broadcatch.rewrite.import_lists import Item, NameList, items_of, module_of, written_import
from broadcatch.rewrite.names import SEES_ALL_NAMES
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.values import Rewrite


def without_unused(source: Source, path: str, rewrites: Sequence[Rewrite]) -> list[Rewrite]:
    """The rewrites, each with the removal of what it alone leaves without use, or a word about it.

    Whichever of them are made, no other asks for what one removes.
    """
    made = list(rewrites)
    for place, one in enumerate(made):
        for name in _left_alone(source, one):
            others = [other for other in made if other is not made[place]]
            made[place] = _without(source, path, made[place], name, others)
    return made


def _left_alone(source: Source, rewrite: Rewrite) -> Iterator[str]:
    """The names of imports that were used, and that the rewrite uses no more."""
    for name, found in source.names.items():
        uses = [one for one in found if one.role != "import"]
        imported = [one for one in found if one.role == "import"]
        if len(imported) != 1 or not uses or any(one.role != "use" for one in uses):
            continue
        if all(_goes(one, rewrite) for one in uses) and not _is_written(name, rewrite):
            yield name


def _goes(use: Occurrence, rewrite: Rewrite) -> bool:
    place = (use.line, use.column)
    spans = (one.span for one in rewrite.edits)
    return any((one.line, one.column) <= place < (one.end_line, one.end_column) for one in spans)


def _is_written(name: str, rewrite: Rewrite) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", one.content) for one in rewrite.edits)


def _without(source: Source, path: str, rewrite: Rewrite, name: str, others: Sequence[Rewrite]) -> Rewrite:
    note = f"nothing uses the import of `{name}` then"
    told = replace(rewrite, reason="; ".join(one for one in (rewrite.reason, note) if one))
    if any(_is_written(name, one) for one in others):
        return rewrite
    found = next(one for one in source.names[name] if one.role == "import")
    if _is_for_others(source, path, found) or (rewrite.safety == "safe" and not _is_of_python(found)):
        return told
    for removed in (_cut_out, _written_anew):
        try:
            gone = replace(rewrite, edits=removed(source, rewrite, found))
            merge(edit for one in (gone, *others) for edit in one.edits)
            return gone
        except (Refuse, RewriteError):
            continue
    return told


def _cut_out(source: Source, rewrite: Rewrite, found: Occurrence) -> tuple[Edit, ...]:
    return (*rewrite.edits, _removal(source, found))


def _written_anew(source: Source, rewrite: Rewrite, found: Occurrence) -> tuple[Edit, ...]:
    """The import with the names that the rewrite gives it, and without this one."""
    statement = _statement_of(source, found)
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.ImportFrom) or not isinstance(statement, cst.SimpleStatementLine):
        raise Refuse("it gains nothing")
    span = source.span(small)
    rows = source.lines[span.line - 1 : span.end_line]
    own = [one for one in rewrite.edits if span.line <= one.span.line and one.span.end_line <= span.end_line]
    if len(statement.body) != 1 or any("#" in row for row in rows) or not own:
        raise Refuse("it gains nothing, or more stands in its lines")
    [tree] = ast.parse(apply_edits("\n" * (span.line - 1) + "\n".join(rows), own)).body
    names = [f"{one.name} as {one.asname}" if one.asname else one.name for one in getattr(tree, "names", ())]
    gone = f"{found.imported} as {found.name}" if found.imported != found.name else found.name
    left = [one for one in names if one != gone]
    text = written_import(source, module_of(small), left, rows[0][: span.column])
    return (*(one for one in rewrite.edits if one not in own), Edit(span, text))


def _is_for_others(source: Source, path: str, found: Occurrence) -> bool:
    """Whether the module may import the name for somebody else, or somebody look it up."""
    name = re.escape(found.name)
    named = re.search(rf"""(["'])[\w.\[\]| ]*\b{name}\b[\w.\[\]| ]*\1""", source.text)
    shown = re.search(rf"^\s*(>>>|\.\.\.) .*\b{name}\b", source.text, re.M)  # doctest sees the module's names
    looked_up = any(source.names.get(one) for one in SEES_ALL_NAMES)
    return path.endswith("__init__.py") or bool(named or shown) or looked_up or found.frame.kind != "module"


def _is_of_python(found: Occurrence) -> bool:
    """Whether it is a module of the standard library itself: nobody asks another module for that."""
    return not found.imported and found.module.partition(".")[0] in sys.stdlib_module_names


def _statement_of(source: Source, found: Occurrence) -> cst.CSTNode:
    places = ((one, source.positions[one]) for one in source.module.body)
    return next(one for one, place in places if place.start.line <= found.line <= place.end.line)


def _removal(source: Source, found: Occurrence) -> Edit:
    statement = _statement_of(source, found)
    place = source.positions[statement]
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.Import | cst.ImportFrom) or not isinstance(small.names, Sequence):
        raise Refuse("the import stands among other statements")
    if len(getattr(statement, "body", ())) != 1:
        raise Refuse("the import stands beside other statements in its line")
    first, last = place.start.line, place.end.line
    if len(small.names) == 1:
        if any("#" in text for text in source.lines[first - 1 : last]):
            raise Refuse("a comment stands beside the import")
        return delete_lines(source, first, last + _blank_behind(source, first, last))
    return _item_removal(source, items_of(source, small), (found.line, found.column))


def _blank_behind(source: Source, first: int, last: int) -> int:
    """1 where the import is a group of its own, so that the blank line behind it goes too."""
    above = first == 1 or not source.lines[first - 2].strip()
    below = last < len(source.lines) - 1 and not source.lines[last].strip()
    return int(above and below)


def _item_removal(source: Source, found: NameList, start: tuple[int, int]) -> Edit:
    """One name of several goes, with its comma, or with its row."""
    index = next(number for number, one in enumerate(found.items) if one.start == start)
    one = found.items[index]
    row = source.lines[one.start[0] - 1]
    if not row[: one.start[1]].strip() and row[one.end[1] :].strip() in ("", ","):
        return delete_lines(source, one.start[0], one.end[0])
    if index + 1 < len(found.items):
        return _between(source, one.start, found.items[index + 1])
    before = found.items[index - 1]
    return _cut(source, Span(*before.end, *one.end))


def _between(source: Source, start: tuple[int, int], behind: Item) -> Edit:
    return _cut(source, Span(*start, *behind.start))


def _cut(source: Source, span: Span) -> Edit:
    if "#" in "".join(source.lines[span.line - 1 : span.end_line]):
        raise Refuse("a comment stands between the imported names")
    return Edit(span, "")
