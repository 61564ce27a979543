"""What is taken for Python is what Python's own parser reads, wherever a text is broken."""

from __future__ import annotations

import ast
import codecs
import email
import json
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.source.syntax import parses

LINES = [
    "x = 1",
    "# -*- coding: latin-1 -*-",
    "#!/usr/bin/python",
    "",
    "\f",
    '"""doc"""',
    "s = 'é'",
    "if x:",
    "  y",
]
LINES += [
    "from __future__ import annotations",
    "from __future__ import braces",
    "# coding: nonsense",
    "return",
    ")",
]


def read_by_python(source: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


@given(
    st.lists(st.sampled_from(LINES), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "latin-1"]),
    st.booleans(),
)
def test_a_text_parses_exactly_where_python_reads_a_tree(lines, end, encoding, marked):
    source = (codecs.BOM_UTF8 if marked else b"") + end.join([*lines, ""]).encode(encoding)
    assert parses(source) == read_by_python(source)


@pytest.mark.parametrize(
    "file", sorted(Path(str(json.__file__)).parent.glob("*.py")), ids=lambda file: file.name
)
def test_a_file_of_the_standard_library_parses_as_a_whole_and_seldom_in_part(file):
    source = file.read_bytes()
    assert parses(source)
    for end in range(0, len(source), 997):
        assert parses(source[:end]) == read_by_python(source[:end])


def test_what_is_broken_in_the_last_line_is_found():
    source = Path(str(email.__file__)).read_bytes()
    assert parses(source)
    assert not parses(source + b"\ndef (:\n")


def test_what_only_the_compiler_refuses_parses():
    assert parses(b"return 1\nbreak\ndef f():\n    nonlocal x\n")


def test_a_null_byte_and_an_unknown_encoding_do_not_parse():
    assert not parses(b"x = 1\0\n")
    assert not parses(b"# coding: nonsense\nx = 1\n")
