"""What does the page of a report know? Everything that it shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadcatch.model.explaining import Way
from broadcatch.model.raising import Evidence, Proposal, Suggestion
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.reporting import Beside, Detail, HandlerChange
from broadcatch.model.results import ReportResult
from broadcatch.output.installed import brief
from broadcatch.output.paint import printable
from broadcatch.output.report_groups import package_of
from broadcatch.output.view import View

EVIDENCE = 3
"""So many pieces of evidence for a type."""
SHORT = 10
TAB = 4


def page_data(result: ReportResult, view: View) -> dict[str, Any]:
    """Files and handlers, riskiest first, and what was asked for beside them."""
    beside = result.beside
    changes = {_place(one.after): one for one in _changes(beside) if one.after is not None}
    shown = result.handlers[: view.top]
    return {
        "project": beside.project,
        "asked": {
            "git": beside.asked.history,
            "suggestions": beside.asked.suggestions,
            "owners": bool(beside.owners),
        },
        "since": _since(beside),
        "files": [_file(one, beside) for one in result.files],
        "handlers": [
            _handler(one, beside.details.get(_place(one)), changes.get(_place(one))) for one in shown
        ],
        "gone": [
            _gone(one.before, one.instead) for one in _changes(beside) if one.before and one.after is None
        ],
        "unread": [f"{one.path}: {one.message}" for one in result.failures],
    }


def _changes(beside: Beside) -> tuple[HandlerChange, ...]:
    return beside.comparison.handlers if beside.comparison else ()


def _place(one: HandlerRisk) -> tuple[str, int]:
    return one.path, one.line


def _since(beside: Beside) -> dict[str, Any] | None:
    one = beside.comparison
    if one is None:
        return None
    named = not one.commit.startswith(one.revision)
    revision = one.revision if named else one.commit[:SHORT]
    return {"revision": revision, "commit": one.commit[:SHORT], "named": named, "before": dict(one.before)}


def _file(one: FileRisk, beside: Beside) -> dict[str, Any]:
    known = beside.histories.get(one.path)
    return {
        "path": one.path,
        "package": package_of(one.path),
        "score": one.score,
        "tier": one.tier,
        "reasons": list(one.reasons),
        "owners": list(beside.owners.get(one.path, ())),
        "git": known and [known.commits, known.days, known.authors],
    }


def _short(one: HandlerRisk) -> dict[str, Any]:
    names = ("path", "line", "function", "outcome", "score", "tier")
    return {name: getattr(one, name) for name in names}


def _gone(one: HandlerRisk, instead: str) -> dict[str, Any]:
    return {**_short(one), "instead": instead}


def _handler(one: HandlerRisk, near: Detail | None, change: HandlerChange | None) -> dict[str, Any]:
    body = {
        **_short(one),
        "try": one.try_line or one.line,
        "end": max(one.end_line, one.line),
        "zone": one.zone,
        "suppressed": one.suppressed,
        "factors": [
            [each.name, round(each.value, 2), each.detail, each.line, each.group] for each in one.factors
        ],
        "reach": one.reach and [one.reach.count, list(one.reach.callers), list(one.reach.entries)],
        "change": change.kind if change else "",
        "was": _short(change.before) if change and change.before else None,
    }
    return {**body, **_near(near)} if near else {**body, "code": [], "ways": [], "rules": []}


def _near(one: Detail) -> Mapping[str, Any]:
    body: dict[str, Any] = {
        "code": _code(one),
        "ways": [_way(way) for way in one.ways],
        "rules": [[rule.code, rule.name, rule.severity, rule.message] for rule in one.rules],
    }
    if one.suggestion is not None:
        body["suggestion"] = _suggestion(one.suggestion)
    if one.rewrites:
        body["rewrites"] = [
            [each.title, each.safety, each.reason, printable_lines(each.diff)] for each in one.rewrites
        ]
    return body


def _code(one: Detail) -> list[list[Any]]:
    """The rows without the indentation that they share, tabs as spaces, and nothing to steer a reader."""
    rows = [(row, printable(text).expandtabs(TAB)) for row, text in one.code]
    margin = min((len(text) - len(text.lstrip()) for _, text in rows if text.strip()), default=0)
    return [[row, text[margin:].rstrip()] for row, text in rows]


def printable_lines(text: str) -> str:
    """A text of several lines without what could steer its reader."""
    return "\n".join(printable(line) for line in text.splitlines())


def _way(one: Way) -> dict[str, Any]:
    steps = [[step.line, step.text] for step in one.path.steps]
    return {"outcome": one.path.outcome, "words": one.words, "worst": one.worst, "steps": steps}


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "caught": list(one.caught),
        "closed": one.closed,
        "replacement": one.replacement,
        "proposals": [_proposal(each) for each in one.proposals],
        "open": [[each.line, each.call, brief(each.why)] for each in one.unresolved],
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "spelling": one.spelling,
        "confidence": one.confidence,
        "transient": one.transient,
        "evidence": [_evidence(each) for each in one.evidence[:EVIDENCE]],
    }


def _evidence(one: Evidence) -> list[Any]:
    return [one.kind, brief(one.path), one.line, one.detail, [step.call for step in one.via]]
