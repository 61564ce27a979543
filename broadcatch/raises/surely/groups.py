"""Which groups does a match surely have? By the pattern, where that is a constant in sight."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from broadcatch.program.placing import last_bindings
from broadcatch.program.project import External
from broadcatch.raises.context import Context
from broadcatch.raises.holding import bound_values
from broadcatch.raises.surely.contents import last_value, receiver

_MATCHING = ("match", "search", "fullmatch", "finditer")


def has_group(context: Context, match: ast.expr, asked: Sequence[ast.expr]) -> bool:
    """Whether a match has all groups with these numbers or names."""
    pattern = _pattern_of_match(context, match)
    compiled = _compiled(pattern) if pattern is not None else None
    return compiled is not None and all(_is_there(compiled, one) for one in asked)


def number_of_groups(context: Context, match: ast.expr) -> int | None:
    """How many groups the pattern of a match has, None where it is not known."""
    pattern = _pattern_of_match(context, match)
    compiled = _compiled(pattern) if pattern is not None else None
    return compiled.groups if compiled is not None else None


def _is_there(pattern: re.Pattern[str], group: ast.expr) -> bool:
    if not isinstance(group, ast.Constant):
        return False
    if isinstance(group.value, int):
        return 0 <= group.value <= pattern.groups
    return group.value in pattern.groupindex


def _compiled(text: str) -> re.Pattern[str] | None:
    """The pattern, None where it is none for the running Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(text)
        except (re.error, OverflowError, RecursionError):
            return None


def _pattern_of_match(context: Context, match: ast.expr) -> str | None:
    """The pattern by which a match was found, by its last assignment or the loop that gives it."""
    if isinstance(match, ast.NamedExpr):
        match = match.value
    if isinstance(match, ast.Name):
        made = last_value(context, match)
        if made is None:
            bound = last_bindings(context.resolver, match, context.scope) or ()
            looped = len(bound) == 1 and bound[0].how == "element" and not bound[0].path
            made = bound[0].expr if looped else None
        return _pattern_of_call(context, made) if made is not None else None
    return _pattern_of_call(context, match)


def _pattern_of_call(context: Context, call: ast.expr) -> str | None:
    """`re.match(PATTERN, …)`, or `PATTERN.match(…)`."""
    if not isinstance(call, ast.Call):
        return None
    found = context.resolver.meaning(call.func, context.scope)
    if isinstance(found, External) and found.name in {f"re.{one}" for one in _MATCHING}:
        return _text(context, call.args[0]) if call.args else None
    of = next((one for name in _MATCHING if (one := receiver(call, name)) is not None), None)
    if of is None:
        return None
    for where, value in bound_values(context, of) or ():
        if isinstance(value, ast.Call):
            made = where.resolver.meaning(value.func, where.scope)
            if isinstance(made, External) and made.name == "re.compile" and value.args:
                return _text(where, value.args[0]) if len(bound_values(context, of) or ()) == 1 else None
    return None


def _text(context: Context, expr: ast.expr) -> str | None:
    """The constant text of an expression, if it is one, or the name of one."""
    if isinstance(expr, ast.Constant):
        return expr.value if isinstance(expr.value, str) else None
    values = bound_values(context, expr) if isinstance(expr, (ast.Name, ast.Attribute)) else None
    only = values[0][1] if values and len(values) == 1 else None
    return only.value if isinstance(only, ast.Constant) and isinstance(only.value, str) else None
