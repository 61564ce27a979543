"""How does `report` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.ranking import Factor, FileRisk, HandlerRisk
from broadcatch.model.reporting import CHANGES, NOTHING, Beside, Comparison, FileChange, HandlerChange
from broadcatch.model.results import ReportResult
from broadcatch.output.report_groups import Group, grouped
from broadcatch.output.view import PLAIN, View


def render(result: ReportResult, view: View = PLAIN) -> str:
    """A JSON object with `files` and `handlers`, riskiest first, and what was asked for beside them."""
    beside = result.beside
    body: dict[str, Any] = {
        "files": [_file(risk, beside) for risk in result.files[: view.top]],
        "handlers": [_handler(risk) for risk in result.handlers[: view.top]],
    }
    if view.by != "file":
        body["groups"] = [_group(one) for one in grouped(result, view.by)[: view.top]]
    if beside.comparison is not None:
        body["comparison"] = _comparison(beside.comparison)
    return json.dumps(body, indent=2) + "\n"


def _file(risk: FileRisk, beside: Beside = NOTHING) -> dict[str, Any]:
    body: dict[str, Any] = {
        "path": risk.path,
        "score": risk.score,
        "tier": risk.tier,
        "handlers": risk.handlers,
        "reasons": list(risk.reasons),
    }
    if beside.asked.owners:
        body["owners"] = list(beside.owners.get(risk.path, ()))
    if beside.asked.history:
        known = beside.histories.get(risk.path)
        body["git"] = known and {"commits": known.commits, "days": known.days, "authors": known.authors}
    return body


def _handler(risk: HandlerRisk) -> dict[str, Any]:
    body = _handler_alone(risk)
    if risk.reach is not None:
        reach = risk.reach
        told = {"count": reach.count, "callers": list(reach.callers), "entries": list(reach.entries)}
        body["reach"] = told
    return body


def _handler_alone(risk: HandlerRisk) -> dict[str, Any]:
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


def _group(one: Group) -> dict[str, Any]:
    paths = [file.path for file in one.files]
    return {"name": one.name, "score": one.score, "tier": one.tier, "tiers": dict(one.tiers), "files": paths}


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "commit": one.commit,
        "counts": {kind: one.count(kind) for kind in CHANGES},
        "before": dict(one.before),
        "files": [_file_change(change) for change in one.files],
        "handlers": [_handler_change(change) for change in one.handlers],
        "failures": [{"path": failure.path, "message": failure.message} for failure in one.failures],
    }


def _file_change(one: FileChange) -> dict[str, Any]:
    before, after = one.tiers
    return {
        "path": one.path,
        "tier": {"before": before, "after": after},
        "score": {
            "before": one.before.score if one.before else None,
            "after": one.after.score if one.after else None,
        },
        "rose": one.rose,
        **{kind: one.counts.get(kind, 0) for kind in CHANGES},
    }


def _handler_change(one: HandlerChange) -> dict[str, Any]:
    return {
        "change": one.kind,
        "before": _place(one.before) if one.before else None,
        "after": _place(one.after) if one.after else None,
        "instead": one.instead,
    }


def _place(risk: HandlerRisk) -> dict[str, Any]:
    names = ("path", "line", "function", "outcome", "score", "tier")
    return {name: getattr(risk, name) for name in names}


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "name": factor.name,
        "value": factor.value,
        "detail": factor.detail,
        "line": factor.line,
        "group": factor.group,
    }
