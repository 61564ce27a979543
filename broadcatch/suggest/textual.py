"""Is it text that is read? By the method that gives it, by the field of a model or form that it is."""

from __future__ import annotations

import ast

from broadcatch.model.raising import Raised
from broadcatch.program.module import Class
from broadcatch.program.names import dotted
from broadcatch.raises.context import Context
from broadcatch.suggest.outside import Frame, bound_once, called, outside
from broadcatch.suggest.unique import field_of
from broadcatch.suggest.worth import kind_of, literal

_NEITHER = ": the value is neither text"
_NO_TEXT = "UnicodeDecodeError"
_TEXTS = frozenset({"strftime", "isoformat", "hexdigest", "read_text", "format"})
"""Methods that give text, whatever has them."""
_EITHER = _TEXTS | {"read", "readline", "read_bytes", "getvalue"}
"""Methods that give text or bytes, where nothing is passed."""
_CODECS = frozenset({"decode", "encode"})
_FIELDS = frozenset({"CharField", "TextField", "SlugField", "EmailField", "URLField"})
"""Fields of models and forms that hold text."""
_CLEANED = "cleaned_data"


def is_textual(one: Raised, frame: Frame, context: Context) -> bool:
    """Whether what the row needs is no text, or bytes, and what is passed is text."""
    neither = one.type == "TypeError" and _NEITHER in one.evidence.detail
    if one.evidence.kind != "knowledge" or not (neither or one.type == _NO_TEXT):
        return False
    call = called(one, frame)
    if call is None or not call.args or isinstance(call.args[0], ast.Starred):
        return False
    given = call.args[0]
    forms = [bound_once(frame, given) or given, outside(frame, given)]
    return any(_is_text(each, neither) for each in forms) or _is_of_field(forms[0], context)


def _is_text(expr: ast.expr, or_bytes: bool) -> bool:
    """Whether it is text, or bytes where these will do; so is one of two that both are."""
    made = expr.value if isinstance(expr, ast.Await) else expr
    if isinstance(made, ast.IfExp):
        return _is_text(made.body, or_bytes) and _is_text(made.orelse, or_bytes)
    if kind_of(made) == "str" or (or_bytes and kind_of(made) == "bytes"):
        return True
    if not isinstance(made, ast.Call) or not isinstance(made.func, ast.Attribute):
        return False
    name = made.func.attr
    if name in _CODECS:
        return (or_bytes or name == "decode") and all(isinstance(literal(one), str) for one in made.args)
    return name in _TEXTS or (or_bytes and name in _EITHER and not made.args)


def _is_of_field(expr: ast.expr, context: Context) -> bool:
    """`self.name` of a model, `form.cleaned_data["name"]`, where the field holds text and never None."""
    if isinstance(expr, ast.Subscript) and isinstance(expr.value, ast.Attribute):
        name, of = literal(expr.slice), expr.value.value
        found = _field(of, name, context) if expr.value.attr == _CLEANED else None
        return found is not None and _holds_text(found, "empty_value")
    if not isinstance(expr, ast.Attribute):
        return False
    found = _field(expr.value, expr.attr, context)
    return found is not None and _holds_text(found, "null")


def _field(of: ast.expr, name: object, context: Context) -> ast.Call | None:
    found = context.resolver.type_of(of, context.scope)
    cls = found.target if found is not None else None
    if not isinstance(cls, Class) or not isinstance(name, str):
        return None
    field = field_of(context, cls, name)
    return field if isinstance(field, ast.Call) else None


def _holds_text(field: ast.Call, unless: str) -> bool:
    return dotted(field.func).rpartition(".")[2] in _FIELDS and all(
        one.arg is not None and (one.arg != unless or literal(one.value) is False) for one in field.keywords
    )
