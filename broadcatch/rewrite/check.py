"""Did the edits change what they declare, and nothing else?"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence

import libcst as cst

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import NEWLINE, line_starts, offsets, split_lines
from broadcatch.rewrite.compare import Marked, Ranges, demand_same


def verify(before: str, after: str, edits: Sequence[Edit]) -> None:
    """Raises RewriteError unless `after` is `before` plus the edits, by its text and by its meaning.

    The lines outside the edits are the same, and what was declared stands where it was to stand; it compiles
    if `before` did (else LibCST must parse it); and the syntax trees are the same wherever no edit reaches.
    """
    _same_lines(before, after, edits)
    old = _compiled(before)
    if isinstance(old, str):
        _demand_parsed(after)
        return
    new = _compiled(after)
    if isinstance(new, str):
        raise RewriteError(f"the result does not compile: {new}")
    was, now = _ranges(before, after, edits)
    demand_same(
        Marked(before, line_starts(before), old, was),
        Marked(after, line_starts(after), new, now),
    )


def _demand_parsed(text: str) -> None:
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise RewriteError(f"the result does not parse: line {error.raw_line}") from error


def _ranges(before: str, after: str, edits: Sequence[Edit]) -> tuple[Ranges, Ranges]:
    """Where the edits stand in the one text and in the other."""
    was, now, gained = [], [], 0
    for start, end, content in offsets(before, edits):
        begin = start + gained
        if after[begin : begin + len(content)] != content:
            raise RewriteError("more changed than was declared")
        was.append((start, end))
        now.append((begin, begin + len(content)))
        gained += len(content) - (end - start)
    return was, now


def _same_lines(before: str, after: str, edits: Sequence[Edit]) -> None:
    touched = {line for edit in edits for line in _touched(edit)}
    lines = split_lines(before)
    untouched = [line for number, line in enumerate(lines, 1) if number not in touched]
    remaining = iter(split_lines(after))
    if not all(line in remaining for line in untouched):
        raise RewriteError("a line outside the edits changed")
    unique = set(edits)
    gained = sum(
        len(NEWLINE.findall(edit.content)) - (edit.span.end_line - edit.span.line) for edit in unique
    )
    if len(split_lines(after)) != len(lines) + gained:
        raise RewriteError("lines were lost or gained outside the edits")


def _touched(edit: Edit) -> range:
    """The lines that the edit changes; none where it only puts whole lines between others."""
    whole = edit.span.column == edit.span.end_column == 0 and edit.span.line == edit.span.end_line
    if whole and edit.content.endswith(("\n", "\r")):
        return range(0)
    return range(edit.span.line, edit.span.end_line + 1)


def _compiled(text: str) -> ast.Module | str:
    """The syntax tree of a text that compiles, else why it does not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<rewrite>", "exec", dont_inherit=True)
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        return str(error)
