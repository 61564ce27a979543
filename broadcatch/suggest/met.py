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
    receiver_of,
    stores_of,
)
from broadcatch.suggest.same import has_own, is_own, kind_within
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


def followed(one: Raised, context_of: ContextOf, at: Locate) -> Way | None:
    """The way from call to call; None where it is closed: by an argument, or by a test on the way."""
    why = one.evidence
    steps = (*why.via, Step("", why.path, why.line))
    facts, asked = Conditions(), list[ast.expr]()
    frames = [frame_at(0, steps[0], at)]
    runs = why.detail.endswith(_NO_LOOP)
    for number, step in enumerate(steps):
        frame = frames[-1]
        if _contradicts(frame, facts, asked) or (runs and frame.function and frame.function.is_async):
            return None
        if number < len(steps) - 1:
            inner = frame_at(number + 1, steps[number + 1], at)
            if not _enters(frame, inner, step, one, facts, context_of):
                return None
            frames.append(inner)
    context = context_of(frame.module, frame.function)
    if cannot_be(one, frame, facts, context.table) or is_alone(one, frame, context):
        return None
    return Way(tuple(frames), tuple(asked))


def _enters(
    frame: Frame, inner: Frame, step: Step, one: Raised, facts: Conditions, context_of: ContextOf
) -> bool:
    """Whether the call may run that function; what it hands in is noted there."""
    if not _is_same(frame, inner, step, context_of):
        return False
    _forget_bound(frame, facts)
    call = _call(frame, step.call)
    if call is None:
        return True
    if not _narrow(frame, call, inner, context_of):
        return False
    inner.given = parameters(frame, call, inner, step, context_of)
    inner.attributes = attributes(frame, call, inner, context_of)
    inner.exact = is_made(inner) or (frame.exact and is_own(step.call))
    return not _gives_key(call, inner, one)


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
