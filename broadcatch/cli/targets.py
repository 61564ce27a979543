"""Which place is meant? `PATH:LINE` or `PATH`; for `raises` also `package.module:Qual.name`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from broadcatch.errors import BroadcatchError
from broadcatch.model.escaping import Asked
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


def asked(word: str) -> Asked:
    """A line of a file, or a name in a module (or in a file). Raises BroadcatchError for anything else."""
    where, colon, rest = word.rpartition(":")
    if colon and where and rest.isascii() and rest.isdigit():
        return Asked(word, path=where, line=int(rest))
    dotted = all(part.isidentifier() or part == "<locals>" for part in rest.split("."))
    if colon and where and dotted:
        if where.endswith(".py") or os.path.isfile(where):
            return Asked(word, path=where, name=rest)
        if all(part.isidentifier() for part in where.split(".")):
            return Asked(word, module=where, name=rest)
    raise BroadcatchError(f"{word}: a target is PATH:LINE or package.module:Qual.name")
