"""What the rules themselves say about the conformance cases, where Ruff and others differ from each other."""

from __future__ import annotations

import pytest

from tests.conformance.cases import Case, load_cases
from tests.rules.tools import findings

CASES = load_cases()
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_there_are_as_many_cases_as_the_file_promises() -> None:
    assert len(CASES) == len({case.id for case in CASES}) == 140


@EVERY
def test_the_rows_of_ruff_are_held_each_by_one_finding(case: Case) -> None:
    held = sorted((row.row, row.code) for one in findings(case.code) for row in one.ruff)
    assert [row for row in held if row[0] not in case.noqa_lines] == list(case.ruff)


@EVERY
def test_a_place_that_only_ruff_reports_is_a_note(case: Case) -> None:
    notes = [one for one in findings(case.code) if "Ruff reports" in one.message]
    assert all(one.severity == "note" and one.ruff for one in notes)


@EVERY
def test_every_finding_points_into_the_module(case: Case) -> None:
    lines = case.code.splitlines()
    for one in findings(case.code):
        text = lines[one.span.line - 1][one.span.column :]
        clause = int(one.handler.removeprefix("app/service.py:"))
        if text.startswith(("except", "raise")):
            assert lines[clause - 1].lstrip().startswith("except")
        else:  # a place without a clause stands for itself
            assert clause == one.span.line and text[:1].isidentifier()
