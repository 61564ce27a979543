"""Which rules are on?"""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_selected
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.rule import Rule


def selected_rules(config: Config) -> tuple[Rule, ...]:
    """The rules that `config` turns on, by code."""
    return tuple(rule for rule in all_rules() if is_selected(rule.code, config))
