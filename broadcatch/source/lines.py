"""Where do lines begin? Python's lines: they end in LF, CRLF or CR, and at nothing else.

`str.splitlines` also splits at form feeds, vertical tabs, NEL and U+2028, which Python does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_END = re.compile(r"\r\n|\n|\r")


def split(text: str) -> list[str]:
    """The lines of `text` with their ends; joined they are `text` again. "" has none."""
    if "\r" not in text:
        *whole, last = text.split("\n")
        return [line + "\n" for line in whole] + ([last] if last else [])
    starts = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    return [text[start:end] for start, end in zip(starts, starts[1:], strict=False) if start < end]


def count(data: bytes) -> int:
    """How many lines there are in a text whose line ends are those of ASCII."""
    ends = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    return ends + bool(data and data[-1:] not in (b"\r", b"\n"))


def dominant_newline(text: str) -> str:
    """The line end used most (LF where there is none, and at a tie the shorter)."""
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r": text.count("\r") - both, "\r\n": both}
    return max(counts, key=lambda end: counts[end])


def character_column(line: str, byte_column: int) -> int:
    """The column in characters of a column that counts UTF-8 bytes, as those of `ast` do."""
    if line.isascii():
        return byte_column
    return len(line.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class LineIndex:
    """Offsets and positions of one text: offsets count characters from 0, lines from 1, columns from 0."""

    starts: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> LineIndex:
        """The index of `text`; the line after a final line end counts, as an empty one."""
        return cls((0, *(end.end() for end in _END.finditer(text))), len(text))

    def offset(self, line: int, column: int) -> int:
        """The offset of a position. Raises ValueError for one outside the text."""
        if not 1 <= line <= len(self.starts):
            raise ValueError(f"there is no line {line}")
        found = self.starts[line - 1] + column
        end = self.starts[line] if line < len(self.starts) else self.length
        if not self.starts[line - 1] <= found <= end:
            raise ValueError(f"line {line} has no column {column}")
        return found

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset. Raises ValueError for one outside the text."""
        if not 0 <= offset <= self.length:
            raise ValueError(f"there is no offset {offset}")
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]
