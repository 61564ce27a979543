"""How does the reader look at it? What a text format may be told about its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

SourceLines: TypeAlias = Callable[[str], Sequence[str]]
"""A path in, its lines without line ends out; empty where the text cannot be had."""


@dataclass(frozen=True, slots=True)
class View:
    """`terminal`: a person is watching; `width` in columns."""

    color: bool = False
    quiet: bool = False
    verbose: bool = False
    terminal: bool = False
    width: int = 80
    top: int | None = None
    by: Grouping = "file"


def no_source(_path: str) -> Sequence[str]:
    """The source of nothing: for formats and tests that show no code."""
    return ()
