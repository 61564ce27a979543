"""Which tests contradict each other? What earlier tests said of the values that a later one asks about."""

from __future__ import annotations

import ast
import collections.abc
import numbers
import operator
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from broadcatch.program.names import dotted
from broadcatch.program.text import expression
from broadcatch.suggest.worth import (
    MISSING,
    OBJECT,
    has,
    held,
    is_of_class,
    kind_of,
    length_of,
    literal,
    plain_name,
    truth_of,
)

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
_BUILTIN = frozenset("str bytes int float bool complex list tuple dict set frozenset bytearray".split())
_WIDE = frozenset([*collections.abc.__all__, *typing.__all__, *numbers.__all__, "Path", "PathLike"])
"""Classes that builtin types count as, though they are none of them."""
_CHANGING = frozenset({"pop", "popleft", "next", "read", "readline", "recv", "get_nowait", "time", "random"})
"""Calls that may give another value each time."""


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

    def calls(self) -> Iterator[ast.Call]:
        """The calls whose answer was asked for, as they were."""
        for text in self._said:
            asked = expression(text)
            if isinstance(asked, ast.Call):
                yield asked

    def _infer(self, test: ast.expr, holds: bool) -> None:
        if not isinstance(test, ast.Compare) or not holds or not isinstance(test.ops[0], (ast.Is, ast.Eq)):
            return
        value = literal(test.comparators[0])
        if value is not MISSING:
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
        if isinstance(test, ast.Call) and len(test.args) == 2 and dotted(test.func) == "isinstance":
            return is_instance(self.meant(test.args[0]), test.args[1])
        value = self._value(test)
        return truth_of(self.meant(test)) if value is MISSING else bool(value)

    def _compared(self, test: ast.Compare) -> bool | None:
        if len(test.ops) != 1:
            return None
        one, other = self.meant(test.left), self.meant(test.comparators[0])
        left, right = self._value(one), self._value(other)
        if right is None and isinstance(test.ops[0], ast.Is) and left is MISSING:
            never = kind_of(one) or self._said.get(ast.unparse(one)) is True
            return False if never else None
        if isinstance(test.ops[0], ast.In):
            found = has(other, one)
            return found if found is not None or MISSING in (left, right) else _ask(test.ops[0], left, right)
        if MISSING not in (left, right):
            return _ask(test.ops[0], left, right)
        return _same_member(one, other) if isinstance(test.ops[0], (ast.Is, ast.Eq)) else None

    def meant(self, expr: ast.expr) -> ast.expr:
        """The value itself, where it is looked up in what is written out or chosen by what is known."""
        found = held(expr)
        if isinstance(found, ast.IfExp) and (chosen := self.ask(found.test)) is not None:
            return self.meant(found.body if chosen else found.orelse)
        return found

    def _value(self, expr: ast.expr) -> object:
        if isinstance(expr, ast.Call) and ast.unparse(expr.func) == "len" and len(expr.args) == 1:
            length = length_of(self.meant(expr.args[0]))
            if length is not None:
                return length
        found = literal(self.meant(expr))
        return self._equal.get(ast.unparse(expr), MISSING) if found is MISSING else found


def _ask(operation: ast.cmpop, left: object, right: object) -> bool | None:
    asked = _ASKED.get(type(operation))
    try:
        return bool(asked(left, right)) if asked is not None else None
    except TypeError:
        return None


def _same_member(one: ast.expr, other: ast.expr) -> bool | None:
    """Whether two constants of a class or module, by their names in capitals, are the same."""
    names = dotted(one), dotted(other)
    if not all(name.rpartition(".")[2].isupper() and "." in name for name in names):
        return None
    if names[0].rpartition(".")[0] != names[1].rpartition(".")[0]:
        return None
    return names[0] == names[1]


def is_instance(value: ast.expr, classes: ast.expr) -> bool | None:
    """Whether the value is of one of the classes, as far as its expression shows its kind."""
    kind = kind_of(value)
    named = classes.elts if isinstance(classes, ast.Tuple) else [classes]
    names = [dotted(one) for one in named]
    if not kind or not all(names):
        return None
    if kind == OBJECT:
        own = dotted(value.func) if isinstance(value, ast.Call) else ""
        return True if own in names else False if all(one in _BUILTIN for one in names) else None
    if kind in names or (kind == "bool" and "int" in names) or "object" in names:
        return True
    return False if all(map(_is_narrow, names)) else None


def _is_narrow(name: str) -> bool:
    """Whether a class of this name is builtin, or has no builtin types below it."""
    last = plain_name(name.rpartition(".")[2])
    return name in _BUILTIN or (is_of_class(last) and last not in _WIDE)


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
