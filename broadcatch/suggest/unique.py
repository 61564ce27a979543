"""Can more than one row match? Not where a field is asked for that no two rows share."""

from __future__ import annotations

import ast

from broadcatch.model.raising import Raised
from broadcatch.program.module import Class
from broadcatch.program.names import dotted
from broadcatch.raises.context import Context
from broadcatch.suggest.outside import Frame, calls_of

_SEVERAL = "MultipleObjectsReturned"
_MARKS = frozenset({"unique", "primary_key"})
_ONE = "OneToOneField"


def is_alone(one: Raised, frame: Frame, context: Context) -> bool:
    """Whether each manager of the row is asked by a field of its model that is unique."""
    if not one.type.endswith(_SEVERAL):
        return False
    asked = [call for call in calls_of(frame) if _manager(call) is not None]
    return bool(asked) and all(_by_unique(call, context) for call in asked)


def _manager(call: ast.Call) -> ast.expr | None:
    """`Model` in `Model.objects.get(…)`."""
    inner = call.func.value if isinstance(call.func, ast.Attribute) else None
    found = isinstance(inner, ast.Attribute) and inner.attr == "objects" and bool(call.keywords)
    return inner.value if found and isinstance(inner, ast.Attribute) else None


def _by_unique(call: ast.Call, context: Context) -> bool:
    model = _manager(call)
    of = context.resolver.meaning(model, context.scope) if model is not None else None
    if not isinstance(of, Class):
        return False
    fields = [keyword.arg for keyword in call.keywords if keyword.arg]
    return any(_is_unique(field_of(context, of, name)) for name in fields)


def field_of(context: Context, model: Class, name: str) -> ast.expr | None:
    """What the model, or a class above it, binds the field to."""
    for one in context.resolver.mro(model):
        bound = one.names.get(name, ()) if isinstance(one, Class) else ()
        if bound:
            return bound[0].value or bound[0].expr
    return None


def _is_unique(field: ast.expr | None) -> bool:
    if not isinstance(field, ast.Call):
        return False
    marked = (one for one in field.keywords if one.arg in _MARKS)
    said = any(isinstance(one.value, ast.Constant) and one.value.value is True for one in marked)
    return said or dotted(field.func).rpartition(".")[2] == _ONE
