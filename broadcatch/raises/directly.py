"""What does a call pass to a function that it surely runs as it is: no partial, no wrapper in between?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.module import Function
from broadcatch.raises.callables import argument_values
from broadcatch.raises.conditions import constant
from broadcatch.raises.context import Context
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.passing import has_receiver, passed_on, supplied, tested_by, unpacks
from broadcatch.raises.regions import Known, Parameter
from broadcatch.raises.surely.kinds import kind_of
from broadcatch.raises.values import Code, Given, Held, Values


def direct(context: Context, call: ast.Call, function: Function) -> Given:
    """What may be called there, and the constants that its branches depend on.

    An argument that the call leaves out is what the function says itself; behind a `functools.partial`, or a
    wrapper, that would not be certain.
    """
    called = passed_on(context, function)
    asked = tested_by(context, function)
    given = supplied(context, call, function, called | asked)
    found = (
        (Parameter(function, name), _value(*given[name], name in called, name in asked)) for name in given
    )
    return (*(one for one in found if one[1]), *_rest(call, function))


def _rest(call: ast.Call, function: Function) -> Iterator[tuple[Parameter, Values]]:
    """What `*args` and `**kwargs` hold where the call surely passes nothing for them."""
    args = function.node.args
    if unpacks(call):
        return
    plain = [*args.posonlyargs, *args.args]
    if args.vararg is not None and len(call.args) <= len(plain) - has_receiver(function):
        yield Parameter(function, args.vararg.arg), (Code((Known("()"),)),)
    named = {one.arg for one in (*args.args, *args.kwonlyargs)}
    if args.kwarg is not None and all(one.arg in named for one in call.keywords):
        yield Parameter(function, args.kwarg.arg), (Code((Known("{}"),)),)


def _value(context: Context, expr: ast.expr, called: bool, tested: bool) -> Values:
    text = constant(expr)
    if text:
        return (Code((Known(text),)),)
    kind = kind_of(context, expr) if tested else None
    if kind is not None:
        return (Code((kind,)),)
    values = argument_values(context, expr) if called else ()
    if values:
        return values
    held = parameter_of(context, expr.id) if isinstance(expr, ast.Name) else None
    return (Held(held),) if held else ()
