"""Lines as Python counts them, module names, and comments that silence."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.model.facts import Comment
from broadcatch.source.comments import suppression_comments
from broadcatch.source.lines import LineIndex, character_column, count, dominant_newline, split
from broadcatch.source.modules import module_name

TEXTS = st.text(st.sampled_from("ab \n\r\f\v\x1c\x85\u2028é"), max_size=30)


@given(TEXTS)
def test_lines_joined_are_the_text(text):
    assert "".join(split(text)) == text
    assert len(split(text)) == count(text.encode())


@given(TEXTS)
def test_lines_end_where_those_of_a_universal_reader_end(text):
    universal = io.StringIO(text, newline=None).read().split("\n")
    assert [line.rstrip("\r\n") for line in split(text)] == universal[: count(text.encode())]


@given(TEXTS)
def test_every_offset_has_a_position_and_back(text):
    index = LineIndex.of(text)
    for offset in range(len(text) + 1):
        assert index.offset(*index.position(offset)) == offset


@pytest.mark.parametrize(("line", "column"), [(0, 0), (3, 0), (1, 9), (1, -1)])
def test_a_position_outside_is_refused(line, column):
    with pytest.raises(ValueError):
        LineIndex.of("ab\ncd").offset(line, column)


def test_an_offset_outside_is_refused():
    with pytest.raises(ValueError):
        LineIndex.of("ab").position(3)


@given(st.text(st.sampled_from("aé\u20ac\U0001f600"), max_size=8))
def test_columns_of_bytes_become_columns_of_characters(text):
    line = f"'{text}', x"
    [element] = ast.parse(line).body[0].value.elts[1:]
    assert line[character_column(line, element.col_offset)] == "x"


def test_at_a_tie_the_shorter_line_end_is_usual():
    assert dominant_newline("a\nb\r\n") == "\n"


def test_the_module_name_follows_the_package_folders(tmp_path):
    for name in (
        "top/__init__.py",
        "top/sub/__init__.py",
        "top/sub/mod.py",
        "top/lone/x.py",
        "x.py",
        "top/a-b.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    named = {name: module_name(tmp_path / name) for name in ("top/sub/mod.py", "top/sub/__init__.py", "x.py")}
    assert named == {"top/sub/mod.py": "top.sub.mod", "top/sub/__init__.py": "top.sub", "x.py": ""}
    assert module_name(tmp_path / "top/lone/x.py") == ""
    assert module_name(tmp_path / "top/a-b.py") == ""


def test_only_comments_that_may_silence_are_kept():
    text = 'x = 1  # plain\ny = "# noqa"\nz = 2  # noqa: BLE001\n'
    assert suppression_comments(text) == (Comment(3, 7, "# noqa: BLE001"),)


def test_a_comment_that_stands_alone_knows_the_code_below():
    text = "# noqa\n\n    # more\nx = 1\n# ruff: noqa\n"
    assert [(comment.line, comment.above) for comment in suppression_comments(text)] == [(1, 4), (5, 7)]


@pytest.mark.parametrize(
    "text",
    [
        '"""\n# noqa\n"""\n', "'''\\'''# noqa\n'''\n", 'x = "a\\"# noqa"\n', "x = 'a\\\n# noqa'\n",
        'r"\\\\"  "# noqa"\n', '"""a""""# noqa"\n', "f'{x}# noqa'\n", '"""# noqa',
    ],
)  # fmt: skip
def test_what_stands_in_a_string_is_no_comment(text):
    assert suppression_comments(text) == ()


@pytest.mark.parametrize(
    "text",
    ['""  # noqa\n', '""""""  # noqa\n', "'\"'  # noqa\n", "x = 'open  \n# noqa\n", "(  # noqa", "\t # noqa"],
)
def test_a_comment_is_found_in_whatever_stands_around(text):
    assert [comment.text for comment in suppression_comments(text)] == ["# noqa"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_right_for_every_line_end(end):
    text = end.join(["x = '''", "\f", "'''", "y  # noqa", ""])
    assert suppression_comments(text) == (Comment(4, 3, "# noqa"),)


@pytest.mark.parametrize(
    "path", sorted(Path(ast.__file__).parent.glob("*.py"))[::5], ids=lambda path: path.name
)
def test_the_tokenizer_sees_the_same_comments(path):
    text = path.read_text(encoding="utf-8").replace("#", "#noqa ")
    ours = [((comment.line, comment.column), comment.text) for comment in suppression_comments(text)]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    assert ours == [(token.start, token.string) for token in tokens if token.type == tokenize.COMMENT]
