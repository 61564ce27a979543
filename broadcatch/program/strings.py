"""Where do strings, comments and brackets stand in a text? By expressions: nothing is parsed."""

from __future__ import annotations

import re

LONG = (
    r"\"\"\"[^\"\\]*(?:(?:\\[\s\S]|\"(?!\"\"))[^\"\\]*)*\"\"\"|'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*'''"
)
"""A string in three quotes."""
_STRING = LONG + r"|\"[^\"\\\n]*(?:\\[\s\S][^\"\\\n]*)*\"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'|#[^\n]*|[\"']"
STRINGS = re.compile(_STRING)
"""Strings and comments; a quote alone where a string has no end."""
TOKENS = re.compile(_STRING + r"|[()\[\]{}:]")
"""Brackets and colons, too."""


def has_long(source: str, start: int, end: int) -> bool:
    """Whether a string in three quotes may begin, or end, there."""
    return source.find('"""', start, end) >= 0 or source.find("'''", start, end) >= 0
