"""How does `rule` speak to a program?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from broadcatch.model.results import RuleInfo


def render(rules: Sequence[RuleInfo]) -> str:
    """A JSON list with code, name, summary, Ruff's codes and the page (Markdown) of each rule."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "summary": rule.summary,
            "ruff": list(rule.ruff),
            "explanation": rule.doc,
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=2) + "\n"
