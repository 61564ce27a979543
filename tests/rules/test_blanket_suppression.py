"""BC902."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_fixture, one

CODE = "{above}try:\n    work()\nexcept Exception:  {inline}\n    pass\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("blanket_suppression")


@pytest.mark.parametrize(
    ("above", "inline", "severity"),
    [
        ("", "# noqa", "note"),
        ("", "# broadcatch: ignore", "warning"),
        ("# broadcatch: disable\n", "", "warning"),
        ("# ruff: noqa\n", "", "warning"),
        ("# flake8: noqa\n", "", "warning"),
        ("# pylint: skip-file\n", "", "warning"),
        ("# pylint: disable=all\n", "", "warning"),
        ("# noinspection ALL\n", "", "note"),
    ],
)
def test_a_suppression_without_codes_that_hides_a_finding(above: str, inline: str, severity: str) -> None:
    finding = one(CODE.format(above=above, inline=inline), "BC902")
    assert finding.severity == severity
    assert finding.message.endswith("names no code, and hides BC102, BC301")


@pytest.mark.parametrize(
    "comment", ["# noqa: BLE001", "# broadcatch: ignore[BC]", "# pylint: disable=broad-except"]
)
def test_one_with_codes_is_none(comment: str) -> None:
    check_clean(CODE.format(above="", inline=comment), "BC902")


def test_one_that_hides_only_a_note_is_left_alone() -> None:
    check_clean("try:\n    work()\nexcept Exception:  # noqa\n    raise\n", "BC902")
