"""What no edit touches is the same program afterwards, or the rewrite is off."""

from __future__ import annotations

import pytest

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.apply import apply_edits
from broadcatch.rewrite.check import verify

BEFORE = """\
def sync(account):
    try:
        account.refresh("Größe")
        text = \"\"\"one
        two\"\"\"
    except ValueError as e:
        log.error("no: %s", e)
        raise e
    return text
"""


def edit(line: int, column: int, end_line: int, end_column: int, content: str = "") -> Edit:
    return Edit(Span(line, column, end_line, end_column), content)


def check_same(*edits: Edit) -> str:
    after = apply_edits(BEFORE, edits)
    verify(BEFORE, after, edits)
    return after


def check_different(*edits: Edit) -> None:
    with pytest.raises(RewriteError, match="more changed than was declared"):
        verify(BEFORE, apply_edits(BEFORE, edits), edits)


def test_a_statement_may_be_edited_in_place() -> None:
    check_same(edit(8, 8, 8, 15, "raise"), edit(7, 12, 7, 17, "exception"), edit(7, 26, 7, 29))


def test_a_clause_may_be_added_between_others() -> None:
    check_same(edit(6, 0, 6, 0, "    except KeyError:\n        raise\n"))


def test_a_block_may_move_to_the_left_when_what_held_it_goes() -> None:
    after = check_same(edit(2, 0, 3, 4), edit(4, 0, 4, 4), edit(6, 0, 9, 0))
    assert after.splitlines()[:3] == [
        "def sync(account):",
        '    account.refresh("Größe")',
        '    text = """one',
    ]


def test_a_text_over_several_lines_may_not_move_with_its_block() -> None:
    check_different(edit(2, 0, 3, 4), edit(4, 0, 4, 4), edit(5, 0, 5, 4), edit(6, 0, 9, 0))


def test_what_follows_on_the_line_may_not_vanish_in_a_comment() -> None:
    check_different(edit(7, 26, 7, 26, ")  # "))


def test_a_name_may_not_become_an_attribute() -> None:
    check_different(edit(8, 14, 8, 14, "x."))


def test_a_statement_may_not_move_into_what_stands_before_it() -> None:
    before = "try:\n    a()\nfinally:\n    b()\ntry:\n    c()\nexcept X:\n    raise\n"
    kept = [edit(5, 0, 6, 0), edit(7, 0, 9, 0)]
    with pytest.raises(RewriteError, match="more changed than was declared"):
        verify(before, apply_edits(before, kept), kept)
    moved = [*kept, edit(6, 0, 6, 4)]
    verify(before, apply_edits(before, moved), moved)


IMPORTS = "from shop.errors import (\n    Late,\n    Missing as Lost,\n)\n"


def check_imports(after: str, *edits: Edit) -> None:
    verify(IMPORTS, apply_edits(IMPORTS, edits), edits)
    assert apply_edits(IMPORTS, edits) == after


def test_an_import_may_gain_names() -> None:
    check_imports(IMPORTS.replace("(\n", "(\n    Gone,\n"), edit(2, 0, 2, 0, "    Gone,\n"))
    check_imports(IMPORTS.replace("Lost,", "Lost, X as Y,"), edit(3, 19, 3, 19, ", X as Y"))


@pytest.mark.parametrize(
    "change",
    [edit(1, 5, 1, 5, "."), edit(1, 16, 1, 16, "s"), edit(3, 19, 3, 19, "s"), edit(2, 4, 2, 4, "X")],
)
def test_an_import_that_gains_names_keeps_its_module_and_the_others(change: Edit) -> None:
    with pytest.raises(RewriteError, match="more changed than was declared"):
        check_imports("", change)
