"""BC201."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, findings, one

HEAD = "try:\n    work()\nexcept OSError as error:\n"
BROKEN = HEAD.replace("OSError", "Exception")


def test_the_fixture_is_as_marked() -> None:
    check_fixture("unchained_raise")


@pytest.mark.parametrize(
    "body",
    [
        "raise Failed()  # BC201",
        "raise Failed  # BC201",
        "if a:\n        b()\n    else:\n        raise Failed()  # BC201",
        "for a in b:\n        c()\n    else:\n        raise Failed()  # BC201",
        "try:\n        raise Failed()  # BC201\n    except KeyError:\n        pass",
        "try:\n        a()\n    except KeyError:\n        pass\n    else:\n        raise Failed()  # BC201",
        "try:\n        a()\n    finally:\n        raise Failed()  # BC201",
        "with a:\n        raise Failed()  # BC201",
        "match a:\n        case 1:\n            raise Failed()  # BC201",
        "raise type(error)('more')  # BC201",
    ],
)
def test_a_raise_without_a_cause_is_found_wherever_it_stands(body: str) -> None:
    check_finds(f"{HEAD}    {body}\n", "BC201")


@pytest.mark.parametrize(
    "body",
    [
        "raise",
        "raise error",
        "raise error.with_traceback(tb)",
        "raise error.original",
        "raise Failed() from error",
        "raise Failed() from None",
        "again = error\n    raise again",
        "new = Failed()\n    new.__cause__ = error\n    raise new",
        "raise StopIteration",
        "raise SystemExit(1)",
        "raise typer.Exit(1)",
        "raise click.exceptions.Abort()",
        "raise self.retry(countdown=3)",
        "try:\n        raise Failed()\n    except Failed:\n        pass",
        "def later():\n        raise Failed()",
    ],
)
def test_a_raise_that_needs_no_cause_is_left_alone(body: str) -> None:
    check_clean(f"import click\nimport typer\n{HEAD}    {body}\n", "BC201")


def test_a_raise_in_a_nested_handler_belongs_to_that_handler() -> None:
    code = HEAD + "    try:\n        a()\n    except KeyError:\n        raise Failed()\n"
    assert one(code, "BC201").handler == "app/service.py:6"


def test_handing_the_error_to_the_new_one_makes_it_a_note() -> None:
    assert one(HEAD + "    raise Failed(str(error))\n", "BC201").severity == "note"
    assert one(HEAD + "    text = f'no: {error}'\n    raise Failed(text)\n", "BC201").severity == "note"
    assert one(BROKEN + "    raise Failed('no')\n", "BC201").severity == "warning"


def raised(clause: str, lines: int = 1, body: str = "raise Failed()", config: Config | None = None) -> str:
    """The severity of a raise in a clause behind a `try` of so many lines."""
    tried = "    work()\n" * lines
    return one(f"try:\n{tried}except {clause}:\n    {body}\n", "BC201", config).severity


@pytest.mark.parametrize(
    "clause",
    [
        "KeyError", "(TypeError, ValueError)", "StopIteration", "ImportError", "Order.DoesNotExist",
        "json.JSONDecodeError", "FileNotFoundError", "TimeoutError", "ProjectError", "re.error",
        "ObjectDoesNotExist", "sync.Timeout as error",
    ],
)  # fmt: skip
def test_a_class_that_says_what_failed_loses_nothing(clause: str) -> None:
    assert raised(clause) == "note"


def test_an_everyday_class_around_many_lines_may_be_a_mistake_of_the_code() -> None:
    assert (raised("TypeError", 10), raised("TypeError", 11), raised("ProjectError", 50)) == (
        "note",
        "warning",
        "note",
    )
    assert (raised("ObjectDoesNotExist", 5), raised("ObjectDoesNotExist", 6)) == ("note", "warning")


def test_the_lines_of_earlier_clauses_are_none_of_the_try() -> None:
    earlier = "except KeyError:\n" + "    other()\n" * 20
    code = f"try:\n    work()\n{earlier}except TypeError:\n    raise Failed()\n"
    assert one(code, "BC201").severity == "note"


@pytest.mark.parametrize(
    "body",
    [
        "if error.errno == 2:\n        raise Failed()",
        "code = error.args[0]\n    if code == 2:\n        raise Failed()",
        "if error.errno != 2:\n        raise\n    raise Failed()",
        "logger.exception('no')\n    raise Failed()",
        "logger.error('no: %s', error)\n    raise Failed()",
        "report(error)\n    raise Failed()",
    ],
)
def test_an_error_that_was_looked_at_recorded_or_handed_on_is_not_lost(body: str) -> None:
    assert raised("OSError as error", body=body) == "note"


def test_a_condition_about_something_else_is_no_look_at_the_error() -> None:
    assert raised("Exception as error", body="if strict:\n        raise Failed()") == "warning"


def test_a_specific_class_says_what_failed() -> None:
    assert raised("OSError") == raised("requests.RequestException") == raised("sqlite3.Error") == "note"
    assert raised("(OSError, Exception)") == "warning"


def test_a_step_or_two_that_check_what_was_given_fail_for_one_reason() -> None:
    code = "try:\n{}except Exception as error:\n    raise {}\n"
    steps = "    load(text)\n    open(text)\n    fetch(text)\n"
    assert one(code.format("    load(text)\n", "ValidationError('no')"), "BC201").severity == "note"
    assert one(code.format("    load(text)\n", "ApiError(400, 'no')"), "BC201").severity == "note"
    assert one(code.format("    load(text)\n", "ApiError(500, 'no')"), "BC201").severity == "warning"
    assert one(code.format("    load(text)\n", "ApiError(401, 'no')"), "BC201").severity == "warning"
    assert one(code.format(steps, "ValidationError('no')"), "BC201").severity == "warning"


def test_one_value_that_is_read_fails_in_one_way_whatever_the_clause() -> None:
    code = "try:\n    {}\nexcept Exception:\n    raise Failed()\n"
    assert one(code.format("port = int(text)"), "BC201").severity == "note"
    assert one(code.format("port = int(fetch(text))"), "BC201").severity == "warning"


def test_a_project_that_selects_b904_wants_a_cause_everywhere() -> None:
    wanted = Config(ruff_select=("E", "B"))
    assert raised("KeyError", config=wanted) == "warning"
    assert raised("KeyError", config=replace(wanted, ruff_ignore=("B904",))) == "note"


def test_a_ready_made_error_is_a_note() -> None:
    assert one(HEAD + "    raise not_found\n", "BC201").severity == "note"


def test_an_error_that_is_made_here_is_a_warning() -> None:
    assert one(BROKEN + "    new = Failed()\n    raise new\n", "BC201").severity == "warning"


def test_the_finding_stands_on_the_raise() -> None:
    finding = one(HEAD + "    a()\n    raise Failed()\n", "BC201")
    assert (finding.span.line, finding.noqa_row, finding.handler) == (5, 5, "app/service.py:3")
    assert [(row.code, row.row) for row in finding.ruff] == [("B904", 5)]


def test_two_raises_are_two_findings_each_with_its_own_row_of_ruff() -> None:
    code = HEAD + "    if a:\n        raise Failed()\n    raise Other()\n"
    every = [one for one in findings(code) if one.code == "BC201"]
    assert [[(row.code, row.row) for row in one.ruff] for one in every] == [[("B904", 5)], [("B904", 6)]]


def test_where_ruff_alone_reports_the_note_gives_the_reason() -> None:
    (note,) = findings(HEAD + "    raise error.with_traceback(tb)\n")
    assert (note.code, note.severity) == ("BC201", "note")
    assert "the caught error itself" in note.message


def test_the_steps_lead_to_the_raise_and_not_along_the_worst_path() -> None:
    code = f"{HEAD}    if strict:\n        raise Failed('no')\n    answer = 0\n"
    assert one(code, "BC201").steps == ((4, "if strict"), (5, "raise Failed('no')"))


def test_of_two_raises_each_has_steps_of_its_own() -> None:
    code = f"{HEAD}    if strict:\n        raise Failed('no')\n    raise Other\n"
    first, second = (one for one in findings(code) if one.code == "BC201")
    assert first.steps[-1] == (5, "raise Failed('no')")
    assert second.steps[-1] == (6, "raise Other")


LONG = "def {name}(text):\n    try:\n{lines}    except {clause}:\n        raise {error}()\n"


def told(clause: str, name: str = "load", error: str = "ValidationError") -> str:
    lines = "        step(text)\n" * 20
    return one(LONG.format(name=name, lines=lines, clause=clause, error=error), "BC201").severity


def test_a_failed_look_up_that_whoever_gave_the_value_is_told_of_is_a_note() -> None:
    assert told("ObjectDoesNotExist") == told("ValueError", error="InvalidPage") == "note"
    assert told("(TypeError, ValueError)", "clean_pages", "Failed") == "note"


def test_a_mistake_of_the_code_is_nothing_to_tell_the_giver() -> None:
    assert told("TypeError") == "warning"
    assert told("ConnectionError") == told("ValueError", error="Failed") == "note"


CHECKED = "def f(text):\n    try:\n        {}\n    except Exception:\n        raise Failed({!r})\n"


def test_one_step_whose_text_says_that_the_value_is_no_good_tells_the_giver() -> None:
    two = "a.parse(text)\n        b.parse(text)\n        c.parse(text)"
    assert one(CHECKED.format("codec.parse(text)", "pubkey could not be parsed"), "BC201").severity == "note"
    assert one(CHECKED.format(two, "pubkey could not be parsed"), "BC201").severity == "warning"


def test_a_raise_beside_which_the_error_leaves_is_chosen() -> None:
    code = "try:\n    a()\n    b()\n    c()\nexcept Exception:\n    if {}:\n        raise Failed()\n    {}\n"
    assert one(code.format("local", "raise"), "BC201").severity == "note"
    assert one(code.format("local", "pass"), "BC201").severity == "warning"
