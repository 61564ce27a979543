"""BC901."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, found, one

BROAD = "try:\n    work()\nexcept Exception:  {}\n    x = 1\n"
NARROW = "try:\n    work()\nexcept KeyError:  {}\n    x = 1\n"
BARE_AND_RAISED = "try:\n    work()\nexcept:  {}\n    raise\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("unused_suppression")


@pytest.mark.parametrize(
    ("comment", "severity"),
    [
        ("# broadcatch: ignore[BC102]", "warning"),
        ("# broadcatch: ignore", "warning"),
        ("# broadcatch: ignore[broad-except]", "warning"),
        ("# noqa: BLE001", "note"),
        ("# noqa: E722", "note"),
        ("# noqa: B904", "note"),
        ("# noqa: BC102", "note"),
        ("# pylint: disable=broad-except", "note"),
        ("# pylint: disable=W0702", "note"),
        ("# ruff: ignore[BLE001]", "note"),
    ],
)
def test_a_suppression_of_nothing_is_found(comment: str, severity: str) -> None:
    assert one(NARROW.format(comment), "BC901").severity == severity


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: E501",
        "# pylint: disable=unused-variable",
        "# noqa: S110",
        "# noqa: TRY400",
        "# noqa: PLW0603",
    ],
)
def test_what_cannot_be_told_is_left_alone(comment: str) -> None:
    check_clean(NARROW.format(comment), "BC901")


def test_the_codes_of_a_mixed_list_are_told_apart() -> None:
    finding = one(BROAD.format("# noqa: BLE001, B904, E501"), "BC901")
    assert finding.message == "`B904` silences nothing here"


def test_a_code_counts_as_used_where_ruff_reports_though_we_do_not() -> None:
    code = "try:\n    work()\nexcept Exception as e:  # noqa: BLE001\n    raise ValueError from None\n"
    assert [x.message for x in found(code, "BC901")] == []


@pytest.mark.parametrize("comment", ["# noqa: E722", "# pylint: disable=bare-except"])
def test_a_bare_clause_that_raises_again_may_still_be_reported_by_another_linter(comment: str) -> None:
    check_clean(BARE_AND_RAISED.format(comment), "BC901")


@pytest.mark.parametrize(
    ("comment", "config"),
    [
        ("# broadcatch: ignore[BC102]", Config(select=("BC101", "BC9"))),
        ("# broadcatch: ignore[BC1]", Config(select=("BC101", "BC9"))),
        ("# broadcatch: ignore", Config(ignore=("BC303",))),
        ("# noqa: BLE001", Config(ignore=("BC102",))),
    ],
)
def test_a_code_is_judged_only_where_its_rules_are_on(comment: str, config: Config) -> None:
    check_clean(NARROW.format(comment), "BC901", config)


def test_a_rule_that_does_not_exist_is_named() -> None:
    finding = one(BROAD.format("# broadcatch: ignore[BC102, BC302, BC999, broad-exept]"), "BC901")
    assert finding.message == "there is no rule `BC999`, `broad-exept`"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("x = 1  # broadcatch: file-ignore[BC102]\n", "it must stand on a line of its own"),
        ("x = 1  # broadcatch: disable[BC102]\n", "it must stand on a line of its own"),
        (
            "if x:\n  # broadcatch: file-ignore[BC102]\n  x = 1\n",
            "it must stand on a line of its own, not indented",
        ),
        ("x = 1  # broadcatch: ignore[BC102\n", "it cannot be read"),
        ("x = 1  # broadcatch: ignore[]\n", "it names no rule"),
        ("x = 1  # broadcatch: noqa\n", "it cannot be read"),
        (
            "# broadcatch: disable[BC102]\nx = 1\n# broadcatch: enable[BC101]\n",
            "nothing above it was disabled with the same codes and indentation",
        ),
    ],
)
def test_a_comment_for_us_that_cannot_work_says_why(code: str, why: str) -> None:
    assert found(code, "BC901")[-1].message.endswith(f"silences nothing: {why}")


def test_our_own_comment_may_silence_it() -> None:
    check_clean(NARROW.format("# broadcatch: ignore[BC102, BC901] both linters want it"), "BC901")


def test_another_tools_comment_does_not_silence_it() -> None:
    check_finds("# ruff: noqa\nx = 1  # broadcatch: ignore[BC102] # BC901\n", "BC901")
