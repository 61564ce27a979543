"""How does `check` speak to a stream? One JSON object a line."""

from __future__ import annotations

import json

from broadcatch.model.results import CheckResult
from broadcatch.output.records import record


def render(result: CheckResult) -> str:
    """One line for each finding, suppressed ones too."""
    return "".join(json.dumps(record(finding)) + "\n" for finding in result.findings)
