"""Is it a row of a database? It has a column at each place that the statement asks for, and no other keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.suggest.outside import Frame, bound_once, nodes_of
from broadcatch.suggest.worth import literal

_ONE = frozenset({"fetchone"})
_ALL = frozenset({"fetchall", "fetchmany"})


def is_column(node: ast.Subscript, frame: Frame) -> bool:
    """`row[0]`, of what `fetchone()` or a loop over `fetchall()` gives: the author wrote the statement."""
    place = literal(node.slice)
    return type(place) is int and place >= 0 and _is_row(node.value, frame, node)


def _is_row(expr: ast.expr, frame: Frame, node: ast.AST) -> bool:
    made = _made(expr, frame)
    if _is_call_of(made, _ONE):
        return True
    if isinstance(expr, ast.Name):
        over = list(looped(expr.id, frame, node))
        return bool(over) and all(_is_call_of(_made(one, frame), _ALL) for one in over)
    return False


def _made(expr: ast.expr, frame: Frame) -> ast.expr:
    """What a variable was given, if it is bound once, waited for or not."""
    found = bound_once(frame, expr) or expr
    return found.value if isinstance(found, ast.Await) else found


def _is_call_of(expr: ast.expr, names: frozenset[str]) -> bool:
    return isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute) and expr.func.attr in names


def looped(name: str, frame: Frame, node: ast.AST) -> Iterator[ast.expr]:
    """What the loops and comprehensions around a node run over that bind this name."""
    for one in nodes_of(frame):
        if isinstance(one, (ast.For, ast.AsyncFor)):
            if _is_name(one.target, name) and one.lineno <= frame.line <= (one.end_lineno or 0):
                yield one.iter
        elif isinstance(one, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            if any(each is node for each in ast.walk(one)):
                yield from (each.iter for each in one.generators if _is_name(each.target, name))


def _is_name(expr: ast.expr, name: str) -> bool:
    return isinstance(expr, ast.Name) and expr.id == name
