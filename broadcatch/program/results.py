"""What does a call give? By return annotation, overloads and type variables, or by what is returned."""

from __future__ import annotations

import ast

from broadcatch.program import libraries
from broadcatch.program.annotations import annotated
from broadcatch.program.decorating import keeps_result
from broadcatch.program.elements import element
from broadcatch.program.generics import unify, variables_of
from broadcatch.program.meaning import Arguments, Bound, Meanings
from broadcatch.program.module import Function
from broadcatch.program.names import own_nodes, own_statements
from broadcatch.program.overloads import chosen, declared, matched
from broadcatch.program.scope import Scope, decorators, is_static
from broadcatch.program.types import ANY, NONE, Type, argument, common

_MOST_RETURNS = (4, 8)
_MOST_STATEMENTS = (30, 80)
"""What is looked through for a return type, in installed packages and in the project's own code."""
ABSTRACT_MANAGERS = frozenset({"contextlib.AbstractContextManager", "contextlib.AbstractAsyncContextManager"})
"""What says of a manager only that it is one."""
_MANAGED = frozenset({"contextmanager", "asynccontextmanager"})


def around(r: Meanings, function: Function) -> Scope:
    """The scope in which a function's annotations stand."""
    if function.owner is not None:
        return r.class_scope(function.owner)
    return r.scope(function).outer or r.scope(function)


def returned(
    r: Meanings, function: Function, receiver: Type | None = None, given: Arguments | None = None
) -> Type | None:
    """What calling the function gives: a coroutine or generator still to be run, or its return type.

    `receiver` is the type of the object (or class) that a method is called on; `given` what is passed.
    """
    candidates = declared(function)
    known = variables_of(r, receiver, function)
    skip = receiver is not None and function.owner is not None and not is_static(function)
    if len(candidates) > 1 and given is not None:
        candidates = chosen(r, candidates, around(r, function), given, skip, known)
    found = {_of_signature(r, one, receiver, given, skip, known) for one in candidates}
    one_class = len({(one.name, one.target, one.callee) if one else None for one in found}) == 1
    if one_class and found != {None}:
        return common(found)
    return None if function.is_async or function.yields else libraries.returned(r, function, receiver, given)


def _of_signature(
    r: Meanings,
    function: Function,
    receiver: Type | None,
    given: Arguments | None,
    skip: bool,
    known: dict[str, Type],
) -> Type | None:
    solved = dict(known)
    if function.node.returns is not None:
        _solve(r, function, receiver, given, skip, solved)
    is_stub = function.module.origin == "stub"
    if function.yields or (is_stub and _MANAGED & set(decorators(function))):
        given_out = yielded(r, function, solved)
        return Type("generator", (given_out,) if given_out else (), target=None if is_stub else function)
    inner = _inner(r, function, receiver, solved)
    if inner is None or (inner.name in ABSTRACT_MANAGERS and not inner.args):
        inner = libraries.returned(r, function, receiver, given) or inner
    if function.is_async:
        return Type("coroutine", (inner,) if inner else (), target=None if is_stub else function)
    return inner


def _solve(
    r: Meanings,
    function: Function,
    receiver: Type | None,
    given: Arguments | None,
    skip: bool,
    solved: dict[str, Type],
) -> None:
    """Add what the arguments tell about the type variables of a function."""
    where = around(r, function)
    args = function.node.args
    first = next(iter([*args.posonlyargs, *args.args]), None)
    own: dict[str, Type] = {}
    if skip and first is not None and first.annotation is not None:
        unify(r, first.annotation, where, receiver, own)
    for parameter, value in (matched(function, given, skip) or ()) if given else ():
        if parameter.annotation is not None and given is not None:
            unify(r, parameter.annotation, where, r.type_of(value, given.scope), own)
    for name, one in own.items():
        if one != ANY:
            solved.setdefault(name, one)


def _inner(r: Meanings, function: Function, receiver: Type | None, variables: dict[str, Type]) -> Type | None:
    if function.node.returns is not None:
        return annotated(r, function.node.returns, around(r, function), variables)
    if function.module.origin == "stub" or not keeps_result(r, function):
        return None
    return r.guarded(("returned", function), lambda: _of_returns(r, function, receiver))


def _of_returns(r: Meanings, function: Function, receiver: Type | None) -> Type | None:
    """The union of what the return statements give; None for a long function, which rarely has one type."""
    key = ("returns", function)
    if key not in r.notes:
        r.notes[key] = _values_returned(function)
    values: tuple[ast.expr | None, ...] | None = r.notes[key]  # type: ignore[assignment]
    if values is None:
        return None
    if not any(values):
        return NONE
    plain = [*function.node.args.posonlyargs, *function.node.args.args]
    first = plain[0].arg if plain and function.owner is not None and not is_static(function) else ""
    if first and receiver is not None and all(_is_name(one, first) for one in values):
        return receiver
    return _united(r, function, values)


def _values_returned(function: Function) -> tuple[ast.expr | None, ...] | None:
    """What the return statements give; None where they are too many, or the function is too long."""
    statements = list(own_statements(function.node.body))
    values = tuple(s.value for s in statements if isinstance(s, ast.Return))
    is_own = function.module.origin == "project"
    long = len(values) > _MOST_RETURNS[is_own] or len(statements) > _MOST_STATEMENTS[is_own]
    return None if long and any(values) else values


def _united(r: Meanings, function: Function, values: tuple[ast.expr | None, ...]) -> Type | None:
    key = ("united", function)
    if key in r.types:
        return r.types[key]
    before = r.cuts
    scope = r.scope(function)
    found = common([r.type_of(one, scope) for one in values if one is not None])
    if r.cuts == before:
        r.types[key] = found
    return found


def _is_name(expr: ast.expr | None, name: str) -> bool:
    return isinstance(expr, ast.Name) and expr.id == name


def yielded(r: Meanings, function: Function, variables: dict[str, Type]) -> Type | None:
    """What a generator gives, an element at a time."""
    annotation = function.node.returns
    if annotation is not None:
        where = around(r, function)
        of = annotated(r, annotation, where, variables)
        return argument(of, 0) if of is not None else None
    return r.guarded(("yielded", function), lambda: _of_yields(r, function))


def _of_yields(r: Meanings, function: Function) -> Type | None:
    scope = r.scope(function)
    found: list[Type | None] = []
    for node in own_nodes(function.node.body):
        if isinstance(node, ast.Yield):
            found.append(r.type_of(node.value, scope) if node.value else NONE)
        elif isinstance(node, ast.YieldFrom):
            found.append(element(r, r.type_of(node.value, scope)))
    return common(found)


def of_bound(r: Meanings, found: Bound, given: Arguments | None = None) -> Type | None:
    """What calling a method gives; the declaration that overrides must follow decides, where it says."""
    if found.declared is not None and found.declared.node.returns is not None:
        return returned(r, found.declared, found.receiver, given)
    return common([returned(r, one, found.receiver, given) for one in found.functions])
