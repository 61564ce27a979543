"""Which rules are on?"""

from __future__ import annotations

from functools import lru_cache

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_selected
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.rule import Rule


def selected_rules(config: Config) -> tuple[Rule, ...]:
    """The rules that `config` turns on, by code."""
    return _selected(config.select, config.extend_select, config.ignore)


@lru_cache(maxsize=8)  # asked once a file
def _selected(
    select: tuple[str, ...], extend_select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[Rule, ...]:
    config = Config(select=select, extend_select=extend_select, ignore=ignore)
    return tuple(rule for rule in all_rules() if is_selected(rule.code, config))
