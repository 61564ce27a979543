"""Where do statements begin and end, and which block is a comment in? By text alone, however broken.

Blocks and logical lines as Python's tokenizer sees them: strings, brackets and continued lines joined.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

LEXEME = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\r\n]|\\(?:\r\n|.))*"?'
    r"|'(?:[^\\'\r\n]|\\(?:\r\n|.))*'?"
    r"|(?P<comment>\#[^\r\n]*)",
    re.DOTALL,
)
"""A string or a comment."""

_BLANKS = " \t\f"
_JOINED = "\v"
"""What stands for an end of line that ends no statement."""


@dataclass(frozen=True, slots=True)
class Logical:
    """One statement, or the header of one: its lines, its indentation, and whether it is a decorator."""

    first: int
    last: int
    indent: str
    decorator: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a comment on a line of its own stands by; see `Comment`."""

    last: int
    head: int
    behind: int


class Layout:
    """The logical lines of one text."""

    def __init__(self, text: str) -> None:
        self.lines = _logical(text.replace("\r\n", "\n").replace("\r", "\n"))
        self._starts = [line.first for line in self.lines]

    def around(self, row: int, indent: str, above: int) -> Surroundings:
        """What stands around a comment in line `row`, above the code in line `above`."""
        at = bisect_right(self._starts, row)
        if at and self.lines[at - 1].last >= row:  # inside a statement
            return Surroundings(above, above, 0)
        following = self.lines[at:]
        if not following:
            return Surroundings(above, above, self._behind(at, indent))
        head = next((line for line in following if not line.decorator), following[0])
        return Surroundings(following[0].last, head.first, self._behind(at, indent))

    def _behind(self, at: int, indent: str) -> int:
        """The first line behind the block of a comment before line number `at`, 0 where it fits none."""
        levels: list[str] = []
        for line in self.lines[:at]:
            _enter(levels, line.indent)
        here = levels[-1] if levels else ""
        following = self.lines[at:]
        coming = following[0].indent if following else ""
        if indent != here and coming == here:
            return 0
        for line in following:
            while levels and len(levels[-1]) > len(line.indent):
                if len(indent) >= len(levels.pop()):
                    return line.first
            _enter(levels, line.indent)
        return (self.lines[-1].last if self.lines else 0) + 1


def _enter(levels: list[str], indent: str) -> None:
    while levels and len(levels[-1]) > len(indent):
        levels.pop()
    if indent and (not levels or len(levels[-1]) < len(indent)):
        levels.append(indent)


def _logical(text: str) -> list[Logical]:
    masked = LEXEME.sub(_mask, text).replace("\\\n", _JOINED)
    found: list[Logical] = []
    row, first, depth, indent, decorator = 1, 0, 0, "", False
    for line in masked.split("\n"):
        height = line.count(_JOINED) + 1
        content = line.strip(_BLANKS + _JOINED)
        if content and not depth:
            first, indent = row, line[: len(line) - len(line.lstrip(_BLANKS))].replace("\f", "")
            decorator = content.startswith("@")
        if content:
            depth = max(depth + _opened(content), 0)
            if not depth:
                found.append(Logical(first, row + height - 1, indent, decorator))
        row += height
    return found


def _opened(line: str) -> int:
    return sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def _mask(found: re.Match[str]) -> str:
    """A string as one word of as many lines, a comment as nothing."""
    return "" if found["comment"] else "s" + _JOINED * found[0].count("\n")
