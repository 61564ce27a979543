"""How often does each rule fire? The answer of `check --statistics`."""

from __future__ import annotations

import json
from collections import Counter

from broadcatch.model.results import CheckResult
from broadcatch.output.groups import live


def render_text(result: CheckResult) -> str:
    """One line for each rule, the most frequent first: count, code, name."""
    rows = _rows(result)
    width = max((len(str(count)) for *_, count in rows), default=0)
    return "".join(f"{count:>{width}}  {code}  {name}\n" for code, name, count in rows)


def render_json(result: CheckResult) -> str:
    """A JSON list of `code`, `name` and `count`, the most frequent first."""
    rows = [{"code": code, "name": name, "count": count} for code, name, count in _rows(result)]
    return json.dumps(rows, indent=2) + "\n"


def _rows(result: CheckResult) -> list[tuple[str, str, int]]:
    counts = Counter((finding.code, finding.name) for finding in live(result.findings))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(code, name, count) for (code, name), count in ordered]
