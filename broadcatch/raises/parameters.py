"""Which parameter does a name stand for, whatever the caller passes?"""

from __future__ import annotations

import ast

from broadcatch.program.module import Function
from broadcatch.raises.context import Context
from broadcatch.raises.regions import Parameter
from broadcatch.source.walking import walk


def parameter_of(context: Context, name: str) -> Parameter | None:
    """The parameter that a name stands for, unless it is bound to something else too."""
    found = context.scope.find(name)
    if found is None or found[0].function is None or len(found[1]) != 1:
        return None
    only = found[1][0]
    if only.how != "parameter" or only.target or name in set_from_within(context, found[0].function):
        return None
    return Parameter(found[0].function, name)


def set_from_within(context: Context, function: Function) -> frozenset[str]:
    """Names that functions inside this one rebind."""
    known = context.shared.rebound
    if function not in known:
        nodes = walk(function.node) if function.mentions("nonlocal") else ()
        inside = [node for node in nodes if isinstance(node, ast.Nonlocal)]
        known[function] = frozenset(name for node in inside for name in node.names)
    return known[function]
