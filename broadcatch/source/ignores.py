"""Does a pattern in gitignore syntax hide this path?

`pathspec` is imported only where there are patterns: it costs more than the rest of a small run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one place; paths are held against them relative to `base` (absolute, `/` at its end).

    `any` matches whatever one of the patterns matches: most paths need no closer look.
    """

    base: str
    spec: Any
    any: re.Pattern[str]

    def decide(self, path: str) -> bool | None:
        """Whether the absolute `path` (a folder with `/` at its end) is hidden; None if nothing is said."""
        if not path.startswith(self.base):
            return None
        relative = path[len(self.base) :]
        if not relative or not self.any.match(relative):
            return None
        hidden: bool | None = self.spec.check_file(relative).include
        return hidden


def compiled(base: str, lines: Iterable[str]) -> Patterns | None:
    """The patterns in `lines` (gitignore syntax), None where there are none; malformed ones do not count."""
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    if not kept:
        return None
    from pathspec import GitIgnoreSpec

    valid = [line for line in kept if _is_valid(line)]
    spec = GitIgnoreSpec.from_lines(valid)
    sources = [pattern.regex.pattern for pattern in spec.patterns if pattern.regex is not None]
    if not sources:
        return None
    either = "|".join(f"(?:{_GROUP.sub('(?:', source)})" for source in sources)
    return Patterns(os.path.join(base, ""), spec, re.compile(either))


def _is_valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def patterns_in(file: str, base: str) -> Patterns | None:
    """The patterns of an ignore file, for paths below `base`; None where there are none to be had."""
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as lines:
            return compiled(base, lines.read().removeprefix("\ufeff").split("\n"))
    except OSError:
        return None


def git_folder(folder: str) -> str | None:
    """The (shared) git directory of the repository whose root is `folder`; None where it is no root."""
    found = os.path.join(folder, ".git")
    if os.path.isdir(found):
        return found
    pointed = _first_line(found).removeprefix("gitdir: ")
    if not pointed:
        return None
    own = os.path.join(folder, pointed)
    return os.path.join(own, _first_line(os.path.join(own, "commondir")))


def _first_line(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as lines:
            return lines.readline().strip()
    except OSError:
        return ""
