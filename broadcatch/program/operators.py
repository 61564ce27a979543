"""Of what type is the result of an operator, and by which methods of its operands is it computed?"""

from __future__ import annotations

import ast

from broadcatch.program.meaning import Arguments, Bound, Meanings
from broadcatch.program.module import Class
from broadcatch.program.scope import Scope
from broadcatch.program.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    NUMBERS,
    SEQUENCES,
    STR,
    Type,
    alternatives,
    common,
)

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.BitAnd: "and",
}
"""Operator -> the middle of the names of its methods: `__add__`, `__radd__`, `__iadd__`."""
UNARY: dict[type[ast.unaryop], str] = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}
COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("__eq__", "__eq__"),
    ast.NotEq: ("__ne__", "__ne__"),
    ast.Lt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.GtE: ("__ge__", "__le__"),
}
"""Comparison -> the method of the left operand, and that of the right one."""


def type_of_operator(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    """The type that an operator, a condition or a comparison gives."""
    if isinstance(expr, ast.Compare):
        return _of_comparison(r, expr, scope)
    if isinstance(expr, ast.UnaryOp):
        return BOOL if isinstance(expr.op, ast.Not) else _of_unary(r, expr, scope)
    if isinstance(expr, ast.BoolOp):
        return common([r.type_of(one, scope) for one in expr.values])
    if isinstance(expr, ast.IfExp):
        return common([r.type_of(expr.body, scope), r.type_of(expr.orelse, scope)])
    if isinstance(expr, ast.NamedExpr):
        return r.type_of(expr.value, scope)
    if isinstance(expr, ast.BinOp):
        left, right = r.type_of(expr.left, scope), r.type_of(expr.right, scope)
        return arithmetic(expr.op, left, right) or _by_methods(r, expr, left, right, scope)
    return None


def _of_comparison(r: Meanings, expr: ast.Compare, scope: Scope) -> Type | None:
    """bool, except that a class of a package may give what it likes (`column == 1`, `frame > 0`)."""
    if not all(isinstance(op, tuple(COMPARED)) for op in expr.ops):
        return BOOL
    left = r.type_of(expr.left, scope)
    if left is None or isinstance(left.target, Class):
        special = COMPARED[type(expr.ops[0])][0]
        found = r.member(left, special) if left is not None else None
        return r.called(found, None, left) if isinstance(found, Bound) else None if left is None else BOOL
    return BOOL


def _of_unary(r: Meanings, expr: ast.UnaryOp, scope: Scope) -> Type | None:
    operand = r.type_of(expr.operand, scope)
    if operand is None or operand in NUMBERS:
        return operand
    return r.called(r.member(operand, UNARY[type(expr.op)]), None, operand)


def arithmetic(op: ast.operator, left: Type | None, right: Type | None) -> Type | None:
    """The type of an operation on plain values; None where methods decide."""
    if left in NUMBERS and right in NUMBERS:
        if isinstance(op, (ast.Div, ast.Pow)):
            return FLOAT
        return common([left, right])
    if left in (STR, BYTES) and isinstance(op, ast.Mod):
        return left
    if isinstance(op, ast.Mult) and left and left.name in SEQUENCES and right in (None, INT):
        return left if left.name != "builtins.tuple" else Type(left.name)
    same = left is not None and left == right and left.target is None
    if same and isinstance(op, ast.Add) and left in (STR, BYTES):
        return left
    if same and left is not None and left.name in SEQUENCES and isinstance(op, ast.Add):
        return left if left.name != "builtins.tuple" else Type(left.name)
    if left and left.name == "pathlib.Path" and isinstance(op, ast.Div):
        return left
    return None


def _by_methods(
    r: Meanings, expr: ast.BinOp, left: Type | None, right: Type | None, scope: Scope
) -> Type | None:
    if left is None or right is None:
        return None
    name = BINARY[type(expr.op)]
    found = []
    for one in alternatives(left):
        own, operand, other = r.member(one, f"__{name}__"), one, expr.right
        if own is None:
            own, operand, other = r.member(right, f"__r{name}__"), right, expr.left
        given = r.called(own, Arguments(scope, (other,)), operand)
        if given == NONE:
            given = None
        found.append(given)
    return common(found)
