"""Does this call meet what the end of a chain stands under? Its arguments and the tests on the way say so.

`raise` under `if timeout is not None:` does not come out of a call that gives none. What constants prove,
the engine leaves out. Here more is looked at, and less is certain: a decorator hands its arguments on, and a
value that was tested is still the same in the function that is called. So what is not met stays possible, and
is not told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.model.raising import Raised, Step
from broadcatch.program.calls import shown
from broadcatch.program.module import Class
from broadcatch.program.names import dotted
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
    stores_of,
)
from broadcatch.suggest.same import has_own, is_own, kind_within
from broadcatch.suggest.under import Needed, needed
from broadcatch.suggest.unique import is_alone
from broadcatch.suggest.ways import is_foreign
from broadcatch.suggest.worth import literal

_NO_LOOP = ": no loop is running"
"""What no coroutine meets, nor what it calls."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A row on a way: its function, what tests and arguments said until then, and whence it was called."""

    frame: Frame
    facts: Conditions
    before: _Arrival | None = None
    call: ast.Call | None = None


class Ways:
    """The ways of one question. What several have in common is followed once."""

    def __init__(self, context_of: ContextOf, at: Locate) -> None:
        self._context_of = context_of
        self._at = at
        self._known: dict[tuple[object, ...], _Arrival | None] = {}

    def is_unmet(self, one: Raised) -> bool:
        """Whether the way is closed: by an argument, or by a test that came out otherwise on the way."""
        why = one.evidence
        end = self._arrival((*why.via, Step("", why.path, why.line)))
        if end is None or any(_is_barred(arrival, one) for arrival in _until(end)):
            return True
        context = self._context_of(end.frame.module, end.frame.function)
        return cannot_be(one, end.frame, end.facts, context.table) or is_alone(one, end.frame, context)

    def _arrival(self, steps: tuple[Step, ...]) -> _Arrival | None:
        """What is known in the row of the last step; None where it is not reached."""
        key = (steps[:-1], steps[-1].path, steps[-1].line)
        if key not in self._known:
            self._known[key] = self._followed(steps)
        return self._known[key]

    def _followed(self, steps: tuple[Step, ...]) -> _Arrival | None:
        frame = frame_at(len(steps) - 1, steps[-1], self._at)
        found: _Arrival | None = _Arrival(frame, Conditions())
        if len(steps) > 1:
            before = self._arrival(steps[:-1])
            found = self._entered(before, frame, steps[-2]) if before is not None else None
        return None if found is None or _contradicts(frame, found.facts) else found

    def _entered(self, before: _Arrival, inner: Frame, step: Step) -> _Arrival | None:
        """The function that is called, with what is known of its arguments; None where it is another."""
        frame, context_of = before.frame, self._context_of
        call = _call(frame, step.call)
        if not _is_same(frame, inner, step, context_of):
            return None
        facts = before.facts.and_([])
        _forget_bound(frame, facts)
        if call is not None:
            if not _narrow(frame, call, inner, context_of):
                return None
            inner.given = parameters(frame, call, inner, step, context_of)
            inner.attributes = attributes(frame, call, inner, context_of)
            inner.exact = is_made(inner) or (frame.exact and is_own(step.call))
        return _Arrival(inner, facts, before, call)


def _until(end: _Arrival | None) -> Iterator[_Arrival]:
    """The row, and those from which it was reached."""
    while end is not None:
        yield end
        end = end.before


def _is_barred(row: _Arrival, one: Raised) -> bool:
    """Whether this exception cannot come by this row: its key is given, or a loop runs there."""
    function = row.frame.function
    if one.evidence.detail.endswith(_NO_LOOP) and function is not None and function.is_async:
        return True
    return row.call is not None and _gives_key(row.call, row.frame, one)


def _contradicts(frame: Frame, facts: Conditions) -> bool:
    """Whether the row does not run, as far as is known; what its conditions say is learnt."""
    for one in needed(frame.body, frame.line):
        if isinstance(one, Needed):
            test = outside(frame, one.test)
            if facts.ask(test) is (not one.holds):
                return True
            facts.learn(test, one.holds)
    return False


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
