"""Bytes become text and exactly the same bytes again."""

from __future__ import annotations

import codecs
import io
import os
import tokenize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadcatch.errors import RewriteError
from broadcatch.model.facts import Failure
from broadcatch.source.paths import display
from broadcatch.source.read import Text, decode, encode, read

COOKIES = ["", "utf-8", "UTF8", "utf-8-sig", "latin-1", "cp1252", "ascii", "shift_jis", "euc-jp", "gb18030",
           "big5", "koi8-r", "utf-7", "utf-16", "rot13", "hex", "idna", "punycode", "unicode_escape",
           "no-such"]  # fmt: skip


@given(st.sampled_from(COOKIES), st.binary(max_size=60), st.booleans(), st.booleans())
@example("shift_jis", b"\\~", False, False)
@example("utf-7", b"+AGEA-", False, False)
def test_what_is_read_is_written_back_to_the_byte(cookie, data, second, bom):
    comment = f"# -*- coding: {cookie} -*-\n".encode() if cookie else b""
    whole = codecs.BOM_UTF8 * bom + b"#!/usr/bin/python\n" * second + comment + data
    source = decode(whole, "x.py")
    if isinstance(source, Text) and source.exact:
        assert encode(source, source.text) == whole
    else:
        assert isinstance(source, Failure) or cookie not in ("", "utf-8", "UTF8", "latin-1", "cp1252")


@given(st.text())
def test_any_text_in_utf8_is_read_as_it_stands(text):
    source = decode(text.encode(), "x.py")
    assert isinstance(source, Failure) if "\0" in text else True
    if isinstance(source, Text) and source.encoding == "utf-8" and not source.bom:
        assert source.text == text


HEADS = [
    b"# coding: latin-1\n", b"#!x\n# coding=latin-1\n", b"\n# coding: latin-1\n", b"x\n# coding: latin-1\n",
    b"\n\n# coding: latin-1\n", b"\f# vim: set fileencoding=cp1252 :\n", b'"""\n# coding: latin-1\n"""\n',
    b"# coding: utf-8\n# coding: latin-1\n", b"x = 'coding: latin-1'\n", b"# encoding: Latin_1\n", b"",
    b"# coding : latin-1\n", b"   # coding: iso-8859-15\n", b"#\r\n# coding: latin-1\r\n",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_the_encoding_is_the_one_that_python_finds(head):
    source = decode(head, "x.py")
    theirs, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
    assert isinstance(source, Text)
    assert codecs.lookup(source.encoding).name == codecs.lookup(theirs).name


def test_a_byte_order_mark_is_kept_and_not_in_the_text():
    source = decode(codecs.BOM_UTF8 + b"x = 1\n", "x.py")
    assert source == Text("x = 1\n", bom=True)
    assert encode(source, "y\n") == codecs.BOM_UTF8 + b"y\n"


@pytest.mark.parametrize(
    ("data", "newline"), [(b"a\nb\n", "\n"), (b"a\r\nb\r\nc\n", "\r\n"), (b"a\rb\r", "\r"), (b"", "\n")]
)
def test_line_ends_stay_and_the_usual_one_is_told(data, newline):
    source = decode(data, "x.py")
    assert isinstance(source, Text)
    assert (source.text.encode(), source.newline) == (data, newline)


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"a\nb = '\xff'\n", "not utf-8: invalid start byte", 2),
        (b"a\n\n\0", "a null byte: this is no source text", 3),
        ("x = 1".encode("utf-16"), "a null byte: this is no source text", 1),
        (b"# coding: klingon\n", 'unknown encoding "klingon"', 1),
        (b"# coding: rot13\n", 'unknown encoding "rot13"', 1),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", 'a UTF-8 mark, and yet the encoding "latin-1"', 1),
    ],
)
def test_what_is_no_text_is_a_failure_with_its_line(data, message, line):
    assert decode(data, "x.py") == Failure("x.py", "read", message, line)


def test_a_file_that_cannot_be_opened_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read("gone.py") == Failure("gone.py", "read", "No such file or directory")
    assert read(tmp_path) == Failure(".", "read", "Is a directory")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(tmp_path):
    (tmp_path / "x.py").touch(mode=0)
    assert read(tmp_path / "x.py") == Failure(f"{tmp_path}/x.py", "read", "Permission denied")


def test_text_that_the_encoding_cannot_hold_is_not_written():
    source = decode(b"# coding: latin-1\n", "x.py")
    assert isinstance(source, Text)
    with pytest.raises(RewriteError, match="cannot hold the new text"):
        encode(source, "\N{SNOWMAN}")


def test_a_file_is_named_from_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert display(tmp_path / "a/b.py") == "a/b.py"
    assert display("./a/../b.py") == "b.py"
    assert display(tmp_path.parent / "b.py") == "../b.py"
