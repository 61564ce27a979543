"""Where does a clause's header end, and what does its author say about it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from broadcatch.flow.positions import Clauses
from broadcatch.model.flow import Caught
from broadcatch.model.frame import Frame
from broadcatch.model.span import Span

_REST = re.compile(r"[\s)\\]*(?:as\s+\w+)?")


def header_span(lines: list[str], clause: Span, type_span: Span | None) -> Span:
    """`except (A, B) as e`: from the keyword up to the colon. `clause` and `type_span` are the file's."""
    if type_span is None:
        return Span(clause.line, clause.column, clause.line, clause.column + len("except"))
    line, column = type_span.end_line, type_span.end_column
    while True:
        text = lines[line - 1]
        match = _REST.match(text, column)
        end = match.end() if match else column
        if end < len(text) or line >= len(lines):
            kept = text[:end].rstrip()
            return Span(clause.line, clause.column, line, len(kept))
        line, column = line + 1, 0


def names_several(clauses: Sequence[Clauses]) -> bool:
    """Whether there is more than one class among the clauses of a try."""
    return len(clauses) > 1 or any(isinstance(one.type, (cst.Tuple, cst.BinaryOperation)) for one in clauses)


def identified(caught: Caught, frame: Frame) -> Caught:
    """A caught class with the name by which it can be told from all others, "" where it has none."""
    name = caught.via or caught.name
    if not frame.certain(name):
        return replace(caught, qualified="")
    return caught if caught.via else replace(caught, qualified=frame.identity(name))


def comment_of(clause: cst.ExceptHandler | cst.ExceptStarHandler) -> str:
    """The comment on the clause's line, else the first comment of its body; "" for none."""
    body = clause.body
    if not isinstance(body, cst.IndentedBlock):
        return _text(body.trailing_whitespace) if isinstance(body, cst.SimpleStatementSuite) else ""
    own = _text(body.header)
    if own or not body.body:
        return own
    first = body.body[0]
    lines: Sequence[cst.EmptyLine] = getattr(first, "leading_lines", ())
    for line in lines:
        if line.comment:
            return line.comment.value.lstrip("# ")
    return _text(first.trailing_whitespace) if isinstance(first, cst.SimpleStatementLine) else ""


def _text(whitespace: cst.TrailingWhitespace) -> str:
    return whitespace.comment.value.lstrip("# ") if whitespace.comment else ""
