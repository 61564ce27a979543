"""Is what no edit touches still the same program? Two syntax trees, compared place by place."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import line_starts, merge, split_lines

Held = (ast.stmt, ast.ExceptHandler)
_WORD = re.compile(r"[\w.]")
ANEW = -1
"""The place of a statement whose beginning was written anew: what it holds is not looked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit in offsets: what it replaces in the old text, and where its content stands in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def inserts(self) -> bool:
        """Whether nothing is replaced."""
        return self.start == self.end


class Places:
    """Where the nodes of a tree stand, as offsets in its text; the columns of `ast` count UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self._starts = line_starts(text)
        self._lines = split_lines(text)

    def of(self, node: ast.AST) -> tuple[int, int] | None:
        """Start and end of a node, None for one that has no place of its own."""
        line, end_line = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if line is None or end_line is None:
            return None
        column, end_column = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
        for first in getattr(node, "decorator_list", ())[:1]:
            line, column = first.lineno, max(first.col_offset - 1, 0)  # `ast` begins it behind its decorators
        return self._at(line, column), self._at(end_line, end_column)

    def _at(self, line: int, column: int) -> int:
        text = self._lines[line - 1]
        ahead = column if text.isascii() else len(text.encode("utf-8")[:column].decode("utf-8", "ignore"))
        return self._starts[line - 1] + ahead


def changes(text: str, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """The edits that replace or add more than blanks, in the order of the text, and all shifts they cause."""
    starts, gained, found = line_starts(text), 0, []
    for edit in merge(edits):
        start = starts[edit.span.line - 1] + edit.span.column
        end = starts[edit.span.end_line - 1] + edit.span.end_column
        found.append(Change(start, end, start + gained, start + gained + len(edit.content)))
        gained += len(edit.content) - (end - start)
    return tuple(found)


def refuse_if_more_changed(
    before: str, after: str, old: ast.Module, new: ast.Module, edits: Sequence[Edit]
) -> None:
    """Raises RewriteError unless each node that no edit touches stands in `new` as it was.

    A statement that is new must stand in what an edit put there. Changed blanks touch nothing: a block that
    moves to the left keeps its meaning, or is found out.
    """
    Comparison(before, after, new, edits).compare(old, new)


class Comparison:
    """One text before and after its edits, with the nodes of the new tree by where they begin."""

    def __init__(self, before: str, after: str, new: ast.Module, edits: Sequence[Edit]) -> None:
        self._before = before
        self._old, self._new = Places(before), Places(after)
        self._changes = changes(before, edits)
        self._touching = [
            one
            for one in self._changes
            if before[one.start : one.end].strip() or after[one.new_start : one.new_end].strip()
        ]
        self._dumps: dict[int, dict[str, ast.AST]] = {}
        self._nodes: dict[int, list[ast.AST]] = defaultdict(list)
        self._parents: dict[int, ast.AST] = {}
        self._kept: set[int] = set()
        for node in ast.walk(new):
            place = self._new.of(node)
            if place is not None:
                self._nodes[place[0]].append(node)
            self._parents.update((id(child), node) for child in ast.iter_child_nodes(node))

    def compare(self, old: ast.Module, new: ast.Module) -> None:
        """Raises RewriteError at the first difference that no edit declares."""
        expected: set[int] = set()
        for node in ast.walk(old):
            if isinstance(node, Held):
                place = self._old.of(node)
                expected.update(self._moved(place[0]) if place else ())
                self._kept.update(self._survivor(node))
        self._visit(old, None)
        for node in ast.walk(new):
            if isinstance(node, ast.stmt):
                self._declared(node, expected)

    def _visit(self, node: ast.AST, holder: int | None) -> None:
        place = self._old.of(node)
        if place is None or self._is_touched(node, *place):
            if isinstance(node, ast.JoinedStr):
                return  # before Python 3.12 the places in it are not certain
            if isinstance(node, ast.ImportFrom) and place is not None:
                self._visit_import(node, *place)
            inner = next(iter(self._survivor(node)), holder) if isinstance(node, Held) else holder
            for child in ast.iter_child_nodes(node):
                self._visit(child, inner)
        elif not any(self._holds(start, node, holder) for start in self._moved(place[0])):
            raise RewriteError(f"more changed than was declared, at line {getattr(node, 'lineno', 0)}")

    def _visit_import(self, node: ast.ImportFrom, start: int, end: int) -> None:
        """An import that only gains names imports from where it did, all that it did, in its order."""
        inside = [one for one in self._touching if start < one.end and one.start <= end]
        if any(_WORD.search(self._before, one.start, one.end) for one in inside):
            return
        left = [(one.name, one.asname) for one in node.names]
        for found in (one for place in self._moved(start) for one in self._nodes.get(place, ())):
            if isinstance(found, ast.ImportFrom) and (found.module, found.level) == (node.module, node.level):
                names = iter((one.name, one.asname) for one in found.names)
                if all(one in names for one in left):
                    return
        raise RewriteError(f"more changed than was declared, at line {node.lineno}")

    def _survivor(self, node: ast.AST) -> Iterator[int]:
        """Where a statement or clause begins now; nothing if that went, `ANEW` if it was written anew."""
        place = self._old.of(node)
        start = place[0] if place else -1
        over = next((one for one in self._changes if one.start <= start < one.end), None)
        if place and over is None:
            yield from self._moved(start)
        elif over in self._touching and over is not None and over.new_start < over.new_end:
            yield ANEW

    def _is_touched(self, node: ast.AST, start: int, end: int) -> bool:
        edge = isinstance(node, Held)
        return any(self._touches(one, start, end, edge) for one in self._touching)

    @staticmethod
    def _touches(change: Change, start: int, end: int, edge: bool) -> bool:
        if change.inserts and edge:
            return start <= change.start <= end
        return change.start < end and start < change.end if not change.inserts else start < change.start < end

    def _holds(self, start: int, node: ast.AST, holder: int | None) -> bool:
        """Whether the same node begins at `start`, a statement in the one that held it before."""
        if start not in self._dumps:
            self._dumps[start] = {ast.dump(one): one for one in self._nodes.get(start, ())}
        found = self._dumps[start].get(ast.dump(node))
        free = holder == ANEW or not isinstance(node, Held)
        return found is not None and (free or self._holder(found) == holder)

    def _holder(self, node: ast.AST) -> int | None:
        """Where the nearest statement or clause around a node begins that was there before."""
        around = self._parents.get(id(node))
        while around is not None:
            place = self._new.of(around) if isinstance(around, Held) else None
            if place is not None and place[0] in self._kept:
                return place[0]
            around = self._parents.get(id(around))
        return None

    def _moved(self, offset: int) -> Iterator[int]:
        """Where a place of the old text is now: behind what was put there, or before it."""
        behind = [one for one in self._changes if one.end <= offset]
        yield offset + sum(_gain(one) for one in behind)
        yield offset + sum(_gain(one) for one in behind if not (one.inserts and one.start == offset))

    def _declared(self, node: ast.stmt, expected: set[int]) -> None:
        place = self._new.of(node)
        if place is None or place[0] in expected:
            return
        if not any(one.new_start <= place[0] < one.new_end for one in self._changes):
            raise RewriteError(f"more changed than was declared, at line {node.lineno}")


def _gain(change: Change) -> int:
    return (change.new_end - change.new_start) - (change.end - change.start)
