"""What a comment stands by: the statement below it, and the block around it."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest

from broadcatch.source import comments, lines, slices
from broadcatch.source.comments import suppression_comments
from broadcatch.source.logical import Layout


def by(text: str) -> list[tuple[int, int, int]]:
    return [(one.last, one.head, one.behind) for one in suppression_comments(text)]


def test_the_statement_below_ends_where_its_brackets_do():
    assert by("# ruff: ignore[A1]\nx = f(\n    '(',\n    1)\ny = 2\n") == [(4, 2, 6)]


def test_decorators_belong_to_what_they_decorate():
    assert by("# ruff: ignore[A1]\n@a(\n  1)\n@b\ndef f():\n    pass\n") == [(3, 5, 7)]


def test_inside_a_statement_only_the_next_line_is_meant():
    assert by("x = [\n    # ruff: ignore[A1]\n    1,\n    2,\n]\n") == [(3, 3, 0)]


def test_a_block_ends_where_the_indentation_does():
    assert by("if a:\n    # ruff: disable[A1]\n    x = 1\n    if b:\n        y = 2\nz = 3\n") == [(3, 3, 6)]


def test_a_comment_that_fits_no_block_is_in_none():
    assert by("if a:\n    x = 1\n  # ruff: disable[A1]\n    y = 2\n") == [(4, 4, 0)]


@pytest.mark.parametrize(
    "module", [comments, lines, slices, tokenize, io], ids=lambda module: module.__name__
)
def test_logical_lines_are_those_of_the_tokenizer(module):
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    ends, start = [], 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            ends.append((start, token.start[0]))
            start = 0
        elif not start and token.type not in (
            tokenize.NL,
            tokenize.COMMENT,
            tokenize.INDENT,
            tokenize.DEDENT,
        ):
            start = token.start[0]
    assert [(line.first, line.last) for line in Layout(text).lines] == ends
