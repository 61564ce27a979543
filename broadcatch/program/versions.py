"""Which branches of a stub hold for one Python? Tests of `sys.version_info` and `sys.platform`, settled."""

from __future__ import annotations

import ast
import operator
import sys

_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def pruned(tree: ast.Module, minor: int) -> ast.Module:
    """The module as Python 3.`minor` on this platform sees it; tests of anything else stay."""
    return ast.Module(_kept(tree.body, minor), tree.type_ignores)


def _kept(body: list[ast.stmt], minor: int) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for statement in body:
        holds = truth(statement.test, minor) if isinstance(statement, ast.If) else None
        if isinstance(statement, ast.If) and holds is not None:
            found += _kept(statement.body if holds else statement.orelse, minor)
            continue
        if isinstance(statement, ast.ClassDef):
            statement.body = _kept(statement.body, minor)
        found.append(statement)
    return found


def truth(test: ast.expr, minor: int) -> bool | None:
    """Whether the test holds; None if it does not only ask for version and platform."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = truth(test.operand, minor)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        return _joined(test, [truth(one, minor) for one in test.values])
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return _compared(test, minor)
    return True if ast.unparse(test).endswith("TYPE_CHECKING") else None


def _joined(test: ast.BoolOp, parts: list[bool | None]) -> bool | None:
    decisive = isinstance(test.op, ast.Or)
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _compared(test: ast.Compare, minor: int) -> bool | None:
    asked = ast.unparse(test.left)
    try:
        against = ast.literal_eval(test.comparators[0])
        compare = _COMPARE[type(test.ops[0])]
        if asked == "sys.platform":
            return bool(compare(sys.platform, against))
        if asked == "sys.version_info":
            return bool(compare((3, minor), against))
        if asked == "sys.version_info[0]":
            return bool(compare(3, against))
    except (KeyError, ValueError, TypeError):
        return None
    return None
