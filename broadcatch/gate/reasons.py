"""Does a suppression say why? The words of its comment that are no code and no other tool's pragma."""

from __future__ import annotations

import re

_PRAGMA = re.compile(
    r"\s*(?:(?:noqa|nosec|nosonar|nopep8|noinspection|lgtm)\b|(?:broadcatch|ruff|flake8|pylint|type|mypy|pyright|pyre"
    r"|ty|isort|fmt|yapf|pragma)\s*:)",
    re.IGNORECASE,
)
_NOQA = re.compile(r"^\s*noqa\b(?:\s*:\s*(?:[A-Z]+[0-9]+[\s,]*)*)?", re.IGNORECASE)
_CODES = re.compile(r"(?:[A-Z]+[0-9]+[\s,;]*)+")
_MARKS = "-–—:#,;( "
_COMMENT = re.compile(r"(?<!\S)#(?!\d)|#(?=\s*noqa\b)", re.IGNORECASE)
"""Where a further comment begins: not within a word (`C#`), and not before a number (`issue #12`)."""


def told(comment: str, start: int, end: int) -> str:
    """The reason given with the suppression that stands from `start` to `end` of a comment, "" for none.

    What follows it comes first, else what stands elsewhere in the comment.
    """
    own, *after = _COMMENT.split(comment[end:])
    before = _COMMENT.split(comment[:start])
    parts = [own, *_prose(after), *_prose(before)]
    return next((words for part in parts if (words := _words(part))), "")


def _prose(parts: list[str]) -> list[str]:
    """The parts that are words; of a `noqa`, what stands behind its codes."""
    plain = [_NOQA.sub("", part) for part in parts]
    return [part for part in plain if not _PRAGMA.match(part)]


def _words(text: str) -> str:
    """The text without the marks around it; "" where it holds no word."""
    plain = re.sub(r"\s+\.?$", "", text).lstrip(_MARKS).strip()
    if plain.endswith(")") and "(" not in plain:
        plain = plain[:-1].rstrip()
    return plain if re.search(r"[^\W\d_]", plain) and not _CODES.fullmatch(plain) else ""
