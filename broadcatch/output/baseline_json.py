"""What does a program read about a baseline? Its counts and entries as plain data."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from broadcatch.model.results import BaselineResult
from broadcatch.output.baseline_text import tables


def render(result: BaselineResult, today: date) -> str:
    """One JSON object: `file`, `handlers`, `by_rule`, `by_tier`, `by_age`, `by_owner` and the `entries`."""
    counts = {title.replace(" ", "_"): table for title, table in tables(result.entries, today).items()}
    record = {"file": result.file, "handlers": len(result.entries), **counts}
    record["entries"] = [asdict(one) for one in result.entries]
    return json.dumps(record, indent=2) + "\n"
