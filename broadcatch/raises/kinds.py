"""Which rows of the table does the known type of an argument exclude? Its kind, and that of its elements."""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import MappingProxyType

from broadcatch.program.calls import resolve_call
from broadcatch.program.elements import element
from broadcatch.program.types import (
    BYTES,
    DICTS,
    FLOAT,
    NONE,
    NUMBERS,
    SEQUENCES,
    STR,
    Type,
    alternatives,
    common,
)
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.table import Row
from broadcatch.raises.when import BY_TYPE

_PLAIN = (STR, BYTES, *NUMBERS)
_TUPLE = "builtins.tuple"
_JSON = (STR, NONE, *NUMBERS)


def is_ruled_out(context: Context, row: Row, call: ast.Call | None) -> bool:
    """Whether the known type of an argument excludes the row.

    An annotation is not trusted to make a conversion safe: `float(price)` stands there because it may lie.
    """
    return call is not None and any(_excluded(context, condition, call) for condition in row.when)


def _excluded(context: Context, condition: str, call: ast.Call) -> bool:
    asked, _, position = condition.partition("@")
    if asked not in BY_TYPE or asked == "streamed" or (index := int(position or 0)) >= len(call.args):
        return False
    of = context.resolver.type_of(call.args[index], context.scope)
    if asked in _FITTING:
        return not _is_keyed(call) and _FITTING[asked](context, _compared(context, asked, call, of))
    if asked == "parsed":
        return _is_computed(context, call.args[index], of)
    if asked == "float":
        return of is None or not (of == FLOAT or of.name == "decimal.Decimal")
    return of == STR or (asked == "untyped" and of in (*NUMBERS, BYTES))


def _is_float(context: Context, expr: ast.expr) -> bool:
    """Whether it is a number with a point: no text can be repeated by it, or joined to it."""
    if isinstance(expr, ast.Constant):
        return isinstance(expr.value, float)
    of = context.resolver.type_of(expr, context.scope)
    return of == FLOAT and _is_computed(context, expr, of)


def _is_computed(context: Context, expr: ast.expr, of: Type | None) -> bool:
    """Whether it is a number: what an operation gives that gives no text, or a function of Python's own."""
    if isinstance(expr, ast.BinOp) and isinstance(expr.op, (ast.Mult, ast.Add)):
        return any(_is_float(context, one) for one in (expr.left, expr.right))
    if isinstance(expr, ast.BinOp):
        return isinstance(expr.op, (ast.Div, ast.FloorDiv, ast.Sub, ast.Pow))
    if not isinstance(expr, ast.Call) or of not in NUMBERS:
        return False
    target = resolve_call(context.resolver, expr, context.scope)
    return not target.why and not target.functions and all(map(is_standard, target.externals))


def _compared(context: Context, asked: str, call: ast.Call, of: Type | None) -> Type | None:
    """What the condition asks about: the elements of the argument, or all arguments where several stand."""
    if asked in ("unsized", "not-json"):
        return of
    if len(call.args) > 1 and asked == "unordered":
        return common([context.resolver.type_of(one, context.scope) for one in call.args])
    return element(context.resolver, of)


def _is_keyed(call: ast.Call) -> bool:
    """Whether arguments tell otherwise what is compared, or how: `key=`, `default=`, `*values`."""
    named = any(one.arg in (None, "key", "default", "cls") for one in call.keywords)
    return named or any(isinstance(one, ast.Starred) for one in call.args)


def _is_sized(context: Context, of: Type | None) -> bool:
    kinds = alternatives(of) if of is not None else ()
    return bool(kinds) and all(context.resolver.member(one, "__len__") is not None for one in kinds)


def _is_ordered(context: Context, of: Type | None) -> bool:
    """Whether any two such values can be compared: texts, numbers, pairs of them."""
    if of is None:
        return False
    return of in _PLAIN or (
        of.name == _TUPLE and bool(of.args) and all(_is_ordered(context, one) for one in of.args)
    )


def _is_hashable(context: Context, of: Type | None) -> bool:
    return of is not None and all(one in _PLAIN or _is_ordered(context, one) for one in alternatives(of))


def _is_json(context: Context, of: Type | None) -> bool:
    """Whether JSON has a form for it: texts, numbers, and containers of which all elements are known."""
    if of is None:
        return False
    kinds = alternatives(of)
    return all(
        one in _JSON or (_holds(one) and all(_is_json(context, each) for each in one.args)) for one in kinds
    )


def _holds(of: Type) -> bool:
    """Whether it is a list, tuple or dict whose elements are known."""
    return bool(of.args) and of.name in (SEQUENCES | DICTS) - {"collections.deque"}


_FITTING: MappingProxyType[str, Callable[[Context, Type | None], bool]] = MappingProxyType(
    {
        "unsized": _is_sized,
        "unordered": _is_ordered,
        "unhashable": _is_hashable,
        "not-json": _is_json,
        "not-texts": lambda _, of: of == STR,
        "not-numbers": lambda _, of: of in NUMBERS,
    }
)
"""Condition -> whether values of this type do not bring the error."""
