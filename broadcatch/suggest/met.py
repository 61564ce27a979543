"""Does this call meet what the end of a chain stands under? Its arguments and the tests on the way say so.

`raise` under `if timeout is not None:` does not come out of a call that gives none. What constants prove,
the engine leaves out. Here more is looked at, and less is certain: a decorator hands its arguments on, and a
value that was tested is still the same in the function that is called. So what is not met stays possible, and
is not told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from broadcatch.model.raising import Raised, Step
from broadcatch.program.calls import shown
from broadcatch.program.module import Class
from broadcatch.program.names import dotted
from broadcatch.raises.context import Context
from broadcatch.suggest.conditions import Conditions
from broadcatch.suggest.ends import cannot_be
from broadcatch.suggest.handing import ContextOf, attributes, is_made, parameters
from broadcatch.suggest.outside import (
    Frame,
    Locate,
    Outside,
    calls_of,
    frame_at,
    nodes_of,
    outside,
    receiver_of,
    stores_of,
)
from broadcatch.suggest.same import has_own, is_own, kind_within
from broadcatch.suggest.textual import is_textual
from broadcatch.suggest.under import Needed, needed
from broadcatch.suggest.unique import is_alone
from broadcatch.suggest.ways import is_foreign
from broadcatch.suggest.worth import literal

_NO_LOOP = ": no loop is running"
"""What no coroutine meets, nor what it calls."""

_UNSEEN = ast.Name("attribute__unseen", ast.Load())
"""Stands for a test of what an object holds."""


@dataclass(frozen=True, slots=True)
class Way:
    """The functions of a chain, outermost first, and the tests around its rows that may come out so or so.

    The tests are in terms of the outermost function; those of the handler's own function are left out.
    """

    frames: tuple[Frame, ...]
    asked: tuple[ast.expr, ...] = ()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A row on a way: its function, what was said until then, and where the ways lead that go on from it."""

    frame: Frame
    facts: Conditions
    asked: tuple[ast.expr, ...]
    before: _Arrival | None = None
    call: ast.Call | None = None
    onwards: _Onwards = field(default_factory=dict)


_Onwards: TypeAlias = dict[Step, _Arrival | None]
"""What follows a row, by the next one; None for a way that is closed."""


class Ways:
    """The ways of one question: what several of them have in common is followed once."""

    def __init__(self, context_of: ContextOf, at: Locate) -> None:
        self._context_of = context_of
        self._at = at
        self._begun: _Onwards = {}

    def followed(self, one: Raised) -> Way | None:
        """The way from call to call; None where it is closed: by an argument, or by a test on the way."""
        why = one.evidence
        end = self._end((*why.via, Step("", why.path, why.line)))
        if end is None:
            return None
        rows = _until(end)
        if any(_is_barred(row, one) for row in rows):
            return None
        frame, context = end.frame, self._context_of(end.frame.module, end.frame.function)
        if cannot_be(one, frame, end.facts, context.table) or _is_other(one, frame, context):
            return None
        return Way(tuple(row.frame for row in rows), end.asked)

    def _end(self, steps: tuple[Step, ...]) -> _Arrival | None:
        """The last row of a way."""
        known, row, last = self._begun, None, None
        for number, step in enumerate(steps):
            if step not in known:
                frame = frame_at(number, step, self._at)
                known[step] = self._entered(row, last, frame) if row and last else _seen(frame, Conditions())
            row = known[step]
            if row is None:
                return None
            known, last = row.onwards, step
        return row

    def _entered(self, row: _Arrival, step: Step, inner: Frame) -> _Arrival | None:
        """The next row, if the call may run its function; what the call hands in is noted there."""
        frame, context_of = row.frame, self._context_of
        if not _is_same(frame, inner, step, context_of):
            return None
        facts = row.facts.and_([])
        _forget_bound(frame, facts)
        call = _call(frame, step.call)
        if call is not None:
            if not _narrow(frame, call, inner, context_of):
                return None
            inner.given = parameters(frame, call, inner, step, context_of)
            inner.attributes = attributes(frame, call, inner, context_of)
            inner.exact = is_made(inner) or (frame.exact and is_own(step.call))
        return _seen(inner, facts, row, call)


def _seen(
    frame: Frame, facts: Conditions, before: _Arrival | None = None, call: ast.Call | None = None
) -> _Arrival | None:
    """The row, with what its conditions say; None if it does not run."""
    asked = [*before.asked] if before else []
    return None if _contradicts(frame, facts, asked) else _Arrival(frame, facts, tuple(asked), before, call)


def _is_other(one: Raised, frame: Frame, context: Context) -> bool:
    """Whether what the resolver knows of the values rules it out: a unique field, a field that holds text."""
    return is_alone(one, frame, context) or is_textual(one, frame, context)


