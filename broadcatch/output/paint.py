"""How is text coloured without rich? A handful of ANSI codes, because `check` must start fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["bold", "dim", "red", "yellow", "green", "blue", "cyan"]
Paint: TypeAlias = Callable[[str, Style], str]

_CODES: dict[Style, int] = {
    "bold": 1,
    "dim": 2,
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "cyan": 36,
}


def painter(color: bool) -> Paint:
    """A function that colours a text, or leaves it as it is where `color` is off."""
    return _ansi if color else _plain


def printable(text: str) -> str:
    """`text` with each control character replaced by one dot, so that code cannot steer a terminal."""
    return "".join(char if char.isprintable() or char == "\t" else "\N{MIDDLE DOT}" for char in text)


def _ansi(text: str, style: Style) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def _plain(text: str, _style: Style) -> str:
    return text
