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
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(one for one in kind._fields if one not in _PLAIN)
    found: list[ast.AST] = []
    for name in fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all inside, in no order."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += children(one)
