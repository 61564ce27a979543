"""BC105."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one


def tries(*clauses: str) -> str:
    return "try:\n    work()\n" + "".join(f"{clause}\n    pass\n" for clause in clauses)


def test_the_fixture_is_as_marked() -> None:
    check_fixture("dead_handler")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("ValueError", "ValueError", "never runs: ValueError is caught in line 3 already"),
        ("OSError", "IOError", "never runs: IOError is OSError, which is caught in line 3"),
        (
            "LookupError",
            "KeyError",
            "never runs: KeyError is a kind of LookupError, which is caught in line 3",
        ),
        ("BaseException", "Whatever", None),
        ("(OSError, ValueError)", "(UnicodeError, TimeoutError)", None),
        ("errors.Gone", "errors.Gone", None),
    ],
)
def test_a_clause_behind_one_that_catches_all_of_it_is_dead(
    first: str, second: str, words: str | None
) -> None:
    code = tries(f"except {first}:", f"except {second}:")
    found = one(code, "BC105")
    assert (found.span.line, found.severity) == (5, "warning")
    assert words is None or found.message == words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("KeyError", "LookupError"),
        ("Exception", "KeyboardInterrupt"),
        ("Exception", "(SystemExit, GeneratorExit)"),
        ("Exception", "unknown.Error"),
        ("a.Error", "b.Error"),
        ("make()", "make()"),
        ("errors[0]", "errors[0]"),
    ],
)
def test_what_may_still_arrive_is_no_dead_clause(first: str, second: str) -> None:
    check_clean(tries(f"except {first}:", f"except {second}:"), "BC105")


def test_a_cancellation_is_no_exception() -> None:
    check_clean("import asyncio\n" + tries("except Exception:", "except asyncio.CancelledError:"), "BC105")


def test_a_timeout_of_asyncio_is_an_oserror_only_since_python_3_11() -> None:
    check_clean("import asyncio\n" + tries("except OSError:", "except asyncio.TimeoutError:"), "BC105")


def test_a_group_is_split_the_same_way() -> None:
    check_finds(tries("except* OSError:", "except* TimeoutError:  # BC105"), "BC105")


def test_one_class_of_several_that_does_nothing_is_a_note() -> None:
    found = one(tries("except OSError:", "except (TimeoutError, KeyError):"), "BC105")
    assert found.severity == "note"
    assert found.message == "does nothing here: TimeoutError is a kind of OSError, which is caught in line 3"


def test_a_class_beside_its_base_is_a_note() -> None:
    found = one(tries("except (ValueError, Exception):"), "BC105")
    assert found.severity == "note"
    assert found.message == "does nothing here: ValueError is a kind of Exception, which stands beside it"


def test_a_constant_that_holds_more_than_is_left_is_no_note() -> None:
    check_clean("ERRS = (OSError, KeyError)\n" + tries("except OSError:", "except ERRS:"), "BC105")


def test_a_name_that_is_bound_twice_is_not_judged() -> None:
    head = (
        "try:\n    from json import JSONDecodeError\nexcept ImportError:\n    JSONDecodeError = ValueError\n"
    )
    check_clean(head + tries("except JSONDecodeError:", "except ValueError:"), "BC105")


def test_the_clauses_of_another_try_do_not_count() -> None:
    code = (
        "try:\n    try:\n        work()\n    except ValueError:\n        pass\nexcept ValueError:\n    pass\n"
    )
    check_clean(code, "BC105")
