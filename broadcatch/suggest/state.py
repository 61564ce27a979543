"""Which attributes of an object are known on the way? Those that it was made with, and kept since."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Function
from broadcatch.program.names import dotted
from broadcatch.program.resolver import Resolver
from broadcatch.raises.context import Context
from broadcatch.raises.passing import bound, defaults, unpacks
from broadcatch.suggest.outside import Frame, outside, receiver_of, stores_of
from broadcatch.suggest.worth import kind_of


def made_with(context: Context, cls: Class, made: ast.Call) -> dict[str, ast.expr]:
    """What the constructor gives to attributes that nothing else in the class binds.

    `made` is the call of the class in terms of the outermost function; so are the values.
    """
    init = next(_inits(context.resolver, cls), None)
    if init is None or unpacks(made):
        return {}
    call = ast.Call(ast.Attribute(made, "__init__", ast.Load()), made.args, made.keywords)
    passed = dict(bound(context, call, init))
    frame = Frame(-1, init.module, init, init.span.last + 1, passed)
    for name, expr in defaults(init):
        passed.setdefault(name, outside(frame, expr))
    alone = _bound_once(context.resolver, cls)
    return {name: value for name, value in _stored(frame, init) if name in alone}


def _classes(resolver: Resolver, cls: Class) -> Iterator[Class]:
    return (one for one in resolver.mro(cls) if isinstance(one, Class))


def _inits(resolver: Resolver, cls: Class) -> Iterator[Function]:
    return (one.members["__init__"] for one in _classes(resolver, cls) if "__init__" in one.members)


def _bound_once(resolver: Resolver, cls: Class) -> frozenset[str]:
    """The attributes to which the class and those above it assign only once."""
    found: dict[str, int] = {}
    for one in _classes(resolver, cls):
        for name, given in self_assignments(one).items():
            found[name] = found.get(name, 0) + len(given)
    return frozenset(name for name, number in found.items() if number == 1)


def _stored(frame: Frame, function: Function) -> Iterator[tuple[str, ast.expr]]:
    """What statements of the function itself, before the row, give to attributes: what stays true of it."""
    own, stores = receiver_of(function), stores_of(frame)
    for target, given in _assigned(function.node.body):
        name = dotted(target)
        once = len(stores.get(name, ())) == 1 and target.lineno < frame.line
        if own and once and isinstance(target, ast.Attribute) and dotted(target.value) == own:
            value = outside(frame, given)
            if kind_of(value):
                yield target.attr, value


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[ast.expr, ast.expr]]:
    for statement in body:
        if isinstance(statement, ast.Assign):
            yield from ((target, statement.value) for target in statement.targets)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            yield statement.target, statement.value


def kept(frame: Frame, call: ast.Call) -> dict[str, ast.expr]:
    """What is known of an object that calls another method of its own: as before, and what it set itself."""
    function = frame.function
    own = receiver_of(function) if function is not None else ""
    if function is None or not own or not isinstance(call.func, ast.Attribute):
        return {}
    if dotted(call.func.value) != own and not _is_super(call.func.value):
        return {}
    stores = stores_of(frame)
    before = {name: value for name, value in frame.attributes.items() if f"{own}.{name}" not in stores}
    return {**before, **(dict(_stored(frame, function)) if function.short == "__init__" else {})}


def _is_super(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Call) and dotted(expr.func) == "super"
