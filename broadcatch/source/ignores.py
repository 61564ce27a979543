"""Does a pattern in gitignore syntax hide this path?

Each path is asked about on the way down, folders before what is in them, as git does it: a pattern speaks
of the very path it matches, never of what lies below (where `pathspec` would have `!/a` mean `a/x.py` as
well). Held against `git check-ignore` by a test.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<deep>(?:^|(?<=/))(?:\*\*+/)+)|(?P<rest>(?<=/)\*\*+$)|(?P<star>\*+)|(?P<one>\?)"
    r"|(?P<set>\[[!^]?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\])|(?P<plain>[^\\\[])|(?P<broken>.)",
    re.DOTALL,
)
_POSIX = {"alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
          "space": r"\s", "xdigit": "0-9a-fA-F", "blank": r" \t", "punct": r"!-/:-@\[-`{-~"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: what it matches, whole; `by_name` ones are held against the last part of a path."""

    hides: bool
    folders_only: bool
    by_name: bool
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The rules of one place, last first; paths are seen from `base` (absolute, `/` at its end).

    `names` and `paths` match what any rule of either kind matches: most paths need no closer look.
    """

    base: str
    rules: tuple[Rule, ...]
    names: re.Pattern[str]
    paths: re.Pattern[str]

    def decide(self, path: str) -> bool | None:
        """Whether the absolute `path` (a folder with `/` at its end) is hidden; None if nothing is said."""
        if not path.startswith(self.base):
            return None
        relative = path[len(self.base) :].rstrip("/")
        name = relative.rpartition("/")[2]
        if not name or not (self.names.fullmatch(name) or self.paths.fullmatch(relative)):
            return None
        for rule in self.rules:
            if rule.folders_only and not path.endswith("/"):
                continue
            if rule.regex.fullmatch(name if rule.by_name else relative):
                return rule.hides
        return None


def compiled(base: str, lines: Iterable[str]) -> Patterns | None:
    """The patterns in `lines` (gitignore syntax), None where there are none; malformed ones do not count."""
    rules = [rule for rule in map(_rule, lines) if rule is not None]
    if not rules:
        return None
    names, paths = (_either(rule for rule in rules if rule.by_name is kind) for kind in (True, False))
    return Patterns(os.path.join(base, ""), tuple(reversed(rules)), names, paths)


def _either(rules: Iterable[Rule]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.regex.pattern})" for rule in rules) or r"(?!)", re.DOTALL)


def _rule(line: str) -> Rule | None:
    text = re.sub(r"(?<!\\) +$", "", line)
    if not text or text.startswith("#"):
        return None
    hides = not text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    by_name = "/" not in text
    try:
        parts = [_translated(token) for token in _TOKEN.finditer(text.removeprefix("/"))]
        return Rule(hides, folders_only, by_name, re.compile("".join(parts), re.DOTALL)) if parts else None
    except (re.error, ValueError):
        return None


def _translated(token: re.Match[str]) -> str:
    """One piece of a pattern as a regular expression. Raises ValueError for one that matches nothing."""
    text = token[0]
    match token.lastgroup:
        case "escape":
            return re.escape(text[1])
        case "deep":
            return "(?:.*/)?"
        case "rest":
            return ".+"
        case "star":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            return _set(text[1:-1])
        case "plain":
            return re.escape(text)
    raise ValueError(text)


def _set(inside: str) -> str:
    negated = inside[:1] in ("!", "^")
    pieces = re.findall(r"\[:\w+:\]|\\.|.", inside[negated:], re.DOTALL)
    body = "".join(_member(piece) for piece in pieces)
    return f"(?!/)[{'^' if negated else ''}{body}]"


def _member(piece: str) -> str:
    if piece.startswith("[:"):
        return _POSIX.get(piece[2:-2], "")
    return "-" if piece == "-" else re.escape(piece[-1])


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
