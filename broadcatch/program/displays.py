"""Of what type is a display or comprehension? Its builtin container, and what its elements have in common."""

from __future__ import annotations

import ast

from broadcatch.program.elements import element
from broadcatch.program.meaning import Meanings
from broadcatch.program.scope import Scope
from broadcatch.program.types import ANY, NONE, Type, common

DISPLAYS: dict[type[ast.expr], str] = {
    ast.List: "list",
    ast.ListComp: "list",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Tuple: "tuple",
    ast.Dict: "dict",
    ast.DictComp: "dict",
}
"""Which builtin each of them makes."""
_LARGEST = 60  # parts of a display that are looked at


def of_display(r: Meanings, expr: ast.expr, scope: Scope) -> Type:
    """The type of a display or comprehension, with that of its elements where it is known."""
    name = f"builtins.{DISPLAYS[type(expr)]}"
    if isinstance(expr, ast.Tuple) and 1 < len(expr.elts) <= 12:
        if not any(isinstance(one, ast.Starred) for one in expr.elts):
            return Type(name, tuple(r.type_of(one, scope) or ANY for one in expr.elts))
    if isinstance(expr, (ast.List, ast.Set, ast.Tuple)):
        parts = [_part(r, one, scope) for one in expr.elts[:_LARGEST]]
        inside = common(parts) if parts and len(expr.elts) <= _LARGEST else None
        return Type(name, (inside,) if inside and inside != NONE else ())
    if isinstance(expr, (ast.ListComp, ast.SetComp)):
        inside = r.type_of(expr.elt, scope)
        return Type(name, (inside,) if inside and inside != NONE else ())
    if isinstance(expr, ast.DictComp):
        pair = (r.type_of(expr.key, scope) or ANY, r.type_of(expr.value, scope) or ANY)
        return Type(name, pair if pair != (ANY, ANY) else ())
    if isinstance(expr, ast.Dict) and expr.values and len(expr.values) <= _LARGEST and all(expr.keys):
        key = common([r.type_of(one, scope) for one in expr.keys if one]) or ANY
        value = common([r.type_of(one, scope) for one in expr.values]) or ANY
        return Type(name, (key, value) if (key, value) != (ANY, ANY) else ())
    return Type(name)


def _part(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    if isinstance(expr, ast.Starred):
        return element(r, r.type_of(expr.value, scope))
    return r.type_of(expr, scope)
