"""BC903."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_fixture, found

STRICT = Config(require_reason=True)
CODE = "try:\n    work()\nexcept Exception:  {}\n    x = 1\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("suppression_without_reason", STRICT)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: BLE001",
        "# noqa: BLE001, E501",
        "# noqa: BLE001 # BC102 BC301",
        "# noqa: BLE001 -",
        "# pylint: disable=broad-except",
        "# pylint: disable=broad-except,invalid-name",
        "# pylint: disable=broad-except # type: ignore[misc]",
        "# broadcatch: ignore[BC1, BC3]",
        "# ruff: ignore[BLE001]",
    ],
)
def test_a_comment_without_words_is_found(comment: str) -> None:
    assert [one.severity for one in found(CODE.format(comment), "BC903", STRICT)] == ["warning"]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: BLE001 - last resort",
        "# noqa: BLE001  # last resort",
        "# last resort  # noqa: BLE001",
        "# noqa: BLE001 (last resort)",
        "# pylint: disable=broad-except  # last resort",
        "# pylint: disable=broad-except; last resort",
        "# pylint: disable=broad-except last resort",
        "# broadcatch: ignore[BC102] last resort",
        "# noqa: BLE001  # pylint: disable=broad-except  # last resort",
        "# noqa: E501",
    ],
)
def test_words_beside_the_codes_are_a_reason(comment: str) -> None:
    check_clean(CODE.format(comment), "BC903", STRICT)


def test_two_pragmas_of_one_comment_are_one_finding() -> None:
    assert len(found(CODE.format("# pylint: disable=broad-except # noqa: BLE001"), "BC903", STRICT)) == 1


def test_nothing_is_asked_for_by_default() -> None:
    check_clean(CODE.format("# noqa"), "BC903")


def test_what_hides_nothing_needs_no_reason() -> None:
    check_clean("x = 1  # noqa: BLE001\n", "BC903", STRICT)
