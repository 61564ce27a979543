"""What does a program read about progress?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.progress import COURSES, Moved, ProgressResult
from broadcatch.output.progress_text import rows


def render(result: ProgressResult) -> str:
    """One JSON object: what it is compared with, counts, tiers then and now, and a list of each course."""
    record: dict[str, Any] = {
        "since": result.since,
        "commit": result.commit,
        "counts": {course: len(result.of(course)) for course in COURSES},
        "tiers": {tier: {"then": then, "now": now} for tier, then, now in rows(result)},
    }
    record |= {course: [_record(one) for one in result.of(course)] for course in COURSES}
    return json.dumps(record, indent=2) + "\n"


def _record(one: Moved) -> dict[str, Any]:
    entry = one.entry
    return {
        "path": entry.path,
        "line": one.line or None,
        "function": entry.scope,
        "codes": list(entry.codes or (one.before.codes if one.before else ())),
        "outcome": entry.outcome,
        "tier": entry.tier or None,
        "score": one.score or None,
        "was": one.before.path if one.before else None,
        "why": one.why,
    }
