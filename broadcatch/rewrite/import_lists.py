"""Can a new name join an import that the file has? It gets a place in the list, in its order and layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.joining import kind_of_name
from broadcatch.rewrite.source import Refuse, Source, insertion

Place: TypeAlias = tuple[int, int]
Key: TypeAlias = Callable[[str], Any]
ORDERS: tuple[Key, ...] = (
    lambda name: (kind_of_name(name), name),
    lambda name: (kind_of_name(name), name.lower()),
    str,
    str.lower,
)
"""How people sort the names of an import: constants, classes, functions; or by name alone."""
WIDTHS = (79, 88, 100, 120)


@dataclass(frozen=True, slots=True)
class Item:
    """One name of an import: as it is imported, and where it stands, its alias included."""

    name: str
    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of one `from … import …`, its first and last row; `alone`: its row holds nothing else."""

    items: tuple[Item, ...]
    first: int
    last: int
    parens: bool
    alone: bool


def join_import(
    source: Source, path: str, site: HandlerSite, head: int, module: str, name: str
) -> tuple[Edit, ...]:
    """The edits that add `name` (`Error`, `Error as E`) to an import of `module`; () where none can take it.

    `head` is the row in which the imports at the top of the file end. An import further down is taken where
    it stands before the handler.
    """
    if _is_one_a_line(source.module):
        return ()
    here = PurePosixPath(path).parent.parts
    for statement, node in _from_imports(source.module.body):
        place = source.positions[statement]
        in_time = place.end.line < site.try_line or (place.end.line <= head and _runs_later(site))
        star_behind = any(star >= place.start.line for _, star in source.stars)
        if in_time and not star_behind and _means(node, module, here):
            edits = _joined(source, statement, node, name)
            if edits:
                return edits
    return ()


def join_local_import(
    source: Source, path: str, site: HandlerSite, body: cst.IndentedBlock, module: str, name: str
) -> tuple[Edit, ...]:
    """The same for the imports of the function that a handler stands in, those before its `try`."""
    here = PurePosixPath(path).parent.parts
    for statement, node in _from_imports(body.body):
        if _means(node, module, here) and source.positions[statement].end.line < site.try_line:
            return _joined(source, statement, node, name)
    return ()


def list_of(source: Source, statement: cst.SimpleStatementLine, node: cst.ImportFrom) -> NameList | None:
    """The names of an import; None where their places are not certain."""
    try:
        return replace(items_of(source, node), alone=len(statement.body) == 1)
    except Refuse:
        return None


def items_of(source: Source, node: cst.Import | cst.ImportFrom) -> NameList:
    """The names of an import that stands alone; refuses where their places are not certain."""
    names = () if isinstance(node.names, cst.ImportStar) else node.names
    items = tuple(_item(source, one) for one in names)
    first, last = source.positions[node].start.line, source.positions[node].end.line
    for one in items:
        source.exact(*one.start)
        source.exact(*one.end)
    return NameList(items, first, last, isinstance(node, cst.ImportFrom) and node.lpar is not None, True)


def written_import(source: Source, module: str, names: Sequence[str], margin: str) -> str:
    """A `from … import …`, in one line where it has room behind `margin`, else a name a row."""
    line = f"from {module} import {', '.join(names)}"
    if len(margin) + len(line) <= width_of(source):
        return line
    newline, step = source.module.default_newline, margin + source.module.default_indent
    rows = "".join(f"{step}{one},{newline}" for one in names)
    return f"from {module} import ({newline}{rows}{margin})"


def crowded(source: Source) -> frozenset[int]:
    """The rows of the imports that have no place in one line for all the names that join them."""
    limit = width_of(source)
    return frozenset(
        row
        for row, names in source.joins.items()
        if len(source.lines[row - 1]) + sum(len(one) + 2 for one in names) > limit
    )


