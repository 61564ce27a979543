"""How does `raises` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.escaping import Escaping, RaisesAnswer
from broadcatch.model.raising import Evidence
from broadcatch.model.results import RaisesResult


def render(result: RaisesResult) -> str:
    """A JSON object with one entry in `targets` for each place that was asked for."""
    return json.dumps({"targets": [_target(one) for one in result.answers]}, indent=2) + "\n"


def _target(one: RaisesAnswer) -> dict[str, Any]:
    return {
        "path": one.path,
        "line": one.line,
        "function": one.function,
        "kind": one.kind,
        "closed": one.closed,
        "raises": [_escaping(raised) for raised in one.raises],
        "unresolved": [{"line": each.line, "call": each.call, "why": each.why} for each in one.unresolved],
    }


def _escaping(one: Escaping) -> dict[str, Any]:
    return {
        "type": one.type,
        "line": one.line,
        "transient": one.transient,
        "documented": one.documented,
        "programming": one.aside,
        "under": one.under or None,
        "evidence": [_evidence(each) for each in one.evidence],
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "path": one.path,
        "line": one.line,
        "detail": one.detail,
        "via": [
            {"call": step.call, "path": step.path, "line": step.line, "function": step.function}
            for step in one.via
        ],
    }