def _until(end: _Arrival) -> list[_Arrival]:
    """The rows of a way, the outermost first."""
    found, one = [end], end.before
    while one is not None:
        found.append(one)
        one = one.before
    return found[::-1]


def _is_barred(row: _Arrival, one: Raised) -> bool:
    """Whether this exception does not come through a row that others may come through."""
    function = row.frame.function
    if one.evidence.detail.endswith(_NO_LOOP) and function is not None and function.is_async:
        return True
    return row.call is not None and _gives_key(row.call, row.frame, one)


def _contradicts(frame: Frame, facts: Conditions, asked: list[ast.expr]) -> bool:
    """Whether the row does not run, as far as is known; what its conditions say is learnt.

    `asked` gets the tests around the row of a callee of which nothing is known.
    """
    for one in needed(frame.body, frame.line):
        if isinstance(one, Needed):
            test = outside(frame, one.test)
            found = facts.ask(test)
            if found is (not one.holds):
                return True
            if found is None and one.around and frame.number:
                asked.append(_UNSEEN if _is_of_itself(one.test, frame) else test)
            facts.learn(test, one.holds)
    return False


def _is_of_itself(test: ast.expr, frame: Frame) -> bool:
    """Whether a method asks its object for an attribute: of that, what made the object says nothing."""
    own = (receiver_of(frame.function) if frame.function is not None else "") or "-"
    called = {one.func for one in ast.walk(test) if isinstance(one, ast.Call)}
    return any(
        isinstance(one, ast.Attribute) and one not in called and dotted(one.value) == own
        for one in ast.walk(test)
    )


def _forget_bound(frame: Frame, facts: Conditions) -> None:
    """What was said of attributes that were bound since says nothing in the callee."""
    for name, lines in stores_of(frame).items():
        if "." in name and min(lines) < frame.line:
            plain = ast.parse(name, mode="eval").body
            facts.forget(ast.unparse(Outside(frame, 0, {}).visit(plain)))


def _call(frame: Frame, text: str) -> ast.Call | None:
    """The call of the row that is written so; None if there is none, or are several."""
    found = [one for one in calls_of(frame) if shown(one.func) == text]
    return found[0] if len(found) == 1 else None


def _is_same(frame: Frame, inner: Frame, step: Step, context_of: ContextOf) -> bool:
    """Whether the object that calls a method of itself may be of the class in which that stands.

    Of one whose own method does something, nobody knows that it is of a class below, which replaces it.
    """
    ours, theirs = frame.of, inner.of
    if ours is None or theirs is None or not is_own(step.call):
        return True
    if inner.function is None or inner.function.qualname != step.function:
        return True
    resolver = context_of(frame.module, frame.function).resolver
    name = step.call.rpartition(".")[2]
    found = kind_within(resolver, ours, theirs, name, frame.exact or is_foreign(step.path))
    inner.of = found
    below = found is theirs and theirs is not ours and ours in resolver.mro(theirs)
    return found is not None and not (below and has_own(resolver, ours, name))


def _narrow(frame: Frame, call: ast.Call, inner: Frame, context_of: ContextOf) -> bool:
    """Whether the object on which a method is called may be of its class; what is known of it is noted.

    Of an object of a class with the method, nobody knows that it is of one below, which replaces it.
    """
    if inner.of is None or not isinstance(call.func, ast.Attribute) or is_own(shown(call.func)):
        return True
    context = context_of(frame.module, frame.function)
    resolver = context.resolver
    found = resolver.meaning(call.func.value, context.scope)
    of = resolver.type_of(call.func.value, context.scope)
    cls = found if isinstance(found, Class) else of.target if of is not None else None
    if not isinstance(cls, Class) or inner.function is None or inner.function.short != call.func.attr:
        return True
    if inner.of in resolver.mro(cls):
        inner.of = cls
        return True
    return cls not in resolver.mro(inner.of) or not has_own(resolver, cls, call.func.attr)


def _gives_key(call: ast.Call, inner: Frame, one: Raised) -> bool:
    """Whether the key that a function takes out of its `**kwargs` is among what it is given."""
    kwarg = inner.function.node.args.kwarg if inner.function is not None else None
    if one.type != "KeyError" or kwarg is None:
        return False
    keys = {keyword.arg for keyword in call.keywords if keyword.arg}
    return bool(keys & {literal(key) for key in _keys(inner, kwarg.arg)})


def _keys(frame: Frame, name: str) -> Iterator[ast.expr]:
    """The keys that the row asks a mapping for."""
    for node in nodes_of(frame):
        if getattr(node, "lineno", 0) != frame.line:
            continue
        if isinstance(node, ast.Subscript) and dotted(node.value) == name:
            yield node.slice
        elif isinstance(node, ast.Call) and dotted(node.func) == f"{name}.pop" and len(node.args) == 1:
            yield node.args[0]
