"""Which nodes stand inside this one? Without the operators and contexts, which hold nothing further."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_PLAIN = frozenset(
    "ctx op ops id attr arg kind type_comment conversion module level simple is_async asname rest".split()
)
"""Fields that hold no node, or one that says only how its parent is meant."""
_FIELDS: dict[type, tuple[str, ...]] = {ast.Constant: (), ast.alias: ()}


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly inside, in the order of the text's grammar."""
    found: list[ast.AST] = []
    _add_children(node, found)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all inside, in no order."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        _add_children(one, todo)


def walk_without(node: ast.AST, kinds: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """The node and all inside, in no order; nothing inside a node of these kinds."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        if not isinstance(one, kinds):
            _add_children(one, todo)


def inside(node: ast.AST, apart: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """All nodes inside, in no order; those of the kinds `apart` are left out, with what is in them."""
    todo = children(node)
    while todo:
        one = todo.pop()
        if not isinstance(one, apart):
            yield one
            _add_children(one, todo)


def _add_children(node: ast.AST, found: list[ast.AST]) -> None:
    """Done for each node of what is followed, several times; half of the nodes are names and constants."""
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(one for one in kind._fields if one not in _PLAIN)
    for name in fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            for one in value:
                if isinstance(one, ast.AST):
                    found.append(one)
        elif isinstance(value, ast.AST):
            found.append(value)
