"""Where in a file does a thing stand?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of characters: lines count from 1, columns count characters from 0, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
