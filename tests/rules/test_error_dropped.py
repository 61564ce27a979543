"""BC301."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, findings, one


def test_the_fixture_is_as_marked() -> None:
    check_fixture("error_dropped")


@pytest.mark.parametrize("body", ["pass", "...", "'''why'''", "continue", "break", "return", "count()"])
def test_nothing_done_with_the_error_is_found(body: str) -> None:
    code = (
        "def f():\n    for a in b:\n        try:\n            work()\n"
        f"        except Exception:  # BC301\n            {body}\n"
    )
    check_finds(code, "BC301")


@pytest.mark.parametrize("body", ["raise", "log.error('no')", "x = 1", "errors.append(error)"])
def test_other_outcomes_are_left_alone(body: str) -> None:
    check_clean(f"try:\n    work()\nexcept Exception as error:\n    {body}\n", "BC301")


def test_specific_classes_are_reported_only_with_typed_and_as_notes() -> None:
    code = "try:\n    work()\nexcept KeyError:\n    pass\n"
    check_clean(code, "BC301")
    assert one(code, "BC301", Config(typed=True)).severity == "note"


def test_the_rows_of_ruff_are_shared_out() -> None:
    every = findings("try:\n    work()\nexcept Exception:\n    pass\n")
    assert {one.code: [row.code for row in one.ruff] for one in every} == {
        "BC102": ["BLE001"],
        "BC301": ["S110"],
    }


def test_a_configured_sink_records_the_error() -> None:
    code = "try:\n    work()\nexcept Exception:\n    metrics.failed()\n"
    check_clean(code, "BC301", Config(error_sinks=("metrics.failed",)))


@pytest.mark.parametrize(
    ("function", "severity"),
    [("place", "error"), ("close", "warning"), ("main", "error"), ("setup", "error")],
)
def test_the_place_decides_the_severity(function: str, severity: str) -> None:
    code = f"def {function}():\n    try:\n        work()\n    except Exception:\n        pass\n"
    assert one(code, "BC301").severity == severity


def test_tests_are_softer() -> None:
    code = "def {}():\n    try:\n        {}\n    except Exception:\n        pass\n"
    told = (
        code.format("test_it", "work()"),
        code.format("prepare", "work()"),
        code.format("check", "assert work()"),
    )
    found = [one(text, "BC301", path="tests/test_a.py").severity for text in told]
    assert found == ["warning", "note", "warning"]
