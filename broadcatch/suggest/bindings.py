"""Where does a function bind its names, and to what? It is looked through once, and asked often."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from broadcatch.program.module import Function, Module
from broadcatch.program.names import dotted
from broadcatch.source.walking import children

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_Loops = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bindings:
    """`stores`: each name or attribute that is bound, in which row, in which loops (first and last row).

    `given` are the values of plain assignments to a name, with the row of the assignment.
    """

    stores: tuple[tuple[str, int, _Loops], ...]
    given: dict[str, list[tuple[int, ast.expr]]]

    def at(self, line: int) -> dict[str, list[int]]:
        """The rows in which names and attributes are bound; a loop around the row binds its own before it."""
        found: dict[str, list[int]] = {}
        for name, row, loops in self.stores:
            before = next((first - 1 for first, last in loops if 1 < first <= line <= last), 0)
            found.setdefault(name, []).append(before or row)
        return found

    def value_of(self, name: str, line: int) -> ast.expr | None:
        """What the first assignment above the row that was found gives to the name."""
        return next((value for row, value in self.given.get(name, ()) if row < line), None)


def body_of(code: Function | Module) -> list[ast.stmt]:
    """The statements of a function, or of a whole module."""
    if isinstance(code, Function):
        return code.node.body
    return code.tree.body if code.tree else []


@lru_cache(maxsize=2048)
def bindings_of(code: Function | Module) -> Bindings:
    """What a function, or a module with all that is in it, binds."""
    stores: list[tuple[str, int, _Loops]] = []
    given: dict[str, list[tuple[int, ast.expr]]] = {}
    for node, loops in _nodes(body_of(code)):
        if isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            stores.append((dotted(node), node.lineno, loops))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for name in _names(node):
                given.setdefault(name, []).append((node.lineno, node.value))
    return Bindings(tuple(stores), given)


def _nodes(body: list[ast.stmt]) -> Iterator[tuple[ast.AST, _Loops]]:
    """All nodes, each with the loops around it."""
    todo: list[tuple[ast.AST, _Loops]] = [(one, ()) for one in reversed(body)]
    while todo:
        node, loops = todo.pop()
        yield node, loops
        if isinstance(node, _LOOPS):
            loops = (*loops, (node.lineno, node.end_lineno or 0))
        todo += [(one, loops) for one in children(node)]


def _names(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {one.id for one in targets if isinstance(one, ast.Name)}
