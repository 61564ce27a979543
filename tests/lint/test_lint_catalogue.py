"""Every rule is one documented file with its tests and fixtures, and none is listed anywhere."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from broadcatch.lint.catalogue import DuplicateRuleError, all_rules, find_rule, ordered, rules_in
from broadcatch.lint.rule import Rule

ROOT = Path(__file__).parents[2]
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def test_the_rules_are_sorted_by_code() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(codes)
    assert {"BC101", "BC102", "BC103", "BC201", "BC203", "BC301", "BC302", "BC303"} <= set(codes)


def test_every_file_in_the_folder_holds_exactly_one_rule() -> None:
    files = sorted(path.stem for path in (ROOT / "broadcatch/lint/rules").glob("*.py") if path.stem[0] != "_")
    assert sorted(_stem(rule) for rule in all_rules()) == files


@RULES
def test_a_rule_has_one_name_everywhere(rule: Rule) -> None:
    stem = _stem(rule)
    assert rule.name == stem.replace("_", "-")
    assert type(rule).__name__ == "".join(word.title() for word in stem.split("_"))
    assert type(rule).__module__ == f"broadcatch.lint.rules.{stem}"


@RULES
@pytest.mark.parametrize(
    "pattern",
    [
        "broadcatch/lint/rules/{}.py",
        "tests/rules/test_{}.py",
        "fixtures/rules/{}.py",
        "fixtures/rules/{}.fixed.py",
    ],
)
def test_a_rule_has_its_four_files(rule: Rule, pattern: str) -> None:
    assert (ROOT / pattern.format(_stem(rule))).is_file()


@RULES
def test_the_fixture_of_a_rule_shows_it(rule: Rule) -> None:
    assert rule.code in (ROOT / f"fixtures/rules/{_stem(rule)}.py").read_text(encoding="utf-8")


def test_no_ruff_code_is_the_twin_of_two_rules() -> None:
    twins = [rule.twin for rule in all_rules() if rule.twin]
    assert len(twins) == len(set(twins))


def test_a_rule_is_found_by_code_and_by_name() -> None:
    assert find_rule("bc102") is find_rule("broad-except")
    assert find_rule("BC999") is None


def test_two_rules_with_one_code_are_a_mistake() -> None:
    module = ModuleType("copied")
    again = type("Again", (type(all_rules()[0]),), {"__module__": "copied", "name": "again"})
    module.Again = again  # type: ignore[attr-defined]
    with pytest.raises(DuplicateRuleError, match="BC101"):
        ordered([*all_rules(), *rules_in(module)])


def test_an_alias_of_a_type_in_a_rules_module_is_no_rule() -> None:
    module = ModuleType("aliased")
    module.Names = tuple[str, ...]  # type: ignore[attr-defined]
    assert rules_in(module) == []


def _stem(rule: Rule) -> str:
    return type(rule).__module__.rpartition(".")[2]