def width_of(source: Source) -> int:
    """How long a line of the file may be: as long as people have let them become."""
    lengths = sorted(map(len, source.lines))
    usual = lengths[-1 - len(lengths) // 100]
    least = 79 if len(lengths) >= 100 else 88
    return next((one for one in WIDTHS if max(usual, least) <= one), WIDTHS[-1])


def _item(source: Source, alias: cst.ImportAlias) -> Item:
    place = source.positions[alias]
    return Item(
        alias.evaluated_name, (place.start.line, place.start.column), (place.end.line, place.end.column)
    )


def _from_imports(
    statements: Sequence[cst.BaseStatement | cst.BaseSmallStatement],
) -> Iterator[tuple[cst.SimpleStatementLine, cst.ImportFrom]]:
    """Each `from … import …` that stands on its own or among imports alone, but no star."""
    for statement in statements:
        small = statement.body if isinstance(statement, cst.SimpleStatementLine) else ()
        if not isinstance(statement, cst.SimpleStatementLine) or not all(
            isinstance(one, cst.Import | cst.ImportFrom) for one in small
        ):
            continue
        for one in small:
            if isinstance(one, cst.ImportFrom) and not isinstance(one.names, cst.ImportStar):
                yield statement, one


def module_of(node: cst.ImportFrom) -> str:
    """What a `from … import …` imports from, as written."""
    return "." * len(node.relative) + dotted(node.module)


def _means(node: cst.ImportFrom, module: str, here: Sequence[str]) -> bool:
    """Whether an import is of `module`: as written, or written relative to the folder `here`."""
    written = module_of(node)
    if written == module:
        return True
    level = len(node.relative)
    full = tuple(module.split("."))
    rest = tuple(dotted(node.module).split(".")) if node.module is not None else ()
    if not level or module.startswith(".") or "" in full:
        return False
    folder = here[: len(here) - level + 1]
    package = full[: len(full) - len(rest)]
    return bool(package) and full[len(package) :] == rest and tuple(folder[-len(package) :]) == package


def _is_one_a_line(module: cst.Module) -> bool:
    """Whether the file gives each name an import of its own, as some import sorters do."""
    every = [node for _, node in _from_imports(module.body)]
    modules = [module_of(one) for one in every]
    single = all(isinstance(one.names, Sequence) and len(one.names) == 1 for one in every)
    return single and len(set(modules)) < len(modules)


def _runs_later(site: HandlerSite) -> bool:
    return any(frame.kind in ("function", "lambda") for frame in site.frame.outwards())


def _joined(
    source: Source, statement: cst.SimpleStatementLine, node: cst.ImportFrom, name: str
) -> tuple[Edit, ...]:
    found = list_of(source, statement, node)
    return _placed(source, found, name) if found is not None else ()


def _placed(source: Source, found: NameList, name: str) -> tuple[Edit, ...]:
    index = _index(found.items, name.partition(" ")[0])
    if found.first == found.last:
        return _in_one_line(source, found, index, name)
    if found.parens and _is_vertical(source, found):
        return _on_own_row(source, found, index, name)
    return _in_rows(source, found, index, name)


def _index(items: Sequence[Item], name: str) -> int:
    """Where a sorted list stays sorted, else at the end."""
    names = [one.name for one in items]
    for key in ORDERS:
        if all(key(a) <= key(b) for a, b in pairwise(names)):
            return sum(key(one) <= key(name) for one in names)
    return len(names)


def _in_one_line(source: Source, found: NameList, index: int, name: str) -> tuple[Edit, ...]:
    if _has_room(source, found.first, name):
        return (_beside(found, index, name, " "),)
    rest = source.lines[found.first - 1][found.items[-1].end[1] :].strip()
    if found.parens or not found.alone or rest:
        return ()
    step = source.module.default_newline + source.module.default_indent
    gaps = (Edit(Span(*a.end, *b.start), f",{step}") for a, b in pairwise(found.items))
    opening = insertion(*found.items[0].start, f"({step}")
    closing = insertion(*found.items[-1].end, f",{source.module.default_newline})")
    return (opening, *gaps, closing, _beside(found, index, name, step))


def _has_room(source: Source, row: int, name: str) -> bool:
    """Whether a row can take the name, and with it all that are to join it."""
    source.joins[row].add(name)
    return row not in source.crowded and len(source.lines[row - 1]) + len(name) + 2 <= width_of(source)


def _beside(found: NameList, index: int, name: str, gap: str) -> Edit:
    """The name behind the one before it, or before the first."""
    if index == 0:
        return insertion(*found.items[0].start, f"{name},{gap}")
    return insertion(*found.items[index - 1].end, f",{gap}{name}")


def _is_vertical(source: Source, found: NameList) -> bool:
    """Whether every name has a row of its own, and the closing parenthesis too."""
    rows = [one.start[0] for one in found.items]
    free = all(not source.lines[line - 1][:column].strip() for line, column in (o.start for o in found.items))
    return free and len(set(rows)) == len(rows) and source.lines[found.last - 1].lstrip().startswith(")")


def _on_own_row(source: Source, found: NameList, index: int, name: str) -> tuple[Edit, ...]:
    """A row below that of the name before it: comments stay with the name that they stand above."""
    above = found.items[index - 1] if index else None
    row = above.end[0] + 1 if above else found.first + 1
    beside = above or found.items[0]
    indent = source.lines[beside.start[0] - 1][: beside.start[1]]
    edits = [insertion(row, 0, f"{indent}{name},{source.module.default_newline}")]
    last = found.items[-1]
    if above is last and "," not in source.lines[last.end[0] - 1][last.end[1] :].partition("#")[0]:
        edits.append(insertion(*last.end, ","))
    return tuple(edits)


def _in_rows(source: Source, found: NameList, index: int, name: str) -> tuple[Edit, ...]:
    """Into rows that hold several names, or are aligned with the first; a new row where one has no room."""
    rows = [one.start[0] for one in found.items]
    if any("#" in line for line in source.lines[found.first - 1 : found.last]):
        return ()
    near = found.items[max(index - 1, 0)]
    aligned = found.parens and len(rows) > 1 and len(set(rows)) == len(rows)
    if not aligned and _has_room(source, near.end[0], name):
        return (_beside(found, index, name, " "),)
    if not found.parens:
        return ()
    first = next(one for one in found.items if one.start[0] == near.start[0])
    return (_beside(found, index, name, source.module.default_newline + " " * first.start[1]),)
