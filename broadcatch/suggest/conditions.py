"""Which tests contradict each other? What earlier tests said of the values that a later one asks about."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Final

_SAME: Final[Mapping[type[ast.cmpop], tuple[type[ast.cmpop], bool]]] = {
    ast.IsNot: (ast.Is, False),
    ast.NotEq: (ast.Eq, False),
    ast.NotIn: (ast.In, False),
    ast.GtE: (ast.Lt, False),
    ast.LtE: (ast.Gt, False),
}
"""A comparison that is the opposite of another."""
_ASKED: Final[Mapping[type[ast.cmpop], Callable[..., object]]] = {
    ast.Is: operator.is_,
    ast.Eq: operator.eq,
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
    ast.In: lambda one, many: one in many,
}
_MADE = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.JoinedStr, ast.Lambda, ast.ListComp, ast.DictComp)
"""What is written so is never None."""
_CHANGING = frozenset({"pop", "popleft", "next", "read", "readline", "recv", "get_nowait", "time", "random"})
"""Calls that may give another value each time."""
_MISSING = object()


class Conditions:
    """What tests said so far, by their text; `ask` what follows from it for another test."""

    def __init__(self) -> None:
        self._said: dict[str, bool] = {}
        self._equal: dict[str, object] = {}

    def learn(self, test: ast.expr, holds: bool) -> None:
        """The test came out so."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            self.learn(test.operand, not holds)
            return
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is holds:
                for one in test.values:
                    self.learn(one, holds)
            return
        if _is_changing(test):
            return
        plain, flipped = _canonical(test)
        self._said[ast.unparse(plain)] = holds is not flipped
        self._infer(plain, holds is not flipped)

    def and_(self, tests: list[tuple[ast.expr, bool]]) -> Conditions:
        """These and more, apart from what is known elsewhere."""
        more = Conditions()
        more._said, more._equal = dict(self._said), dict(self._equal)
        for test, holds in tests:
            more.learn(test, holds)
        return more

    def forget(self, text: str) -> None:
        """What was said of this is no longer true: it is bound anew."""
        for known in (self._said, self._equal):
            for one in [one for one in known if text in one]:
                del known[one]

    def _infer(self, test: ast.expr, holds: bool) -> None:
        if not isinstance(test, ast.Compare) or not holds or not isinstance(test.ops[0], (ast.Is, ast.Eq)):
            return
        value = literal(test.comparators[0])
        if value is not _MISSING:
            self._equal[ast.unparse(test.left)] = value

    def ask(self, test: ast.expr) -> bool | None:
        """How the test comes out, None if that does not follow."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            found = self.ask(test.operand)
            return None if found is None else not found
        if isinstance(test, ast.BoolOp):
            return self._joined(test)
        plain, flipped = _canonical(test)
        found = self._one(plain)
        return None if found is None else found is not flipped

    def _joined(self, test: ast.BoolOp) -> bool | None:
        """Of `and` one that is false decides, of `or` one that is true; else all must be known."""
        deciding = isinstance(test.op, ast.Or)
        found = [self.ask(one) for one in test.values]
        return deciding if deciding in found else None if None in found else not deciding

    def _one(self, test: ast.expr) -> bool | None:
        said = self._said.get(ast.unparse(test))
        if said is not None:
            return said
        if isinstance(test, ast.Compare):
            return self._compared(test)
        value = self._value(test)
        return None if value is _MISSING else bool(value)

    def _compared(self, test: ast.Compare) -> bool | None:
        if len(test.ops) != 1:
            return None
        left, right = self._value(test.left), self._value(test.comparators[0])
        none = right is None and isinstance(test.ops[0], ast.Is)
        if none and left is _MISSING:
            never = isinstance(test.left, _MADE) or self._said.get(ast.unparse(test.left)) is True
            return False if never else None
        asked = _ASKED.get(type(test.ops[0]))
        if asked is None or left is _MISSING or right is _MISSING:
            return None
        try:
            return bool(asked(left, right))
        except TypeError:
            return None

    def _value(self, expr: ast.expr) -> object:
        if isinstance(expr, ast.Call) and ast.unparse(expr.func) == "len" and len(expr.args) == 1:
            of = expr.args[0]
            if isinstance(of, (ast.Tuple, ast.List)) and not any(isinstance(e, ast.Starred) for e in of.elts):
                return len(of.elts)
        found = literal(expr)
        return self._equal.get(ast.unparse(expr), _MISSING) if found is _MISSING else found


def literal(expr: ast.expr) -> object:
    """The value of what is written out; a mark of its own for anything else."""
    try:
        return ast.literal_eval(expr)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return _MISSING


def is_none(expr: ast.expr) -> bool:
    """Whether it is `None`, as written."""
    return literal(expr) is None


def is_literal(expr: ast.expr) -> bool:
    """Whether it is a constant, as written."""
    return literal(expr) is None or isinstance(literal(expr), (str, bytes, int, float, bool, tuple))


def _canonical(test: ast.expr) -> tuple[ast.expr, bool]:
    """The test as one of few comparisons, and whether it is the opposite of that."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return test, False
    other = _SAME.get(type(test.ops[0]))
    if other is None:
        return test, False
    return ast.Compare(test.left, [other[0]()], test.comparators), True


def _is_changing(test: ast.expr) -> bool:
    called = (one.func for one in ast.walk(test) if isinstance(one, ast.Call))
    return any(getattr(one, "attr", getattr(one, "id", "")) in _CHANGING for one in called)
