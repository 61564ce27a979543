"""Is this rule on, and is it on in this file? What does a glob of the configuration name?"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from broadcatch.config.options import Config


def is_selected(code: str, config: Config) -> bool:
    """Whether the rule `code` is on: the more specific prefix wins, and `ignore` where they are equal."""
    return _longest(code, (*config.select, *config.extend_select)) > _longest(code, config.ignore)


def matches_per_file(path: str, code: str, config: Config) -> str | None:
    """The pattern of `per-file-ignores` that turns `code` off in `path`, None if there is none.

    `path` is relative to the working directory. As in Ruff, a pattern is held against the file's name
    and against its path from the configuration's folder, and `!` in front turns it around. `*` crosses
    folders, and `tests/` stands for all that lies in that folder.
    """
    patterns = (pattern for pattern, codes in config.per_file_ignores.items() if code.startswith(codes))
    return matching(path, patterns, config.root)


def matching(path: str, patterns: Iterable[str], root: str) -> str | None:
    """The first of `patterns` that names the file `path`, None if none does.

    `root` is the folder of the configuration, "" for the working directory.
    """
    whole = ""
    for pattern in patterns:
        whole = whole or os.path.abspath(path).replace(os.sep, "/")
        if _applies(pattern, whole, root or os.getcwd().replace(os.sep, "/")):
            return pattern
    return None


def matching_name(name: str, patterns: Iterable[str]) -> str | None:
    """The first of `patterns` that is a glob of a dotted name or of its last parts, None if none is."""
    if not name:
        return None
    dots = [at + 1 for at, char in enumerate(name) if char == "."]
    tails = [name[start:] for start in (0, *dots)]
    return next((one for one in patterns if any(_glob(one).fullmatch(tail) for tail in tails)), None)


def matching_whole(name: str, patterns: Iterable[str]) -> str | None:
    """The first of `patterns` that is a glob of `name` itself, None if none is."""
    return next((one for one in patterns if _glob(one).fullmatch(name)), None)


def ruff_selectors(path: str, config: Config) -> Iterator[tuple[str, str]]:
    """The patterns of Ruff's `per-file-ignores` that match `path`, each with each of its selectors."""
    whole = os.path.abspath(path).replace(os.sep, "/") if config.ruff_ignores else ""
    for pattern, selectors, root in config.ruff_ignores:
        if _applies(pattern, whole, root):
            yield from ((pattern, selector) for selector in selectors)


def is_ruff_rule_on(code: str, config: Config) -> bool:
    """Whether the project's Ruff configuration selects the rule `code`, by itself, a prefix, or `ALL`."""
    on, off = (
        max(
            (len(one) if one != "ALL" else 0 for one in chosen if one == "ALL" or code.startswith(one)),
            default=-1,
        )
        for chosen in (config.ruff_select, config.ruff_ignore)
    )
    return on > off


def _longest(code: str, prefixes: Iterable[str]) -> int:
    """Length of the longest prefix of `code`, 0 if there is none."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


@lru_cache(maxsize=4096)
def _applies(pattern: str, path: str, root: str) -> bool:
    negated = pattern.startswith("!")
    glob = _glob(pattern[negated:])
    name = path.rpartition("/")[2]
    below = path.removeprefix(root.rstrip("/") + "/")
    return negated != bool(glob.fullmatch(name) or glob.fullmatch(below) or glob.fullmatch(path))


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression: `*`, `**`, `?`, `[a-z]`, `[!a-z]` and `{a,b}`."""
    text = pattern.removeprefix("./")
    text += "**" if text.endswith("/") else ""
    return re.compile("".join(_translated(token) for token in _TOKEN.findall(text)), re.DOTALL)


_TOKEN = re.compile(r"\*\*/|\*+|\?|\[!?\]?[^\]]*\]|\{[^{}]*\}|.", re.DOTALL)


def _translated(token: str) -> str:
    if token == "**/":
        return "(?:.*/)?"
    if token.startswith("*"):
        return ".*"
    if token == "?":
        return "[^/]"
    if len(token) > 2 and token[0] == "[":
        inside = re.sub(r"([\\\[\]&~|^])", r"\\\1", token[1:-1].removeprefix("!"))
        return f"[{'^' if token[1] == '!' else ''}{inside}]"
    if len(token) > 1 and token[0] == "{":
        return f"(?:{'|'.join(_glob(part).pattern for part in token[1:-1].split(','))})"
    return re.escape(token)
