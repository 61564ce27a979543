"""Which rules are there? Whatever lies in `lint/rules/`; no list of them stands anywhere."""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABCMeta
from collections.abc import Iterable
from functools import lru_cache
from types import ModuleType

from broadcatch.lint import rules
from broadcatch.lint.rule import Rule


class DuplicateRuleError(Exception):
    """Two rules share a code or a name: a mistake in this package."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by code. Raises `DuplicateRuleError` where two share a code or a name."""
    names = sorted(found.name for found in pkgutil.iter_modules(rules.__path__))
    modules = [importlib.import_module(f"{rules.__name__}.{name}") for name in names]
    return ordered(rule for module in modules for rule in rules_in(module))


def find_rule(word: str) -> Rule | None:
    """The rule of a code or a name in any case, None if there is none."""
    return next((rule for rule in all_rules() if word.lower() in (rule.code.lower(), rule.name)), None)


def ordered(found: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules by code; codes and names must be unique."""
    made = tuple(sorted(found, key=lambda rule: rule.code))
    for words in ([rule.code for rule in made], [rule.name for rule in made]):
        twice = {word for word in words if words.count(word) > 1}
        if twice:
            raise DuplicateRuleError(f"more than one rule is called {', '.join(sorted(twice))}")
    return made


def rules_in(module: ModuleType) -> list[Rule]:
    """One of each rule that a module defines."""
    # ABCMeta, because Python 3.10 takes an alias such as tuple[str, ...] for a class
    classes = [one for one in vars(module).values() if isinstance(one, ABCMeta) and issubclass(one, Rule)]
    return [one() for one in classes if one.__module__ == module.__name__]
