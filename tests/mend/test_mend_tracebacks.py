"""Which records of a clause gain the traceback?"""

from __future__ import annotations

from textwrap import indent

from mending import asked, mended

from broadcatch.rewrite.codemods.traceback import TracebackWanted

HEAD = "import logging\nlog = logging.getLogger(__name__)\ntry:\n    run()\nexcept Exception as e:\n"


def lines(body: str) -> list[int]:
    """The lines of `body`, from 1, whose records are asked for."""
    found = asked(HEAD + indent(body, "    ") + "\n")
    return [one.line - HEAD.count("\n") for one in found if isinstance(one, TracebackWanted)]


def test_the_record_that_tells_of_the_error_is_meant_and_only_the_first_of_a_way() -> None:
    assert lines('log.error("failed")\nlog.error("why: %s", e)\nlog.error("what: %s", e)') == [2]


def test_without_one_that_tells_it_the_first_loud_one_is_meant() -> None:
    assert lines('log.debug("failed")\nlog.warning("failed")\nlog.error("failed")') == [2]
    assert lines('log.debug("failed")') == []


def test_each_branch_has_its_own() -> None:
    assert lines("if x:\n    log.error(e)\nelse:\n    log.warning(e)\nlog.error(e)") == [2, 4]
    assert lines("if x:\n    log.error(e)\nlog.error(e)") == [2, 3]


def test_a_way_that_has_the_traceback_needs_no_other() -> None:
    assert lines("if x:\n    log.exception('no')\nelse:\n    log.error(e)") == [4]


def test_records_in_loops_nested_clauses_and_functions_are_left_alone() -> None:
    assert lines("for x in y:\n    log.error(e)") == []
    assert lines("try:\n    undo()\nexcept KeyError:\n    log.error(e)") == []
    assert lines("def f():\n    log.error(e)\nprint(e)") == []


def test_what_shows_text_but_is_no_logger_is_left_alone() -> None:
    assert lines("print(e)") == []
    assert lines("display.warning(e)") == []


def test_a_second_run_changes_nothing() -> None:
    before = HEAD + '    log.error("failed: %s", e)\n'
    after = mended(before, "traceback")
    assert after.endswith('except Exception:\n    log.exception("failed")\n')
    assert mended(after, "traceback") == after
