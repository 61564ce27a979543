"""How many elements does a sequence surely have where it is asked? By tests, and by what it was made of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

from broadcatch.program.calls import resolve_call
from broadcatch.program.names import dotted
from broadcatch.program.types import BYTES, STR, Type
from broadcatch.raises.context import Context
from broadcatch.raises.surely.before import Before, before, placed, since
from broadcatch.raises.surely.contents import last_value, receiver
from broadcatch.raises.surely.untouched import is_untouched

_Operators: TypeAlias = "dict[type[ast.cmpop], type[ast.cmpop]]"
_FLIPPED: _Operators = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}
_NEGATED: _Operators = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_DISPLAYS = (ast.List, ast.Tuple)
_PARTS = {
    "builtins.bytes.partition": 3,
    "builtins.bytes.rpartition": 3,
    "builtins.divmod": 2,
    "builtins.str.partition": 3,
    "builtins.str.rpartition": 3,
    "os.path.split": 2,
    "os.path.splitdrive": 2,
    "os.path.splitext": 2,
    "socket.socket.accept": 2,
    "sys.exc_info": 3,
}
"""Functions that give a tuple of so many elements."""


def is_in_range(context: Context, sequence: ast.expr, index: ast.expr, place: ast.expr) -> bool:
    """Whether the sequence surely has an element with this index where `place` is evaluated."""
    plain = index.operand if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub) else index
    if isinstance(plain, ast.Constant) and isinstance(plain.value, int):
        return at_least(context, sequence, place) >= (plain.value if plain is not index else plain.value + 1)
    if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Mod):
        return ast.unparse(index.right) == f"len({ast.unparse(sequence)})"
    return isinstance(index, ast.Name) and _is_counted(context, sequence, index, place)


def at_least(context: Context, sequence: ast.expr, place: ast.expr) -> int:
    """The smallest number of elements that the sequence can have where `place` is evaluated."""
    if isinstance(sequence, (ast.GeneratorExp, ast.ListComp)):
        first = sequence.generators[0]
        alone = len(sequence.generators) == 1 and not first.ifs and not first.is_async
        return at_least(context, first.iter, place) if alone else 0
    made = _made(context, sequence, place)
    at = placed(context.resolver, place, context.scope)
    if isinstance(sequence, ast.Call) or made > 1 or at is None or not dotted(sequence):
        return made
    text = ast.unparse(sequence)
    for one in before(context.resolver, at, context.scope):
        is_test = isinstance(one.node, ast.expr)
        number = _by_test(context, one, text, sequence) if is_test else _by_adding(one, text)
        if number > made and is_untouched(context.resolver, context.scope, (sequence,), one, at):
            return number
    return made


def is_exactly(context: Context, sequence: ast.expr, number: int, place: ast.expr) -> bool:
    """Whether the sequence surely has so many elements where `place` is evaluated."""
    if isinstance(sequence, ast.Call) and _parts(context, sequence, place, exact=True) == number:
        return True
    at = placed(context.resolver, place, context.scope)
    if at is None or not dotted(sequence):
        return False
    text = f"len({ast.unparse(sequence)})"
    for one in before(context.resolver, at, context.scope):
        if isinstance(one.node, ast.Compare) and one.holds is not None:
            compared = _compared(one.node, one.holds, text)
            if compared == (ast.Eq, number):
                return is_untouched(context.resolver, context.scope, (sequence,), one, at, grows=False)
    return False


def _by_test(context: Context, one: Before, text: str, sequence: ast.expr) -> int:
    """What a test with its outcome says: `if xs`, `if len(xs)`, `len(xs) > 1`."""
    if isinstance(one.node, ast.Compare) and one.holds is not None:
        found = _compared(one.node, one.holds, f"len({text})")
        if found is None:
            return 0
        op, number = found
        least = {ast.Gt: number + 1, ast.GtE: number, ast.Eq: number, ast.NotEq: int(number == 0)}
        return max(least.get(op, 0), 0)
    if isinstance(one.node, ast.Subscript) and one.holds:
        return _by_part(context, one.node, text, sequence)
    asked = ast.unparse(one.node) if one.holds else ""
    plain = asked == text and _tells_truth(context.resolver.type_of(sequence, context.scope))
    return int(plain or asked == f"len({text})")


def _by_part(context: Context, part: ast.Subscript, text: str, sequence: ast.expr) -> int:
    """What `if xs[1:]` says: there is something behind the first."""
    cut = part.slice
    if not isinstance(cut, ast.Slice) or cut.step is not None or ast.unparse(part.value) != text:
        return 0
    start = cut.lower.value if isinstance(cut.lower, ast.Constant) else 0 if cut.lower is None else None
    of = context.resolver.type_of(sequence, context.scope)
    plain = (
        of is not None
        and of.target is None
        and of.name in ("builtins.list", "builtins.str", "builtins.tuple")
    )
    counted = isinstance(start, int) and not isinstance(start, bool) and start >= 0
    return start + 1 if plain and counted and isinstance(start, int) else 0


def _tells_truth(of: Type | None) -> bool:
    """Whether being true means that it has elements: of a class of the project, nobody knows."""
    return of is None or of.target is None


def _compared(node: ast.Compare, holds: bool, text: str) -> tuple[type[ast.cmpop], int] | None:
    """How the length compares with a number, if that is what the test is about."""
    if len(node.ops) != 1:
        return None
    op, left, right = type(node.ops[0]), node.left, node.comparators[0]
    if ast.unparse(right) == text:
        left, right, op = right, left, _FLIPPED.get(op, op)
    if ast.unparse(left) != text or not isinstance(right, ast.Constant) or not isinstance(right.value, int):
        return None
    known = op if holds else _NEGATED.get(op)
    return (known, right.value) if known is not None else None


def _by_adding(one: Before, text: str) -> int:
    """A statement before it that put an element in."""
    added = receiver(one.node.value, "append") if isinstance(one.node, ast.Expr) else None
    return int(added is not None and ast.unparse(added) == text)


def _made(context: Context, expr: ast.expr, place: ast.expr) -> int:
    """How many elements it was made with."""
    if isinstance(expr, _DISPLAYS):
        return len([one for one in expr.elts if not isinstance(one, ast.Starred)])
    if isinstance(expr, ast.BoolOp) and isinstance(expr.op, ast.Or):
        return 1 if _made(context, expr.values[-1], place) else 0
    if isinstance(expr, ast.Constant) and isinstance(expr.value, (str, bytes)):
        return len(expr.value)
    if isinstance(expr, ast.Call):
        return _parts(context, expr, place) or _always(context, expr)
    value = last_value(context, expr) if isinstance(expr, ast.Name) else None
    at = placed(context.resolver, place, context.scope)
    if value is None or at is None:
        return 0
    number = _made(context, value, value)
    known = since(context.resolver, value, at, context.scope)
    return number if number and is_untouched(context.resolver, context.scope, (expr,), known, at) else 0


def _always(context: Context, call: ast.Call) -> int:
    """How many parts a function of Python's own gives each time; 0 for any other."""
    target = resolve_call(context.resolver, call, context.scope)
    known = len(target.externals) == 1 and not (target.functions or target.why)
    return _PARTS.get(target.externals[0], 0) if known else 0


