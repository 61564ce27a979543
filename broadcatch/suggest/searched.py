"""What of a body is asked of something that a search may not have found?

`soup.find("a")["href"]` ends in TypeError where no such element is there, `row.find("td").text` in
AttributeError. Who takes pages of others apart means these first, whatever the engine knows of the object.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.names import own_nodes

FINDERS = frozenset(
    "find find_next find_previous find_parent find_next_sibling find_previous_sibling select_one".split()
    + "getparent getnext getprevious".split()
    + "first one_or_none scalar_one_or_none".split()
)
"""Methods that give None where nothing is found: of Beautiful Soup, ElementTree, lxml and SQLAlchemy.

`str.find` gives a number, of which nobody asks for an attribute or an item.
"""


def searched(body: list[ast.stmt]) -> tuple[str, ...]:
    """The attributes and items that are asked of what a search gave, as they are written, each once."""
    return tuple(dict.fromkeys(ast.unparse(one) for one in _asked(body)))


def _asked(body: list[ast.stmt]) -> Iterator[ast.Attribute | ast.Subscript]:
    for node in own_nodes(body):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Load):
            if _is_search(node.value):
                yield node


def _is_search(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in FINDERS
