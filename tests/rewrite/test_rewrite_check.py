"""A rewrite that did more than it declared is found out."""

from __future__ import annotations

import pytest

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.apply import apply_edits
from broadcatch.rewrite.check import verify

BEFORE = "import os\ntry:\n    x()\nexcept Exception:\n    raise A\n"
TYPE = Edit(Span(4, 7, 4, 16), "KeyError")
CAUSE = Edit(Span(5, 11, 5, 11), " from e")
IMPORT = Edit(Span(1, 0, 1, 0), "import json\n")


def test_the_declared_change_is_accepted() -> None:
    verify(BEFORE, BEFORE.replace("Exception", "KeyError"), [TYPE])
    verify(BEFORE, BEFORE.replace("raise A", "raise A from e"), [CAUSE])
    verify(BEFORE, "import json\n" + BEFORE, [IMPORT])


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (BEFORE.replace("import os", "import sys"), "outside the edits"),
        (BEFORE.replace("x()", "y()"), "outside the edits"),
        (BEFORE + "\n", "lost or gained"),
        (BEFORE.replace("Exception", "KeyError("), "does not parse"),
        (BEFORE.replace("except Exception", "if x"), "does not parse"),
    ],
)
def test_anything_else_is_not(after: str, message: str) -> None:
    with pytest.raises(RewriteError, match=message):
        verify(BEFORE, after, [TYPE])


def test_the_body_on_the_line_of_an_edited_clause_may_not_change() -> None:
    before = BEFORE.replace(":\n    raise", ": raise")
    with pytest.raises(RewriteError, match="more changed"):
        verify(before, before.replace("Exception: raise A", "KeyError: raise B"), [TYPE])


def test_an_edited_raise_may_gain_a_cause_but_not_another_exception() -> None:
    with pytest.raises(RewriteError, match="more changed"):
        verify(BEFORE, BEFORE.replace("raise A", "raise B from e"), [CAUSE])


def test_a_clause_that_was_not_edited_may_not_change() -> None:
    with pytest.raises(RewriteError, match="outside the edits"):
        verify(BEFORE, BEFORE.replace("Exception", "KeyError"), [CAUSE])


def test_only_the_declared_import_may_come() -> None:
    with pytest.raises(RewriteError, match="more changed"):
        verify(BEFORE, "import yaml\n" + BEFORE, [IMPORT])


def test_a_result_that_parses_and_does_not_compile_is_found() -> None:
    before = "from __future__ import annotations\n"
    with pytest.raises(RewriteError, match="does not compile"):
        verify(before, "import json\n" + before, [IMPORT])


def test_a_file_that_did_not_compile_before_is_held_to_its_text_alone() -> None:
    before = BEFORE + "return 1\n"
    verify(before, before.replace("Exception", "KeyError"), [TYPE])


FUNCTION = """def f():
    try:
        x()
    except Exception:
        log("ü", 1); y()
    z()
"""


def edited(text: str, *edits: Edit) -> str:
    after = apply_edits(text, edits)
    verify(text, after, edits)
    return after


def test_a_clause_may_come_before_another() -> None:
    clause = Edit(Span(4, 0, 4, 0), "    except KeyError:\n        raise\n")
    assert "except KeyError:\n        raise\n    except Exception" in edited(FUNCTION, clause)


def test_a_statement_may_go_or_be_replaced() -> None:
    edited(FUNCTION, Edit(Span(5, 8, 5, 21), ""))
    edited(FUNCTION, Edit(Span(5, 8, 5, 19), 'log.exception("ü")'))


def test_a_statement_may_be_wrapped_in_a_loop() -> None:
    wrapped = Edit(Span(2, 4, 3, 11), "for _ in range(3):\n        x()\n    try:\n        x()")
    edited(FUNCTION, wrapped)


def test_what_stands_in_a_block_may_not_fall_out_of_it() -> None:
    before = "if a:\n    b()\n    c()\n"
    with pytest.raises(RewriteError, match="more changed"):
        edited(before, Edit(Span(3, 0, 3, 4), ""))


def test_the_neighbour_on_the_line_of_an_edited_statement_may_not_change() -> None:
    after = FUNCTION.replace("1); y()", "2); yy()")
    with pytest.raises(RewriteError, match="more changed"):
        verify(FUNCTION, after, [Edit(Span(5, 17, 5, 18), "2")])


def test_a_comment_that_swallows_a_statement_is_found_out() -> None:
    with pytest.raises(RewriteError, match="more changed"):
        edited(FUNCTION, Edit(Span(5, 19, 5, 19), " #"))
