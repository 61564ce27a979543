"""How does `report` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.ranking import Factor, FileRisk, HandlerRisk
from broadcatch.model.results import ReportResult


def render(result: ReportResult) -> str:
    """A JSON object with `files` and `handlers`, riskiest first."""
    body = {
        "files": [_file(risk) for risk in result.files],
        "handlers": [_handler(risk) for risk in result.handlers],
    }
    return json.dumps(body, indent=2) + "\n"


def _file(risk: FileRisk) -> dict[str, Any]:
    return {
        "path": risk.path,
        "score": risk.score,
        "tier": risk.tier,
        "handlers": risk.handlers,
        "reasons": list(risk.reasons),
    }


def _handler(risk: HandlerRisk) -> dict[str, Any]:
    return {
        "path": risk.path,
        "line": risk.line,
        "function": risk.function,
        "outcome": risk.outcome,
        "score": risk.score,
        "tier": risk.tier,
        "factors": [_factor(factor) for factor in risk.factors],
        "suppressed": risk.suppressed,
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {"name": factor.name, "value": factor.value, "detail": factor.detail}
