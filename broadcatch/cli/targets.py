"""Which handler is meant? `PATH:LINE` or `PATH`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from broadcatch.model.results import Target


def targets(words: Sequence[str]) -> tuple[Target, ...]:
    """One target a word; "." where there is none."""
    return tuple(target(word) for word in words or (".",))


def target(word: str) -> Target:
    """`app/x.py:14` is line 14, unless a file of that very name exists."""
    path, colon, line = word.rpartition(":")
    if colon and path and line.isascii() and line.isdigit() and not os.path.exists(word):
        return Target(path, int(line))
    return Target(word)
