"""Which comments may silence a finding?

One pattern walks over strings and comments alike, so that a `# noqa` inside a string is none. It runs
only over files that mention a suppression at all; it is many times faster than `tokenize`, takes any
file however broken, and is held against `tokenize` by a test. What a comment stands by is looked for only
where its kind asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from broadcatch.model.facts import Comment
from broadcatch.source.lines import LineIndex
from broadcatch.source.logical import LEXEME, Layout
from broadcatch.source.pragma_blocks import last_line, parsed

_WORDS = ("noqa", "broadcatch", "ruff", "flake8", "pylint", "noinspection")
_MENTIONS = re.compile(
    r"#[^\r\n]*(?:noqa|broadcatch\s*:|ruff\s*:|flake8\s*:|pylint\s*:|noinspection)", re.IGNORECASE
)
_OURS = re.compile(r"#\s*broadcatch\s*:")
_PLACED = re.compile(r"(?:broadcatch|ruff)\s*:|noinspection")
_PRAGMA = re.compile(
    r"\bpylint:.*(?:able\s*=|able-msg\s*=)[^#;]*(?:except|finally|raise|\b[EW](?:0[17]\d\d)?\b)"
)
"""A pragma of pylint that may speak of exceptions."""
_LINE_END = re.compile(r"[\r\n]")
_BLANKS = " \t\f"


def suppression_comments(text: str) -> tuple[Comment, ...]:
    """The comments of `text` (line ends of any kind) that may be suppressions, in order."""
    lowered = text.lower()
    if not any(word in lowered for word in _WORDS):
        return ()
    ends = [mention.end() for mention in _MENTIONS.finditer(text)]
    if not ends:
        return ()
    last = _LINE_END.search(text, ends[-1])  # what stands behind the last one need not be read
    lexemes = LEXEME.finditer(text, 0, last.start() if last else len(text))
    found = [lexeme.span("comment") for lexeme in lexemes if lexeme["comment"]]
    index = LineIndex.of(text)
    plain = [_comment(text, index, *span) for span in found if _MENTIONS.search(text, *span)]
    return tuple(_with_blocks(_with_layout(plain, text), text, len(index.starts)))


def own_comments(text: str) -> tuple[Comment, ...]:
    """The comments that are meant for broadcatch alone."""
    return tuple(comment for comment in suppression_comments(text) if _OURS.search(comment.text))


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


def _with_layout(comments: list[Comment], text: str) -> list[Comment]:
    """Those of tools whose comments speak for the code below, with what stands there."""
    if not any(one.above and _PLACED.search(one.text) for one in comments):
        return comments
    layout, lines = Layout(text), text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        _laid_out(one, layout, lines[one.line - 1]) if one.above and _PLACED.search(one.text) else one
        for one in comments
    ]


def _laid_out(comment: Comment, layout: Layout, line: str) -> Comment:
    around = layout.around(comment.line, line[: comment.column].replace("\f", ""), comment.above)
    return replace(comment, last=around.last, head=around.head, behind=around.behind)


def _with_blocks(comments: Iterable[Comment], text: str, rows: int) -> Iterator[Comment]:
    """Those with a pragma of pylint, with the last line that it speaks for."""
    lines: list[str] = []
    tree = None
    for comment in comments:
        if not _PRAGMA.search(comment.text):
            yield comment
            continue
        if not lines:
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if _counts_alone(comment, lines[comment.line - 1]):
            yield replace(comment, until=comment.line)
            continue
        tree = tree or parsed(text)
        until = last_line(tree, comment.line, rows) if tree else comment.line
        yield replace(comment, until=max(until, _clause_below(comment, lines)))


def _clause_below(comment: Comment, lines: Sequence[str]) -> int:
    """The line of the clause right below: older versions of pylint took a pragma there to speak for it."""
    clause = 0 < comment.above <= len(lines) and re.match(r"\s*except\b", lines[comment.above - 1])
    return comment.above if clause else 0


def _counts_alone(comment: Comment, line: str) -> bool:
    """Whether the line is plainly a clause with its type: the type is all that the pragma speaks for."""
    code = line[: comment.column].strip()
    return not comment.above and bool(re.fullmatch(r"except[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*:", code))
