"""Where is a line after the edits?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import line_starts
from broadcatch.rewrite.same import changes


class Moved:
    """The lines of a text, and where they are after the edits."""

    def __init__(self, before: str, after: str, edits: Sequence[Edit]) -> None:
        self._starts = line_starts(before)
        self._after = line_starts(after)
        self._changes = changes(before, edits)

    def line(self, line: int, column: int = 0) -> int:
        """The new line of a place (lines from 1); within a replaced text, that of its beginning."""
        offset = self._starts[min(line, len(self._starts)) - 1] + column
        gained = 0
        for one in self._changes:
            if one.end <= offset:
                gained += (one.new_end - one.new_start) - (one.end - one.start)
            elif one.start < offset:
                offset = one.start
        return bisect_right(self._after, offset + gained)
