"""Do the arguments of this call allow a row of the table? What cannot be seen allows it."""

from __future__ import annotations

import ast

from broadcatch.raises.table import Row

BY_TYPE = frozenset(
    {"untyped", "not-text", "parsed", "float", "streamed", "unsized"}
    | {"unordered", "unhashable", "not-json", "not-texts", "not-numbers"}
)
"""Conditions that only the resolver can tell: the type of an argument, how the object was made."""


def applies(row: Row, call: ast.Call | None) -> bool:
    """Whether the arguments of the call allow the row; without a call everything is allowed."""
    return call is None or all(_holds(condition, call) for condition in row.when)


def _holds(condition: str, call: ast.Call) -> bool:
    starred = any(isinstance(arg, ast.Starred) for arg in call.args)
    by_name = any(keyword.arg is None for keyword in call.keywords) and not condition.startswith("args")
    if (starred or by_name) and condition not in ("dynamic", "unencodable"):
        return True
    if condition.startswith("args<"):
        return len(call.args) < int(condition[5:])
    if condition.startswith("args>="):
        return len(call.args) >= int(condition[6:])
    if condition.partition("@")[0] in BY_TYPE:
        return True
    if condition == "dynamic":
        return not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant))
    if condition == "unencodable":
        return not _is_encodable(call)
    if condition == "large":
        return not all(_is_small(one) for one in [*call.args, *(keyword.value for keyword in call.keywords)])
    verb, _, rest = condition.partition(":")
    if verb == "open":
        return int(rest) >= len(call.args) or not _is_number(call.args[int(rest)])
    what, _, text = rest.partition(":")
    value = argument(call, what)
    if verb == "variable":
        return value is not None and not isinstance(value, ast.Constant)
    if verb == "absent":
        return value is None
    if verb == "has":
        return value is not None and _may_contain(value, text)
    if verb == "true":
        return value is not None and not _is_constant(value, False, None)
    return value is not None and not _is_constant(value, None)


def argument(call: ast.Call, what: str) -> ast.expr | None:
    """The argument of this `NAME[@I]`, None where it is not given or cannot be seen."""
    name, _, position = what.partition("@")
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[int(position)] if position and int(position) < len(call.args) else None


def _is_encodable(call: ast.Call) -> bool:
    """Whether `encode` is called on a literal that is in the encoding, or in all if that is not seen."""
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    if not isinstance(of, ast.Constant) or not isinstance(of.value, str):
        return False
    encoding = argument(call, "encoding@0")
    if encoding is not None and not isinstance(encoding, ast.Constant):
        return of.value.isascii()
    try:
        of.value.encode(str(encoding.value) if encoding else "utf-8")
    except (LookupError, UnicodeError):
        return False
    return True


def _is_number(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and isinstance(expr.value, (int, float))


def _is_small(expr: ast.expr) -> bool:
    plain = expr.operand if isinstance(expr, ast.UnaryOp) else expr
    return isinstance(plain, ast.Constant) and isinstance(plain.value, (int, float)) and plain.value < 1e6


def _is_constant(expr: ast.expr, *values: object) -> bool:
    return isinstance(expr, ast.Constant) and any(expr.value is value for value in values)


def _may_contain(expr: ast.expr, text: str) -> bool:
    return not isinstance(expr, ast.Constant) or text in str(expr.value)
