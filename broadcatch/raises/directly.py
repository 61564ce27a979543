"""What does a call pass to a function that it surely runs as it is: no partial, no wrapper in between?"""

from __future__ import annotations

import ast

from broadcatch.program.module import Function
from broadcatch.raises.callables import argument_values
from broadcatch.raises.conditions import constant
from broadcatch.raises.context import Context
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.passing import passed_on, supplied, tested_by
from broadcatch.raises.regions import Known, Parameter
from broadcatch.raises.values import Code, Given, Held, Values


def direct(context: Context, call: ast.Call, function: Function) -> Given:
    """What may be called there, and the constants that its branches depend on.

    An argument that the call leaves out is what the function says itself; behind a `functools.partial`, or a
    wrapper, that would not be certain.
    """
    called = passed_on(context, function)
    given = supplied(context, call, function, called | tested_by(context, function))
    found = ((Parameter(function, name), _value(*given[name], name in called)) for name in given)
    return tuple(one for one in found if one[1])


def _value(context: Context, expr: ast.expr, called: bool) -> Values:
    text = constant(expr)
    if text:
        return (Code((Known(text),)),)
    if called:
        return argument_values(context, expr)
    held = parameter_of(context, expr.id) if isinstance(expr, ast.Name) else None
    return (Held(held),) if held else ()
