"""Which statements run behind a `try` in the same function and the same turn of its loop?"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def behind(block: Sequence[ast.stmt], node: ast.stmt) -> list[ast.stmt] | None:
    """What follows `node` on its level and on those around it, up to a loop; None where it is not here."""
    for index, one in enumerate(block):
        if one is node:
            return list(block[index + 1 :])
        if one.lineno <= node.lineno <= (one.end_lineno or one.lineno):
            inner = (behind(part, node) for part in _parts(one))
            found = next((rest for rest in inner if rest is not None), None)
            return found if found is None or isinstance(one, _LOOPS) else [*found, *block[index + 1 :]]
    return None


def _parts(one: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of a compound statement; those of an inner function run at another time."""
    if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    yield from (getattr(one, name, []) for name in ("body", "orelse", "finalbody"))
    yield from (inner.body for inner in (*getattr(one, "handlers", ()), *getattr(one, "cases", ())))
