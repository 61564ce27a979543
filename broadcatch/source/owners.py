"""Whose file is it? CODEOWNERS, read as GitHub reads it: the last line that matches wins."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from broadcatch.errors import BroadcatchError
from broadcatch.model.facts import Failure
from broadcatch.source.read import read_bytes

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks, in its order; the first that is there counts."""
_WORD = re.compile(r"(?:\\.|[^\s\\])+")


@dataclass(frozen=True, slots=True)
class _Line:
    regex: re.Pattern[str]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """The lines of a CODEOWNERS file, last first; `source` names it, as seen from the repository's top."""

    source: str
    lines: tuple[_Line, ...]

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a file (its path from the repository's top, with `/`), () where it has none."""
        return next((line.owners for line in self.lines if line.regex.fullmatch(path)), ())


def read_owners(root: Path) -> Owners | None:
    """The owners that the repository at `root` names, None without such a file.

    Raises BroadcatchError where there is one that cannot be read.
    """
    for place in PLACES:
        path = root / place
        if os.path.isfile(path):
            data = read_bytes(path)
            if isinstance(data, Failure):
                raise BroadcatchError(f"{data.path}: {data.message}")
            return parse_owners(data.decode("utf-8-sig", "replace"), place)
    return None


def parse_owners(text: str, source: str = "CODEOWNERS") -> Owners:
    """The owners that a text like CODEOWNERS names; what GitHub does not understand is passed over."""
    found = []
    for line in text.splitlines():
        words = _WORD.findall(line.split("#", 1)[0] if not line.startswith("#") else "")
        if words and _understood(words[0]):
            found.append(_Line(_regex(words[0].replace("\\ ", " ")), tuple(filter(_is_owner, words[1:]))))
    return Owners(source, tuple(reversed(found)))


def _understood(pattern: str) -> bool:
    """Negation and ranges are none of GitHub's patterns, and a section of GitLab's is no pattern at all."""
    return not pattern.startswith("!") and not set(pattern) & set("[]")


def _is_owner(word: str) -> bool:
    """`@user`, `@org/team` or an address."""
    return "@" in word


def _regex(pattern: str) -> re.Pattern[str]:
    """What a pattern matches, whole: a file, or all that lies in a folder (directly in it: `docs/*`)."""
    *folders, last = pattern.strip("/").split("/")
    anchored = pattern.startswith("/") or bool(folders)
    before = "".join("(?:[^/]+/)*" if part == "**" else _part(part) + "/" for part in folders)
    if last == "**":
        end = ".+"
    elif last == "*" and anchored and not pattern.endswith("/"):
        end = "[^/]+"
    else:
        end = _part(last) + ("/.+" if pattern.endswith("/") else "(?:/.+)?")
    return re.compile(("" if anchored else "(?:.*/)?") + before + end, re.DOTALL)


def _part(text: str) -> str:
    """A part of a path between slashes, in which `*` and `?` stand for other signs."""
    signs = {"*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in re.sub(r"\*+", "*", text))
