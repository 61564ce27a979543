"""Which statements of a `finally` leave it?"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from broadcatch.flow.positions import small_statements


def leaving(statements: Iterator[cst.CSTNode], in_loop: bool) -> Iterator[cst.CSTNode]:
    """The statements that leave a `finally`; a loop in it keeps its own break and continue."""
    for node in statements:
        if isinstance(node, cst.Return) or (isinstance(node, (cst.Break, cst.Continue)) and not in_loop):
            yield node
        elif not isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            looping = in_loop or isinstance(node, (cst.For, cst.While))
            for block in _blocks(node):
                yield from leaving(small_statements(block), looping)


def _blocks(node: cst.CSTNode) -> Iterator[cst.BaseSuite]:
    if isinstance(node, cst.Match):
        yield from (case.body for case in node.cases)
    for part in ("body", "orelse", "finalbody"):
        inner = getattr(node, part, None)
        if isinstance(inner, cst.BaseSuite):
            yield inner
        elif isinstance(inner, cst.If):
            yield from _blocks(inner)
        elif isinstance(inner, (cst.Else, cst.Finally)):
            yield inner.body
    for handler in getattr(node, "handlers", ()):
        yield handler.body
