"""BC304."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one


def test_the_fixture_is_as_marked() -> None:
    check_fixture("finally_swallows")


@pytest.mark.parametrize(
    "ending",
    [
        "return 1  # BC304",
        "if done:\n            return  # BC304",
        "with lock:\n            return 1  # BC304",
    ],
)
def test_a_return_is_found_wherever_it_leaves(ending: str) -> None:
    check_finds(f"def f():\n    try:\n        work()\n    finally:\n        {ending}\n", "BC304")


@pytest.mark.parametrize(
    "ending",
    [
        "for a in b:\n            break",
        "while a:\n            continue",
        "def g():\n            return 1",
        "close()",
    ],
)
def test_what_stays_inside_is_fine(ending: str) -> None:
    check_clean(f"def f():\n    try:\n        work()\n    finally:\n        {ending}\n", "BC304")


def test_a_return_from_a_loop_inside_leaves_all_the_same() -> None:
    code = """
        def f():
            try:
                work()
            finally:
                for a in b:
                    return a  # BC304
    """
    check_finds(code, "BC304")


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("except KeyError:", "whatever was on its way"),
        ("except Exception:", "Ctrl-C"),
        ("except BaseException:", "what the clauses raise, and what they return"),
        ("except:", "what the clauses raise, and what they return"),
    ],
)
def test_the_clauses_change_the_words_and_not_the_severity(clause: str, words: str) -> None:
    code = (
        f"def f():\n    try:\n        work()\n    {clause}\n        log()\n    finally:\n        return 1\n"
    )
    finding = one(code, "BC304")
    assert words in finding.message
    assert (finding.severity, finding.outcome, finding.ruff) == ("error", "dropped", ())
