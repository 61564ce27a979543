"""How does `check` speak to a program? One JSON list with every finding, suppressed ones too."""

from __future__ import annotations

import json

from broadcatch.model.results import CheckResult
from broadcatch.output.records import record


def render(result: CheckResult) -> str:
    """A JSON list, indented by two, ending in a newline."""
    return json.dumps([record(finding) for finding in result.findings], indent=2) + "\n"
