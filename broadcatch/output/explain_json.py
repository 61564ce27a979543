"""How does `check --explain` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.explaining import Explanation, HandlerStory, Said, Way
from broadcatch.model.results import ExplainResult


def render(result: ExplainResult) -> str:
    """A JSON object with one entry in `explanations` for each place."""
    return json.dumps({"explanations": [_place(one) for one in result.explanations]}, indent=2) + "\n"


def _place(one: Explanation) -> dict[str, Any]:
    return {
        "filename": one.path,
        "row": one.line,
        "function": one.function,
        "handler": None if one.story is None else _story(one.story),
        "rules": [_said(said) for said in one.rules],
        "ruff": [
            {"code": row.code, "row": row.row, "ours": row.ours or None, "severity": row.severity}
            for row in one.ruff
        ],
    }


def _story(story: HandlerStory) -> dict[str, Any]:
    return {
        "location": {"row": story.span.line, "column": story.span.column + 1},
        "try_row": story.try_line,
        "catches": [
            {
                "name": one.name,
                "qualified": one.qualified or None,
                "through": one.via or None,
                "broad": one.broad,
                "why": one.why,
            }
            for one in story.catches
        ],
        "paths": [_way(way) for way in story.ways],
        "zone": {"name": story.zone, "reason": story.zone_reason},
        "logging": {"policy": story.logging, "reason": story.logging_reason} if story.logging else None,
        "stakes": [{"row": one.line, "kind": one.kind, "text": one.text} for one in story.stakes],
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "outcome": way.path.outcome,
        "record": way.path.record,
        "value": way.path.value or None,
        "words": way.words,
        "worst": way.worst,
        "steps": [{"row": step.line, "text": step.text} for step in way.path.steps],
    }


def _said(said: Said) -> dict[str, Any]:
    return {
        "code": said.code,
        "name": said.name,
        "status": said.status,
        "severity": said.severity,
        "text": said.text,
        "because": said.because or None,
        "comment_row": said.line or None,
    }
