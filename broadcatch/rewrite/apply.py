"""What does the text read after the edits? Pure: no file, no syntax tree."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.joining import is_piece, joined, order_of

# What Python and LibCST count as the end of a line; str.splitlines() knows many more.
NEWLINE = re.compile(r"\r\n?|\n")


def split_lines(text: str) -> list[str]:
    """The lines of `text` without their ends; one more than there are line ends."""
    return NEWLINE.split(text)


def line_starts(text: str) -> list[int]:
    """The offset of the first character of each line."""
    return [0, *(match.end() for match in NEWLINE.finditer(text))]


def merge(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the text, equal ones once, imports from one module at one place as one.

    Raises RewriteError if two overlap, or if two insert different text at one place (excepted: whole lines,
    which stand below each other, and names that join an import, side by side; sorted).
    """
    ordered = sorted(
        set(edits), key=lambda edit: (edit.span, _rank(edit.content), order_of(edit.content), edit.content)
    )
    for left, right in zip(ordered, ordered[1:], strict=False):
        if _collide(left, right):
            raise RewriteError(f"two rewrites change line {right.span.line} in different ways")
    return joined(ordered)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` with all edits made, positions being those of `text` itself.

    Raises RewriteError for edits that overlap or that lie outside the text.
    """
    starts = line_starts(text)
    pieces, done = [], 0
    for edit in merge(edits):
        start, end = _offsets(text, starts, edit.span)
        pieces += [text[done:start], edit.content]
        done = end
    return "".join([*pieces, text[done:]])


def _rank(content: str) -> int:
    """Of import lines at one place, the standard library comes first relative ones last; then the rest."""
    if content.split()[:1] not in (["import"], ["from"]):
        return 3
    module = (content.split() + ["", ""])[1]
    if module.startswith("."):
        return 2
    return 0 if module.split(".")[0] in sys.stdlib_module_names else 1


def _collide(left: Edit, right: Edit) -> bool:
    ends = (left.span.end_line, left.span.end_column)
    begins = (right.span.line, right.span.column)
    if left.span == right.span and _is_insertion(left):
        both = (left, right)
        return not (all(map(_is_whole_line, both)) or all(is_piece(one.content) for one in both))
    return begins < ends


def _is_insertion(edit: Edit) -> bool:
    return (edit.span.line, edit.span.column) == (edit.span.end_line, edit.span.end_column)


def _is_whole_line(edit: Edit) -> bool:
    return edit.span.column == 0 and edit.content.endswith(("\n", "\r"))


def _offsets(text: str, starts: Sequence[int], span: Span) -> tuple[int, int]:
    start = _offset(text, starts, span.line, span.column)
    end = _offset(text, starts, span.end_line, span.end_column)
    if end < start:
        raise RewriteError(f"an edit ends before it begins, at line {span.line}")
    return start, end


def _offset(text: str, starts: Sequence[int], line: int, column: int) -> int:
    if not 1 <= line <= len(starts) or column < 0:
        raise RewriteError(f"an edit lies outside the file, at line {line}")
    offset = starts[line - 1] + column
    limit = starts[line] if line < len(starts) else len(text) + 1
    if offset >= limit:
        raise RewriteError(f"an edit lies outside line {line}")
    return offset
