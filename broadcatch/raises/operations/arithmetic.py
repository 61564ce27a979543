"""What can an operator between two values raise? By the language, and by the classes of the operands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from broadcatch.program.calls import shown
from broadcatch.program.module import Class
from broadcatch.program.types import BYTES, DICTS, NUMBERS, STR, Type
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.operations.operands import is_flag
from broadcatch.raises.operations.special import binary_items, each_method
from broadcatch.raises.regions import Item
from broadcatch.raises.table import Row
from broadcatch.raises.when import applies

_DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod)
_SHIFTS = (ast.LShift, ast.RShift)
_MOVES = (ast.Add, ast.Sub, ast.Mult)
_INTEGERS = NUMBERS[:2]
_DURATION = "datetime.timedelta"
_NAMED = re.compile(r"%\((\w+)\)")
_FAR = Row("datetime.timedelta", "OverflowError", "", ("large",))


def arithmetic_items(context: Context, expr: ast.BinOp) -> Iterator[Item]:
    """What the operator itself raises, and what the operands' own methods do."""
    if is_flag(context, expr):
        return
    left = context.resolver.type_of(expr.left, context.scope)
    right = context.resolver.type_of(expr.right, context.scope)
    if isinstance(expr.op, ast.Mod) and (left in (STR, BYTES) or isinstance(expr.left, ast.JoinedStr)):
        yield from _formatting(context, expr, right)
        return
    yield from _of_numbers(context, expr, left, right)
    own = binary_items(context, expr)
    if own is not None:
        yield from own
        return
    for special, of in (("left", left), ("right", right)):
        if of is not None and isinstance(of.target, Class):
            yield context.open(expr, shown(expr), f"how the {special} operand does it is not known")
            return
    if left is None or right is None or not (is_standard(left.name) and is_standard(right.name)):
        yield context.operation("TypeError", expr, f"`{shown(expr)}`", usual=False)
        yield context.open(expr, shown(expr), "operands of unknown type")
    elif "decimal.Decimal" in (left.name, right.name):
        yield context.operation("decimal.InvalidOperation", expr, "Decimal arithmetic", usual=False)
    elif _leaves_the_calendar(expr, left, right):
        detail = f"`{shown(expr)}`: the date or time may be out of range"
        yield context.operation("OverflowError", expr, detail, usual=False)


def _of_numbers(context: Context, expr: ast.BinOp, left: Type | None, right: Type | None) -> Iterator[Item]:
    """What numbers raise: division by zero, powers, shifts."""
    text, op = shown(expr), expr.op
    if isinstance(op, _DIVISIONS) and not _is_nonzero(expr.right) and not _is_path(left):
        yield context.operation("ZeroDivisionError", expr, f"`{text}`: the divisor may be zero")
    if isinstance(op, _SHIFTS) and not isinstance(expr.right, ast.Constant):
        detail = f"`{text}`: the number of bits may be negative"
        yield context.operation("ValueError", expr, detail, usual=False)
    if isinstance(op, ast.Pow):
        if not (_is_nonzero(expr.left) or isinstance(expr.right, ast.Constant)):
            detail = f"`{text}`: a negative power of zero"
            yield context.operation("ZeroDivisionError", expr, detail, usual=False)
        if not (left in _INTEGERS and right in _INTEGERS):
            detail = f"`{text}`: the power may be too large"
            yield context.operation("OverflowError", expr, detail, usual=False)


def _formatting(context: Context, expr: ast.BinOp, right: Type | None) -> Iterator[Item]:
    """`text % values`."""
    yield context.operation("TypeError", expr, "`%` formatting", usual=False)
    for given in expr.right.elts if isinstance(expr.right, ast.Tuple) else [expr.right]:
        yield from each_method(context, given, ("__str__", "__repr__"), expr)
    if not isinstance(expr.left, ast.Constant):
        yield context.operation("ValueError", expr, "`%` formatting", usual=False)
    if _may_lack(expr, right):
        detail = "`%` formatting: a name may be missing"
        yield context.operation("KeyError", expr, detail, usual=isinstance(expr.left, ast.Constant))


def _may_lack(expr: ast.BinOp, right: Type | None) -> bool:
    """Whether the text may name what the mapping on the right has no key for."""
    if isinstance(expr.right, ast.Tuple) or (right is not None and right.name not in DICTS):
        return False
    if not isinstance(expr.left, ast.Constant):
        return True
    text = expr.left.value
    wanted = set(_NAMED.findall(text if isinstance(text, str) else repr(text)))
    keys = expr.right.keys if isinstance(expr.right, ast.Dict) else []
    return not wanted <= {one.value for one in keys if isinstance(one, ast.Constant)}


def _leaves_the_calendar(expr: ast.BinOp, left: Type, right: Type) -> bool:
    """Whether a date is moved, or a duration changed, by what is not small and plain to see."""
    if not isinstance(expr.op, _MOVES) or _DURATION not in (left.name, right.name):
        return False
    durations = [one for one, of in ((expr.left, left), (expr.right, right)) if of.name == _DURATION]
    return not any(isinstance(one, ast.Call) and not applies(_FAR, one) for one in durations)


def _is_path(of: Type | None) -> bool:
    return of is not None and of.name == "pathlib.Path"


def _is_nonzero(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and isinstance(expr.value, (int, float)) and expr.value != 0
