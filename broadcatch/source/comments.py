"""Which comments may silence a finding?

One pattern walks over strings and comments alike, so that a `# noqa` inside a string is none. It runs
only over files that mention a suppression at all; it is many times faster than `tokenize`, takes any
file however broken, and is held against `tokenize` by a test.
"""

from __future__ import annotations

import re

from broadcatch.model.facts import Comment
from broadcatch.source.lines import LineIndex

_WORDS = ("noqa", "broadcatch", "ruff", "flake8", "pylint", "noinspection")
_MENTIONS = re.compile(
    r"#[^\r\n]*(?:noqa|broadcatch\s*:|ruff\s*:|flake8\s*:|pylint\s*:|noinspection)", re.IGNORECASE
)
_LEXEME = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\r\n]|\\(?:\r\n|.))*"?'
    r"|'(?:[^\\'\r\n]|\\(?:\r\n|.))*'?"
    r"|(?P<comment>\#[^\r\n]*)",
    re.DOTALL,
)
_BLANKS = " \t\f"


def suppression_comments(text: str) -> tuple[Comment, ...]:
    """The comments of `text` (line ends of any kind) that may be suppressions, in order."""
    lowered = text.lower()
    if not any(word in lowered for word in _WORDS) or not _MENTIONS.search(text):
        return ()
    found = [lexeme.span("comment") for lexeme in _LEXEME.finditer(text) if lexeme["comment"]]
    index = LineIndex.of(text)
    return tuple(
        _comment(text, index, start, end) for start, end in found if _MENTIONS.search(text, start, end)
    )


def _comment(text: str, index: LineIndex, start: int, end: int) -> Comment:
    line, column = index.position(start)
    alone = not text[start - column : start].strip(_BLANKS)
    return Comment(line, column, text[start:end], _next_code(text, index, line) if alone else 0)


def _next_code(text: str, index: LineIndex, line: int) -> int:
    """The first line after `line` that is neither blank nor a comment; one past the end if there is none."""
    starts = (*index.starts, index.length)
    for following in range(line + 1, len(index.starts) + 1):
        content = text[starts[following - 1] : starts[following]].strip()
        if content and not content.startswith("#"):
            return following
    return len(index.starts) + 1
