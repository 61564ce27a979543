"""What does a loop go over, and where does a body end? What tells loops over items from those that wait.

As `facts.loops` reads them from the other tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.source.bindings import dotted


def over(node: ast.For | ast.AsyncFor | ast.While) -> tuple[str, ...]:
    """The names that a `for` binds, or those that a `while` asks, in order."""
    return tuple(_tested(node.test) if isinstance(node, ast.While) else _bound(node.target))


def last_line(node: ast.For | ast.AsyncFor | ast.While | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The line in which the last statement of the body begins; the `return` of a function does not count."""
    loops = isinstance(node, (ast.For, ast.AsyncFor, ast.While))
    closing = not loops and len(node.body) > 1 and isinstance(node.body[-1], ast.Return)
    return node.body[-2 if closing else -1].lineno


def _bound(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Starred):
        yield from _bound(node.value)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for element in node.elts:
            yield from _bound(element)


def _tested(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield from _tested(node.operand)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _tested(value)
    else:
        name = dotted(node.func if isinstance(node, ast.Call) else node)
        if name:
            yield name
