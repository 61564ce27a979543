"""Did the edits change what they declare, and nothing else?"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence

import libcst as cst

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import NEWLINE, apply_edits, merge, split_lines
from broadcatch.rewrite.same import refuse_if_more_changed


def verify(before: str, after: str, edits: Sequence[Edit]) -> None:
    """Raises RewriteError unless `after` is `before` plus the edits, by its text and by its meaning.

    The lines outside the edits are the same; it parses with LibCST, and compiles if `before` did; and in
    the syntax tree every node that no edit touches stands as it was, and nothing is new but in the edits.
    """
    _same_lines(before, after, edits)
    try:
        cst.parse_module(after)
    except cst.ParserSyntaxError as error:
        raise RewriteError(f"the result does not parse: line {error.raw_line}") from error
    old = _compiled(before)
    if isinstance(old, str):
        return
    new = _compiled(after)
    if isinstance(new, str):
        raise RewriteError(f"the result does not compile: {new}")
    refuse_if_more_changed(before, after, old, new, edits)
    if apply_edits(before, edits) != after:
        raise RewriteError("more changed than was declared")


def _same_lines(before: str, after: str, edits: Sequence[Edit]) -> None:
    touched = {line for edit in edits for line in _touched(edit)}
    lines = split_lines(before)
    untouched = [line for number, line in enumerate(lines, 1) if number not in touched]
    remaining = iter(split_lines(after))
    if not all(line in remaining for line in untouched):
        raise RewriteError("a line outside the edits changed")
    gained = sum(
        len(NEWLINE.findall(edit.content)) - (edit.span.end_line - edit.span.line) for edit in merge(edits)
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
