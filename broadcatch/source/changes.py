"""Which lines have changed? By git's own diff, between a revision or the index and what is looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.source.git import git

_DIFF = (
    *("diff", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--no-relative", "--text", "--ignore-submodules=all", "--src-prefix=a/"),
    "--dst-prefix=b/",
)
"""Whatever the user's configuration says about diffs, this one is told to us in one way."""
_UNTRACKED = ("--others", "--exclude-standard")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class Lines:
    """The changed lines of one file as ranges, both ends included; `whole` where all of it is new.

    `gaps` are places where lines were deleted: the line before them, and how far the first was indented.
    """

    ranges: tuple[tuple[int, int], ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    whole: bool = False

    def touch(self, first: int, last: int, column: int) -> bool:
        """Whether a statement in the lines from `first` to `last`, which begins at `column`, has changed.

        Lines deleted behind it were part of it if they were indented further.
        """
        changed = any(start <= last and first <= end for start, end in self.ranges)
        lost = any(first <= at < last or (at == last and indent > column) for at, indent in self.gaps)
        return self.whole or changed or lost


Changes: TypeAlias = Mapping[str, Lines]
"""Files that were changed or added, by path from the repository's top."""


def changed_since(root: str | os.PathLike[str], commit: str) -> Changes:
    """What differs between a commit and the work tree (with the top `root`); untracked files are all new."""
    changes = dict(_parsed(git(root, *_DIFF, commit, "--")))
    names = (os.fsdecode(name) for name in git(root, "ls-files", "-z", *_UNTRACKED).split(b"\0"))
    return changes | {name: Lines(whole=True) for name in names if name and not name.endswith("/")}


def staged(root: str | os.PathLike[str]) -> Changes:
    """What differs between the last commit, if there is one, and the index."""
    return dict(_parsed(git(root, *_DIFF, "--cached", "--")))


def _parsed(diff: bytes) -> Iterator[tuple[str, Lines]]:
    path, lines = "", iter(diff.split(b"\n"))
    ranges: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk:
            gone, start, come = (int(hunk[at] or b"1") for at in (1, 2, 3))
            body = list(_body(lines, gone + come))
            if come:
                ranges.append((start, start + come - 1))
            else:
                gaps.append((start, _indent(body)))
        elif line.startswith((b"diff --git ", b"+++ ")):
            if path:
                yield path, Lines(tuple(ranges), tuple(gaps))
            path, ranges, gaps = _path(line), [], []
    if path:
        yield path, Lines(tuple(ranges), tuple(gaps))


def _body(lines: Iterator[bytes], count: int) -> Iterator[bytes]:
    """The lines of a hunk, which could look like anything."""
    while count:
        line = next(lines, b"")
        if not line.startswith(b"\\"):  # "no newline at end of file" is said of the line before it
            count -= 1
            yield line


def _indent(deleted: Sequence[bytes]) -> int:
    """How far the first of some deleted lines was indented, blank ones aside."""
    first = next((line[1:] for line in deleted if line[1:].strip()), b"")
    return len(first) - len(first.lstrip())


def _path(line: bytes) -> str:
    """The file that a `+++` line names, "" for one that is gone; git quotes what could be misread."""
    if not line.startswith(b"+++ "):
        return ""
    name = line[4:].removesuffix(b"\t")
    if name.startswith(b'"'):
        name = name[1:-1].decode("latin-1").encode("ascii", "backslashreplace")
        name = name.decode("unicode_escape").encode("latin-1")
    return os.fsdecode(name.removeprefix(b"b/")) if name != b"/dev/null" else ""
