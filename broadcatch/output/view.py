"""How does the reader look at it? What a text format may be told about its surroundings."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

SourceLines: TypeAlias = Callable[[str], Sequence[str]]
"""A path in, its lines without line ends out; empty where the text cannot be had."""

Grouping: TypeAlias = Literal["file", "package", "owner"]


@dataclass(frozen=True, slots=True)
class View:
    """`terminal`: a person is watching; `width` in columns. `prefix` leads from the root of the checkout to
    the working directory (`backend/`, or "").

    Of a report, `top` is how many rows of a list are wanted (None: the format chooses), `by` what is listed.
    """

    color: bool = False
    quiet: bool = False
    verbose: bool = False
    terminal: bool = False
    width: int = 80
    prefix: str = ""
    top: int | None = None
    by: Grouping = "file"

    def from_root(self, path: str) -> str:
        """How a service that knows the checkout alone names the file `path` of the working directory."""
        return posixpath.normpath(posixpath.join(self.prefix, path)) if self.prefix else path


PLAIN = View()


def no_source(_path: str) -> Sequence[str]:
    """The source of nothing: for formats and tests that show no code."""
    return ()
