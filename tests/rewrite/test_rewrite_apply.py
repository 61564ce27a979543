"""Edits become text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.apply import apply_edits, merge


def edit(line: int, column: int, end_column: int, content: str) -> Edit:
    return Edit(Span(line, column, line, end_column), content)


def test_edits_are_made_in_the_order_of_the_text_whatever_the_order_given() -> None:
    edits = [edit(2, 0, 1, "C"), edit(1, 1, 1, "+"), edit(1, 0, 1, "A")]
    assert apply_edits("a\nb\n", edits) == "A+\nC\n"


def test_equal_edits_are_made_once() -> None:
    assert apply_edits("a\n", [edit(1, 0, 0, "import x\n")] * 2) == "import x\na\n"


def test_whole_lines_at_one_place_stand_below_each_other_sorted() -> None:
    edits = [edit(1, 0, 0, "import y\n"), edit(1, 0, 0, "import x\n")]
    assert apply_edits("a\n", edits) == "import x\nimport y\na\n"


def test_an_insertion_may_touch_a_replacement_at_either_end() -> None:
    assert apply_edits("abc", [edit(1, 1, 2, "B"), edit(1, 2, 2, ">"), edit(1, 1, 1, "<")]) == "a<B>c"


@pytest.mark.parametrize(
    "edits",
    [
        [edit(1, 0, 2, "x"), edit(1, 1, 3, "y")],
        [edit(1, 0, 2, "x"), edit(1, 0, 2, "y")],
        [edit(1, 0, 2, "x"), edit(1, 1, 1, "y")],
        [edit(1, 1, 1, "x"), edit(1, 1, 1, "y")],
    ],
)
def test_edits_that_disagree_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(RewriteError, match="line 1 in different ways"):
        merge(edits)


@pytest.mark.parametrize("bad", [edit(3, 0, 0, ""), edit(1, 2, 2, ""), edit(0, 0, 0, ""), edit(1, 1, 0, "")])
def test_edits_outside_the_text_are_refused(bad: Edit) -> None:
    with pytest.raises(RewriteError):
        apply_edits("a\nb", [bad])


@given(st.lists(st.sampled_from(["a", "\x0c", "\u2028", "\x0b", "é"])), st.sampled_from(["\n", "\r\n", "\r"]))
def test_only_python_line_ends_count_as_lines(odd: list[str], end: str) -> None:
    first = "".join(odd)
    assert apply_edits(f"{first}{end}b", [edit(2, 0, 1, "X")]) == f"{first}{end}X"


@given(st.text(alphabet="ab\r\n"), st.data())
def test_what_lies_outside_the_edits_is_kept(text: str, data: st.DataObject) -> None:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, len(rows[line - 1])))
    after = apply_edits(text, [edit(line, column, column, "<here>")])
    assert after.replace("<here>", "") == text
