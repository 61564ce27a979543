"""Does the page about the risk model say what the tables say?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadcatch.config.weights import MIDDLE, SOURCES, WEIGHTS
from broadcatch.risk import tiers

PAGE = (Path(__file__).parents[2] / "docs" / "risk.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([a-z][a-z -]*) \| ([-+]?[\d.]+) \|", PAGE, re.MULTILINE))


@pytest.mark.parametrize(("name", "weight"), [*WEIGHTS.items(), *SOURCES.items()])
def test_the_page_gives_the_weight_of_every_factor(name: str, weight: float) -> None:
    assert float(ROWS[name]) == weight


def test_the_page_names_no_factor_that_is_gone() -> None:
    assert set(ROWS) == set(WEIGHTS) | set(SOURCES)


def test_the_page_gives_the_thresholds() -> None:
    assert f"2^({MIDDLE:g} - d)" in PAGE
    for threshold in (tiers.HANDLER_HIGH, tiers.FILE_HIGH):
        assert f"| high | {threshold:g} and more |" in PAGE
    for threshold in (tiers.HANDLER_MEDIUM, tiers.FILE_MEDIUM):
        assert f"| low | below {threshold:g} |" in PAGE
