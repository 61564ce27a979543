"""How does a block move to the left? Only blanks go, and never those inside a text over several lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.source import Refuse, Source


def dedents(source: Source, moved: Mapping[int, tuple[int, int]]) -> Iterator[Edit]:
    """The edits that take blanks off lines: of each line, from which column and how many.

    A line inside a text, and one that has fewer blanks (inside of brackets), stays as it is.
    """
    frozen = lines_inside_texts(source)
    for line, (column, by) in sorted(moved.items()):
        text = source.lines[line - 1]
        if line not in frozen and text.strip() and not text[: column + by].strip():
            source.exact(line, column + by)
            yield Edit(Span(line, column, line, column + by), "")


def delete_lines(source: Source, first: int, last: int) -> Edit:
    """Deletes whole lines, at the end of a file that has no last line end too."""
    source.exact(last, 0)
    if last < len(source.lines):
        return Edit(Span(first, 0, last + 1, 0), "")
    return Edit(Span(first - 1, len(source.lines[first - 2]), last, len(source.lines[last - 1])), "")


def lines_inside_texts(source: Source) -> frozenset[int]:
    """The lines that begin inside of a text."""
    found = _Texts(source)
    source.module.visit(found)
    return frozenset(found.lines)


def header_line(source: Source, line: int, keyword: str) -> int:
    """`line`, if nothing but `keyword:` stands on it; refuses anything else."""
    if "".join(source.lines[line - 1].split()) != f"{keyword}:":
        raise Refuse(f"more than `{keyword}:` stands on line {line}")
    return line


class _Texts(cst.CSTVisitor):
    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.lines: set[int] = set()

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        self._note(node)

    def visit_FormattedString(self, node: cst.FormattedString) -> None:
        self._note(node)

    def _note(self, node: cst.CSTNode) -> None:
        place = self.source.positions[node]
        self.lines.update(range(place.start.line + 1, place.end.line + 1))
