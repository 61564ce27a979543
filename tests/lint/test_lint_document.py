"""The docstring of a rule is its documentation, its examples run, and the page is current."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

import pytest

from broadcatch.config.options import Config
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.document import catalogue, page_of, severity_table
from broadcatch.lint.rule import Rule
from broadcatch.lint.severity import ZONES, severity_at
from broadcatch.model.outcome import BUILT_IN_ZONES
from tests.rules.tools import found

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
EVERYTHING = Config(require_reason=True)
"""With what must be turned on before a rule says anything."""
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)

HEADINGS = ("What it finds", "Why it hurts", "Example", "Instead", "Fix safety", "Options")


@RULES
def test_the_headings_are_the_fixed_ones(rule: Rule) -> None:
    assert tuple(page_of(rule).sections) == HEADINGS


@RULES
def test_no_section_is_empty_and_the_summary_is_a_sentence(rule: Rule) -> None:
    page = page_of(rule)
    assert all(page.sections.values())
    assert re.fullmatch(r"[A-Z][^\n]*\.", page.summary)


@RULES
def test_the_example_fires(rule: Rule) -> None:
    assert found(page_of(rule).code("Example"), rule.code, EVERYTHING)


@RULES
def test_what_stands_under_instead_does_not(rule: Rule) -> None:
    code = page_of(rule).code("Instead")
    assert ast.parse(code).body
    assert found(code, rule.code, EVERYTHING) == []


@RULES
def test_the_options_are_keys_of_the_configuration(rule: Rule) -> None:
    keys = {field.name.replace("_", "-") for field in dataclasses.fields(Config)}
    lines = re.findall(r"^- (.*?):", page_of(rule).sections["Options"], re.MULTILINE)
    named = {name for line in lines for name in re.findall(r"`([^`]+)`", line)}
    assert named <= keys


def test_the_page_of_all_rules_is_current() -> None:
    hint = "python -m broadcatch.lint.document > docs/rules.md"
    assert PAGE.read_text(encoding="utf-8") == catalogue(), hint


def test_the_page_links_to_every_rule() -> None:
    page = catalogue()
    for rule in all_rules():
        assert f"## {rule.code} {rule.name}\n" in page
        assert f"(#{rule.code.lower()}-{rule.name})" in page


def test_the_severity_table_is_the_one_that_is_applied() -> None:
    columns = severity_table().splitlines()[0].strip("| ").split(" | ")
    assert columns == ["outcome", *ZONES]
    for line in severity_table().splitlines()[2:]:
        outcome, *cells = line.strip("| ").split(" | ")
        assert cells == [severity_at(outcome, zone, Config()) for zone in ZONES]


def test_every_zone_that_code_is_told_to_be_has_a_column() -> None:
    assert set(ZONES) == set(BUILT_IN_ZONES)
