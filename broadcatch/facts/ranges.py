"""Where does each LibCST node stand, by LibCST's own metadata?"""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst
from libcst.metadata import CodeRange

from broadcatch.model.span import Span


class Ranges(dict[cst.CSTNode, Span]):
    """LibCST's positions as spans, made when they are asked for."""

    def __init__(self, ranges: Mapping[cst.CSTNode, CodeRange]) -> None:
        super().__init__()
        self._ranges = ranges

    def __missing__(self, node: cst.CSTNode) -> Span:
        found = self._ranges[node]
        start, end = found.start, found.end
        if isinstance(node, cst.Tuple) and node.lpar:
            # A tuple's parentheses are part of it for `ast` and for people, not for LibCST.
            start, end = self._ranges[node.lpar[-1]].start, self._ranges[node.rpar[0]].end
        span = Span(start.line, start.column, end.line, end.column)
        self[node] = span
        return span

    def __contains__(self, node: object) -> bool:
        return True
