"""What does a loop go over, and where does a body end? As `source.loops`, read from LibCST's tree."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from broadcatch.flow.positions import Positions, small_statements

_CONSTANTS = frozenset({"True", "False", "None"})
"""Names for LibCST, no names for `ast`."""


def over(node: cst.For | cst.While) -> tuple[str, ...]:
    """The names that a `for` binds, or those that a `while` asks, in order."""
    return tuple(_tested(node.test) if isinstance(node, cst.While) else _bound(node.target))


def last_line(node: cst.For | cst.While | cst.FunctionDef, positions: Positions) -> int:
    """The line in which the last statement of the body begins; the `return` of a function does not count."""
    body = list(small_statements(node.body))
    closing = isinstance(node, cst.FunctionDef) and len(body) > 1 and isinstance(body[-1], cst.Return)
    return positions[body[-2 if closing else -1]].line


def _bound(node: cst.BaseExpression) -> Iterator[str]:
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, (cst.Tuple, cst.List)):
        for element in node.elements:
            yield from _bound(element.value)


def _tested(node: cst.BaseExpression) -> Iterator[str]:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not):
        yield from _tested(node.expression)
    elif isinstance(node, cst.BooleanOperation):
        yield from _tested(node.left)
        yield from _tested(node.right)
    else:
        name = _dotted(node.func if isinstance(node, cst.Call) else node)
        if name:
            yield name


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Name):
        return "" if node.value in _CONSTANTS else node.value
    if isinstance(node, cst.Attribute):
        head = _dotted(node.value)
        return f"{head}.{node.attr.value}" if head else ""
    return ""
