"""How does `raises --lands` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.escaping import Landed, Landing, LandsAnswer
from broadcatch.model.results import LandsResult


def render(result: LandsResult) -> str:
    """A JSON object with one entry in `targets` for each function that was asked for."""
    return json.dumps({"targets": [_target(one) for one in result.answers]}, indent=2) + "\n"


def _target(one: LandsAnswer) -> dict[str, Any]:
    return {
        "path": one.path,
        "line": one.line,
        "function": one.function,
        "kind": one.kind,
        "closed": one.closed,
        "lands": [_group(group) for group in one.groups],
    }


def _group(group: Landed) -> dict[str, Any]:
    return {"types": list(group.types), "landings": [_landing(one) for one in group.landings]}


def _landing(one: Landing) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "path": one.path,
        "line": one.line,
        "function": one.function,
        "caught": list(one.caught),
        "sure": one.sure,
        "may_pass": one.passes,
        "outcome": one.outcome,
        "detail": one.words or one.detail,
        "lost": one.lost or None,
        "chain": [
            {"function": step.function, "call": step.call, "path": step.path, "line": step.line}
            for step in one.chain
        ],
        "through": [{"path": path, "line": line} for path, line in one.through],
    }
