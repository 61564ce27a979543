"""What is told of a rule? Its code, its name, and its page."""

from __future__ import annotations

import inspect

from broadcatch.errors import BroadcatchError
from broadcatch.lint.catalogue import all_rules, find_rule
from broadcatch.lint.rule import Rule
from broadcatch.model.results import RuleInfo


def catalogue(code: str | None) -> tuple[RuleInfo, ...]:
    """All rules by code, or the one that `code` (a code or a name) means. Raises BroadcatchError."""
    if code is None:
        return tuple(_described(one) for one in all_rules())
    found = find_rule(code)
    if found is None:
        known = ", ".join(one.code for one in all_rules())
        raise BroadcatchError(f"there is no rule {code!r}; there are: {known}")
    return (_described(found),)


def _described(rule: Rule) -> RuleInfo:
    doc = inspect.getdoc(rule) or ""
    ruff = tuple(code for code in (rule.twin, *rule.carries) if code)
    return RuleInfo(rule.code, rule.name, doc.partition("\n")[0], doc + "\n", ruff)
