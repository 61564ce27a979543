"""Which classes does an except clause stop?"""

from __future__ import annotations

import ast

from broadcatch.program.meaning import Instance
from broadcatch.program.project import Value
from broadcatch.program.scope import Scope, module_scope
from broadcatch.raises.context import Context
from broadcatch.raises.families import made_class


def clause_types(context: Context, expr: ast.expr | None, scope: Scope) -> tuple[str, ...]:
    """Canonical names of the classes in an except clause; what cannot be resolved is left out."""
    if expr is None:
        return ("BaseException",)
    if isinstance(expr, ast.Starred):
        return clause_types(context, expr.value, scope)
    if isinstance(expr, ast.Tuple):
        return tuple(name for one in expr.elts for name in clause_types(context, one, scope))
    if isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.Add):
        return clause_types(context, expr.left, scope) + clause_types(context, expr.right, scope)
    name = made_class(context.at(scope), expr) or _named(context, expr, scope)
    if name:
        return (name,)
    if isinstance(expr, ast.Name):
        found = scope.find(expr.id)
        symbol = context.resolver.project.member(scope.module, expr.id)
        if found and found[0].function is None and isinstance(symbol, Value) and len(symbol.bindings) == 1:
            value = symbol.bindings[0].expr
            if isinstance(value, (ast.Tuple, ast.BinOp)):
                return clause_types(context, value, module_scope(symbol.module))
    return ()


def _named(context: Context, expr: ast.expr, scope: Scope) -> str:
    """The class that the expression names; a variable that may hold a subclass of it names none."""
    found = context.resolver.meaning(expr, scope)
    of = found.type if isinstance(found, Instance) else None
    if of is not None and of.name == "class" and not of.exact:
        return ""
    return context.resolver.class_named(expr, scope)
