"""Do two syntax trees agree everywhere but where an edit stands?

A statement that no edit reaches into must be there before and after, in the same order and the same list; of
a compound statement that one reaches into, every part that none reaches must be the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeAlias

from broadcatch.errors import RewriteError

Ranges: TypeAlias = Sequence[tuple[int, int]]
"""Where edits stand in a text: offsets of characters; begin and end are the same for an insertion."""
Statement: TypeAlias = ast.stmt | ast.excepthandler | ast.match_case
_NEWLINES = ("", "\n", "\r")
_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)


class Marked:
    """A tree, and which of its nodes an edit reaches into.

    What is put at the end or the beginning of a statement belongs to it (` from exc`), but for whole lines
    that are put before it.
    """

    def __init__(self, text: str, starts: Sequence[int], tree: ast.Module, ranges: Ranges) -> None:
        self.text = text
        self.starts = starts
        self.tree = tree
        self.ranges = ranges

    def touched(self, node: ast.AST) -> bool:
        """Whether an edit reaches into the node; a node without a place is touched where a child is."""
        place = self._place(node)
        if place is None:
            return any(self.touched(child) for child in ast.iter_child_nodes(node))
        start, end = place
        if any(start < last and first < end for first, last in self.ranges):
            return True
        return isinstance(node, _STATEMENTS) and any(
            start <= first == last <= end and (start < first or self.text[first - 1 : first] not in _NEWLINES)
            for first, last in self.ranges
        )

    def _place(self, node: ast.AST) -> tuple[int, int] | None:
        if isinstance(node, ast.match_case):
            return self._offset(node.pattern), self._end(node.body[-1])
        if not isinstance(node, ast.stmt | ast.expr | ast.excepthandler | ast.alias | ast.arg | ast.keyword):
            return None
        decorators = getattr(node, "decorator_list", None)
        return self._offset(decorators[0] if decorators else node), self._end(node)

    def _offset(self, node: ast.AST) -> int:
        return self._at(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def _end(self, node: ast.AST) -> int:
        return self._at(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0))

    def _at(self, line: int, column: int) -> int:
        """`ast` counts UTF-8 bytes, we count characters."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        text = self.text[start:end]
        return start + (column if text.isascii() else len(text.encode("utf-8")[:column].decode("utf-8")))


def demand_same(old: Marked, new: Marked) -> None:
    """Raises RewriteError for the first difference that no edit accounts for."""
    _Comparison(old, new).lists(old.tree.body, new.tree.body)


class _Comparison:
    def __init__(self, old: Marked, new: Marked) -> None:
        self.old = old
        self.new = new

    def lists(self, before: Sequence[Statement], after: Sequence[Statement]) -> None:
        """Two lists of statements: what is not the same on both sides must be touched."""
        left, right = [ast.dump(one) for one in before], [ast.dump(one) for one in after]
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        for tag, first, last, begin, end in matcher.get_opcodes():
            if tag != "equal":
                self._run(before[first:last], after[begin:end])

    def _run(self, before: Sequence[Statement], after: Sequence[Statement]) -> None:
        aside = [one for one in before if not self.old.touched(one)]
        aside += [one for one in after if not self.new.touched(one)]
        if aside:
            _refuse(aside[-1])
        same = len(before) == len(after)
        if same and all(type(was) is type(now) for was, now in zip(before, after, strict=True)):
            for was, now in zip(before, after, strict=True):
                self._fields(was, now)
            return
        kept, found = list(_untouched(self.old, before)), list(_untouched(self.new, after))
        for was, now in zip_longest(kept, found):
            if was is None or now is None or ast.dump(was) != ast.dump(now):
                _refuse(now or was)

    def _fields(self, was: ast.AST, now: ast.AST) -> None:
        for name in was._fields:
            self._field(getattr(was, name, None), getattr(now, name, None), now)

    def _field(self, was: object, now: object, around: ast.AST) -> None:
        if isinstance(was, list) and isinstance(now, list):
            if any(isinstance(one, _STATEMENTS) for one in (*was, *now)):
                self.lists(was, now)
                return
        elif not isinstance(was, ast.AST) and not isinstance(now, ast.AST):
            return  # a bare token of a statement that is touched: the name that a clause binds, say
        if _dumped(was) != _dumped(now) and not (_any(self.old, was) or _any(self.new, now)):
            _refuse(around)


def _untouched(tree: Marked, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The outermost untouched statements in these."""
    for one in statements:
        if not tree.touched(one):
            yield one
            continue
        for child in ast.iter_child_nodes(one):
            if isinstance(child, _STATEMENTS):
                yield from _untouched(tree, [child])


def _any(tree: Marked, value: object) -> bool:
    nodes = value if isinstance(value, list) else [value]
    return any(isinstance(one, ast.AST) and tree.touched(one) for one in nodes)


def _dumped(value: object) -> object:
    if isinstance(value, list):
        return [_dumped(one) for one in value]
    return ast.dump(value) if isinstance(value, ast.AST) else value


def _refuse(node: ast.AST | None) -> None:
    line = getattr(node, "lineno", None) or getattr(getattr(node, "pattern", None), "lineno", "?")
    raise RewriteError(f"more changed than was declared, at line {line}")
