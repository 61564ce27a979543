"""Which operands can an operator not fail on, though their class is not written down?"""

from __future__ import annotations

import ast

from broadcatch.program.project import External
from broadcatch.raises.context import Context, is_standard

_ON_BITS = (ast.BitOr, ast.BitAnd, ast.BitXor)


def is_flag(context: Context, expr: ast.expr) -> bool:
    """Whether it is a number, a constant of the standard library (`os.R_OK`), or such joined bit by bit."""
    if isinstance(expr, ast.BinOp):
        return isinstance(expr.op, _ON_BITS) and is_flag(context, expr.left) and is_flag(context, expr.right)
    if isinstance(expr, ast.Constant):
        return isinstance(expr.value, int)
    found = context.resolver.meaning(expr, context.scope)
    return isinstance(found, External) and is_standard(found.name) and found.name.rpartition(".")[2].isupper()
