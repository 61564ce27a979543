"""BC101."""

from __future__ import annotations

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, findings, one

HEAD = "try:\n    work()\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("bare_except")


def test_a_bare_clause_that_passes_is_found() -> None:
    check_finds(HEAD + "except:  # BC101\n    pass\n", "BC101")


def test_a_raise_in_one_branch_is_not_enough() -> None:
    check_finds(HEAD + "except:  # BC101\n    if strict:\n        raise\n", "BC101")


def test_a_raise_in_every_branch_is_enough() -> None:
    code = HEAD + "except:\n    if strict:\n        raise\n    else:\n        raise Failed() from None\n"
    check_clean(code, "BC101")


def test_cleaning_up_and_raising_again_is_right() -> None:
    check_clean(HEAD + "except:\n    undo()\n    raise\n", "BC101")


def test_ending_the_program_is_leaving() -> None:
    check_clean("import sys\n" + HEAD + "except:\n    sys.exit(1)\n", "BC101")


def test_an_earlier_clause_is_no_excuse() -> None:
    check_finds(HEAD + "except KeyboardInterrupt:\n    raise\nexcept:  # BC101\n    pass\n", "BC101")


def test_a_finally_that_returns_loses_the_error_again() -> None:
    code = """
        def f():
            try:
                work()
            except:  # BC101
                raise
            finally:
                return 1
    """
    check_finds(code, "BC101")


def test_the_message_says_what_takes_the_place_of_the_error() -> None:
    code = "def f():\n    try:\n        return work()\n    except:\n        return 0\n"
    assert one(code, "BC101").message == (
        "catches everything; `return 0` takes its place (Ctrl-C and exits end here too)"
    )


def test_the_message_says_that_only_one_path_keeps_the_error() -> None:
    code = HEAD + "except:\n    if strict:\n        raise\n"
    assert one(code, "BC101").message == (
        "catches everything; on one path the error is dropped (Ctrl-C and exits end here too)"
    )


def test_where_ruff_alone_reports_a_note_says_so() -> None:
    (note,) = [n for n in findings(HEAD + "except:\n    raise Failed() from None\n") if n.code == "BC101"]
    assert note.severity == "note"
    assert note.message.endswith("Ruff reports E722 here")
    assert [row.code for row in note.ruff] == ["E722"]


def test_a_configured_exit_call_is_leaving() -> None:
    code = HEAD + "except:\n    cli.die()\n"
    check_clean(code, "BC101", Config(exit_calls=("cli.die",)))