def _parts(context: Context, call: ast.Call, place: ast.expr, exact: bool = False) -> int:
    """What splitting a text gives at least; `exact`: and at most, 0 if that is not known."""
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr not in ("split", "rsplit") or not call.args:
        return 0
    by = call.args[0]
    of = context.resolver.type_of(func.value, context.scope)
    if call.keywords or of not in (STR, BYTES):
        return 0
    if not (isinstance(by, ast.Constant) and isinstance(by.value, str if of == STR else bytes)):
        return 0
    limit = call.args[1].value if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) else None
    limited = len(call.args) > 1
    two = (not limited or (isinstance(limit, int) and limit > 0)) and _holds(context, func.value, by, place)
    if exact:
        return 2 if two and limit == 1 else 0
    return 2 if two else 1


def _holds(context: Context, text: ast.expr, part: ast.Constant, place: ast.expr) -> bool:
    """Whether the text surely holds the part: `if ":" in text`."""
    at = placed(context.resolver, place, context.scope)
    if at is None or not dotted(text):
        return False
    wanted = {f"{ast.unparse(part)} in {ast.unparse(text)}": True}
    wanted[f"{ast.unparse(part)} not in {ast.unparse(text)}"] = False
    for one in before(context.resolver, at, context.scope):
        if isinstance(one.node, ast.Compare) and wanted.get(ast.unparse(one.node)) is one.holds:
            if is_untouched(context.resolver, context.scope, (text,), one, at):
                return True
    return False


def _is_counted(context: Context, sequence: ast.expr, index: ast.Name, place: ast.expr) -> bool:
    """Whether the index counts through the sequence: by `range(len(xs))`, or `enumerate(xs)`."""
    at = placed(context.resolver, place, context.scope)
    if at is None or not dotted(sequence):
        return False
    text = ast.unparse(sequence)
    for one in before(context.resolver, at, context.scope):
        if isinstance(one.node, (ast.For, ast.comprehension)) and index.id in _counts(one.node, text):
            again = Before(one.node, None, (*one.loops, one.node))
            return is_untouched(context.resolver, context.scope, (sequence, index), again, at)
    return False


def _counts(loop: ast.For | ast.comprehension, text: str) -> Iterator[str]:
    source, target = ast.unparse(loop.iter), loop.target
    if source == f"range(len({text}))" and isinstance(target, ast.Name):
        yield target.id
    if source == f"enumerate({text})" and isinstance(target, ast.Tuple):
        yield from (one.id for one in target.elts[:1] if isinstance(one, ast.Name))
