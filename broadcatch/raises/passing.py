"""Which argument of a call stands for which parameter of the function that it runs?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function
from broadcatch.program.scope import is_static
from broadcatch.raises.conditions import tested
from broadcatch.raises.context import Context
from broadcatch.raises.decorators import around_of
from broadcatch.source.walking import walk

JOINED = (ast.BoolOp, ast.IfExp)
_TELLING = (ast.Call, ast.Await, ast.Return, ast.Assign, ast.If, *JOINED)
"""Nodes that pass something on, or ask for it."""


def passed_on(context: Context, function: Function) -> frozenset[str]:
    """Parameters that the function calls, awaits, returns or passes on, by its text."""
    if function not in context.shared.passing:
        _note(context, function)
    return context.shared.passing[function]


def tested_by(context: Context, function: Function) -> frozenset[str]:
    """Parameters that the function's branches depend on."""
    if function not in context.shared.tested:
        _note(context, function)
    return context.shared.tested[function]


def _note(context: Context, function: Function) -> None:
    """Look through the function once for both questions."""
    args = function.node.args
    own = {one.arg for one in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
    nodes: list[ast.AST] = []
    if own:
        nodes += (one for one in walk(function.node) if isinstance(one, _TELLING))
    context.shared.passing[function] = frozenset(own & set(_used(nodes)))
    context.shared.tested[function] = frozenset(own & tested(nodes))


def _used(nodes: list[ast.AST]) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, ast.Call):
            places: list[ast.expr | None] = [
                one.func,
                *one.args,
                *(keyword.value for keyword in one.keywords),
            ]
        elif isinstance(one, (ast.Await, ast.Return, ast.Assign)):
            places = [one.value]
        elif isinstance(one, JOINED):
            places = one.values if isinstance(one, ast.BoolOp) else [one.body, one.orelse]  # type: ignore[assignment]
        else:
            continue
        yield from (place.id for place in places if isinstance(place, ast.Name))


def bound(context: Context, call: ast.Call, function: Function) -> Iterator[tuple[str, ast.expr]]:
    args = function.node.args
    plain = [one.arg for one in (*args.posonlyargs, *args.args)]
    if has_receiver(function) and not _through_class(context, call, function):
        plain = plain[1:]
    for name, expr in zip(plain, call.args, strict=False):
        if isinstance(expr, ast.Starred):
            break
        yield name, expr
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value


def supplied(
    context: Context, call: ast.Call, function: Function, names: frozenset[str]
) -> dict[str, tuple[Context, ast.expr]]:
    """What stands for these parameters, and where that is: an argument, or what the function says itself."""
    given = {name: (context, expr) for name, expr in bound(context, call, function)} if names else {}
    if names and not unpacks(call):
        around = context.at(around_of(context, function).scope)
        for name, expr in defaults(function):
            given.setdefault(name, (around, expr))
    return {name: given[name] for name in given if name in names}


def defaults(function: Function) -> Iterator[tuple[str, ast.expr]]:
    args = function.node.args
    plain = [*args.posonlyargs, *args.args]
    for one, default in zip(plain[::-1], args.defaults[::-1], strict=False):
        yield one.arg, default
    for one, given in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if given is not None:
            yield one.arg, given


def unpacks(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Starred) for one in call.args) or any(k.arg is None for k in call.keywords)


def has_receiver(function: Function) -> bool:
    return function.owner is not None and not is_static(function)


def _through_class(context: Context, call: ast.Call, function: Function) -> bool:
    """Whether the receiver is passed by hand: `Base.method(self, …)`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != function.node.name:
        return False
    of = context.resolver.meaning(call.func.value, context.scope)
    return isinstance(of, Class) and "classmethod" not in {shown(d) for d in function.node.decorator_list}


def is_none(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and expr.value is None
