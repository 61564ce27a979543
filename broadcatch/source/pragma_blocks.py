"""How far does a pylint pragma reach? To the end of the innermost block around its line, as pylint counts.

Held against pylint 4.1 by the cases in the tests. What surprises: a pragma in the header of a function
counts for that line, one directly below `finally:` for one statement, and one above an `except` for nothing
(older versions took it to speak for the clause, and so does `comments`).
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY = (ast.Try, ast.TryStar) if sys.version_info >= (3, 11) else (ast.Try,)
_ELSED = (ast.If, ast.For, ast.AsyncFor, ast.While, *_TRY)


def parsed(text: str) -> ast.Module | None:
    """The tree of a text, None where this Python cannot parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def last_line(tree: ast.Module, row: int, rows: int) -> int:
    """The last line that a pragma in line `row` speaks for; `rows` is the length of the file."""
    found = _among(tree.body, row)
    return rows if found is None else found


def _among(nodes: Iterable[ast.AST], row: int) -> int | None:
    return next((found for node in nodes if (found := _within(node, row)) is not None), None)


def _within(node: ast.AST, row: int) -> int | None:
    """The last line, where `node` holds the row; None where it does not."""
    first, last = _span(node)
    if not first <= row <= last:
        return None
    if first != last:
        inner = _among(_children(node), row)
        if inner is not None:
            return inner
    if isinstance(node, _FUNCTIONS) and row <= _header(node):
        return row
    return _end(node, row, last)


def _span(node: ast.AST) -> tuple[int, int]:
    """The lines of a node; of one without a position (a case of `match`), those of its parts."""
    if isinstance(node, (ast.stmt, ast.expr, ast.excepthandler, ast.alias, ast.keyword, ast.pattern)):
        return node.lineno, node.end_lineno or node.lineno
    parts = [_span(child) for child in ast.iter_child_nodes(node)]
    return min((first for first, _ in parts), default=sys.maxsize), max(
        (last for _, last in parts), default=0
    )


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.arguments):
            yield child


def _header(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The last line of the parameters."""
    return max(node.lineno, _span(node.args)[1])


def _end(node: ast.AST, row: int, last: int) -> int:
    if isinstance(node, _TRY):
        return _end_of_try(node, row)  # type: ignore[arg-type]
    return _end_with_else(node, row) if isinstance(node, _ELSED) else last


def _end_of_try(node: ast.Try, row: int) -> int:
    for handler in node.handlers:
        if handler.type is not None and row == handler.type.lineno:
            return _last(handler.body)
        if handler.body[0].lineno <= row <= _last(handler.body):
            return _last(handler.body)
    if node.finalbody:
        if row == node.finalbody[0].lineno - 1:
            return _last(node.finalbody[:1])
        if node.finalbody[0].lineno <= row <= _last(node.finalbody):
            return _last(node.finalbody)
    return _end_with_else(node, row)


def _end_with_else(node: ast.AST, row: int) -> int:
    """For what may have an `else`; it speaks for nothing (0) between the parts."""
    body: Sequence[ast.stmt] = getattr(node, "body", ())
    if row == body[0].lineno:
        return row
    return _last(body) if row <= _last(body) else _behind_body(node, row, body[0].lineno - 1)


def _behind_body(node: ast.AST, row: int, otherwise: int) -> int:
    orelse: Sequence[ast.stmt] = getattr(node, "orelse", ())
    if row == _span(node)[1]:
        return row
    if not orelse:
        return otherwise
    first = orelse[0]
    if not isinstance(first, _ELSED):
        return _last(orelse)
    if row <= _last(first.body):
        return _last(first.body)
    return _behind_body(first, row, _span(first)[1])


def _last(body: Sequence[ast.stmt]) -> int:
    return body[-1].end_lineno or body[-1].lineno
