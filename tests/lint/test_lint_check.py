"""From facts to findings: selection, the shared-out rows of Ruff, identities, order."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file
from broadcatch.lint.check import check, check_judged
from broadcatch.lint.ruff import handler_rows, raise_rows
from broadcatch.model.findings import Finding
from tests.rules.tools import findings

CLAUSES = ("except:", "except Exception:", "except BaseException as e:", "except OSError as e:", "except E:")
BODIES = (
    "pass",
    "continue",
    "raise",
    "raise X",
    "raise X from None",
    "return 0",
    "log.error('no')",
    "raise StopIteration",
    "if a:\n                raise X",
    "if a:\n                raise X()\n            raise Y()",
)
handlers = st.lists(st.tuples(st.sampled_from(CLAUSES), st.sampled_from(BODIES)), min_size=1, max_size=4)


def module(parts: list[tuple[str, str]]) -> str:
    """A function with one try a part, so that any clause may stand in each."""
    tries = [
        f"        try:\n            work()\n        {clause}\n            {body}\n" for clause, body in parts
    ]
    return "E = Exception\ndef f():\n    for a in b:\n" + "".join(tries)


@given(handlers)
def test_each_row_of_ruff_stands_in_exactly_one_finding(parts: list[tuple[str, str]]) -> None:
    code = module(parts)
    facts = read_facts(code, "a.py")
    rows = [row for one in facts.handlers for row in (*handler_rows(one, ""), *raise_rows(one))]
    held = [row for finding in check(facts, Config()) for row in finding.ruff]
    assert Counter(held) == Counter(set(rows))


@given(handlers)
def test_a_finding_is_recognised_after_the_code_has_moved(parts: list[tuple[str, str]]) -> None:
    code = module(parts)
    moved = findings("import os\n\n\n# a comment\n" + code)
    assert [one.identity for one in moved] == [one.identity for one in findings(code)]
    assert [one.span.line for one in moved] == [one.span.line + 4 for one in findings(code)]


@given(handlers)
def test_no_two_findings_have_one_identity_and_all_stand_in_order(parts: list[tuple[str, str]]) -> None:
    every = findings(module(parts))
    assert len({one.identity for one in every}) == len(every)
    assert [(one.span, one.code) for one in every] == sorted((one.span, one.code) for one in every)


@given(handlers)
def test_turning_a_rule_off_takes_its_findings_away_and_no_others(parts: list[tuple[str, str]]) -> None:
    code = module(parts)
    kept = findings(code, Config(ignore=("BC301",)))
    assert _places(kept) == [place for place in _places(findings(code)) if place[1] != "BC301"]


def test_judging_may_happen_before() -> None:
    facts = read_facts("try:\n    a()\nexcept Exception:\n    pass\n", "a.py")
    assert check_judged(facts, judge_file(facts, Config()), Config()) == check(facts, Config())


def test_a_change_of_the_body_changes_the_identity() -> None:
    code = "try:\n    a()\nexcept Exception:\n    x = {}\n"
    first, second = (findings(code.format(value))[0].identity for value in ("0", "1"))
    assert (first.rule, first.ordinal) == (second.rule, second.ordinal)
    assert first.text_hash != second.text_hash


def test_quotes_brackets_and_line_breaks_change_no_identity() -> None:
    before = "try:\n    a('x', b)\nexcept Exception as e:\n    raise A('no') \n"
    after = (
        '\n\ntry:\n    a(\n        "x",\n        (b),\n    )\nexcept (Exception) as e:\n    raise A("no")\n'
    )
    assert [one.identity for one in findings(before)] == [one.identity for one in findings(after)] != []


def test_equal_handlers_of_a_function_are_told_apart_by_their_order() -> None:
    code = "def f():\n" + 2 * "    try:\n        a()\n    except Exception:\n        pass\n"
    first, second = [one.identity for one in findings(code) if one.code == "BC102"]
    assert (first.scope, first.ordinal, second.ordinal) == ("f", 0, 1)
    assert first.text_hash == second.text_hash


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (("BC",), (), ["BC102", "BC301"]),
        (("BC3",), (), ["BC301"]),
        (("BC",), ("BC3",), ["BC102"]),
        (("BC301",), ("BC3",), ["BC301"]),
        (("BC",), ("BC",), []),
        ((), (), []),
    ],
)
def test_the_more_specific_prefix_wins(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str]
) -> None:
    code = "try:\n    a()\nexcept Exception:\n    pass\n"
    assert [one.code for one in findings(code, Config(select=select, ignore=ignore))] == codes


def test_rows_of_ruff_go_to_what_is_selected() -> None:
    code = "try:\n    a()\nexcept Exception:\n    pass\n"
    (only,) = findings(code, Config(ignore=("BC301",)))
    assert [row.code for row in only.ruff] == ["BLE001", "S110"]


def test_handlers_of_a_class_that_is_not_an_error_are_left_alone() -> None:
    assert findings("try:\n    a()\nexcept KeyError:\n    pass\n") == ()


def _places(every: tuple[Finding, ...]) -> list[tuple[int, str]]:
    return [(one.span.line, one.code) for one in every]
