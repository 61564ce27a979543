"""What would a person review? A unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

NO_NEWLINE = "\\ No newline at end of file\n"


def unified(path: str, before: str, after: str) -> str:
    """The change of one file in the form that `patch` and `git apply` read; "" if nothing changed."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", n=3)
    return "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    # Only "\n" ends a line of a patch: "\r\n" stays together, a form feed does not split.
    parts = text.split("\n")
    ended = [part + "\n" for part in parts[:-1]]
    return [*ended, parts[-1]] if parts[-1] else ended


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if not line.endswith("\n"):
            yield "\n" + NO_NEWLINE
