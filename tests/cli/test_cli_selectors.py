"""A selector of no rule is an error that names the place, the selector and the rules there are."""

from __future__ import annotations

import pytest

from broadcatch.cli.selectors import demand_rules
from broadcatch.config.options import Config
from broadcatch.errors import ConfigError
from tests.samples import rule_info

RULES = (rule_info(), rule_info("BC301"))


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_an_option_that_names_no_rule_is_two(call, option):
    assert call("check", option, "BC1,BC9") == (
        2,
        "",
        f'broadcatch: {option}: no rule is called "BC9"; there are: BC102, BC301\n',
    )


def test_prefixes_and_codes_of_rules_pass(call):
    assert call("check", "--select", "BC,BC1,BC301", "--ignore", "BC30")[0] == 0


def test_a_file_that_names_no_rule_is_named_with_its_key(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = Config(ignore=("BC7",), source=(tmp_path / "pyproject.toml").as_posix())
    with pytest.raises(
        ConfigError, match=r'^pyproject.toml: tool.broadcatch.ignore: no rule is called "BC7"'
    ):
        demand_rules(config, {}, RULES)


def test_a_pattern_that_ignores_no_rule_is_named(tmp_path):
    config = Config(per_file_ignores={"a/*": ("BC7",)}, source=(tmp_path / "broadcatch.toml").as_posix())
    with pytest.raises(ConfigError, match=r'broadcatch.toml: per-file-ignores.a/\*: no rule is called "BC7"'):
        demand_rules(config, {}, RULES)
