"""Which rules are on?"""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.rule import Rule


def selected_rules(config: Config) -> tuple[Rule, ...]:
    """The rules that `config` turns on, by code."""
    return tuple(rule for rule in all_rules() if is_selected(rule.code, config))


def is_selected(code: str, config: Config) -> bool:
    """Whether a rule is on: the more specific prefix wins, `ignore` where both are equally specific."""
    return _longest(code, config.select) > _longest(code, config.ignore)


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
