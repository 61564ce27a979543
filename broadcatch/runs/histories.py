"""How often, how long ago and by how many people was each file changed? Git is asked once for all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from broadcatch.model.ranking import History
from broadcatch.source.git import from_top, git

DAY = 24 * 60 * 60
YEAR = 365
LONG_AGO = YEAR + 1
"""The age, in days, of what was not changed in a year."""
Commit: TypeAlias = tuple[int, str, tuple[str, ...]]
"""Seconds since 1970, the author's address, and the files that were changed."""


def histories(root: Path, paths: Iterable[str]) -> Mapping[str, History]:
    """The history of each of the `paths` in the repository at `root`; those that git does not know are left
    out."""
    asked = {from_top(root, path): path for path in paths}
    last = int(git(root, "log", "-1", "--format=%ct"))
    told = git(
        root,
        "log",
        f"--since={last - YEAR * DAY}",
        "--no-renames",
        "--name-only",
        "--format=%x01%ct %ae",
        "-z",
    )
    known = {os.fsdecode(name) for name in git(root, "ls-files", "-z").split(b"\0")}
    found = {path: History(0, LONG_AGO) for name, path in asked.items() if name in known}
    authors: dict[str, set[str]] = {}
    for when, author, names in _commits(told):
        for name in names:
            path = asked.get(name, "")
            if path in found:
                authors.setdefault(path, set()).add(author)
                old = found[path]
                days = min(old.days, max(0, (last - when) // DAY))
                found[path] = History(old.commits + 1, days, len(authors[path]))
    return found


def _commits(told: bytes) -> Iterator[Commit]:
    for block in told.split(b"\x01")[1:]:
        head, *names = block.split(b"\0")
        when, _, author = head.partition(b" ")
        files = (os.fsdecode(name.lstrip(b"\n")) for name in names)
        yield int(when), author.decode("utf-8", "replace"), tuple(name for name in files if name)
