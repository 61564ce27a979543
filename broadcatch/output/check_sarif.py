"""How does `check` speak to code scanning? SARIF 2.1.0: rules with their pages, results with their paths."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from broadcatch.model.facts import Failure
from broadcatch.model.findings import Finding, Fix
from broadcatch.model.results import CheckResult, RuleInfo
from broadcatch.output.records import fingerprint
from broadcatch.output.sarif_places import BASE, Plain, Text
from broadcatch.output.view import SourceLines, View

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
IDENTITY: Final = "broadcatch/v1"
"""The name of our fingerprint; its number grows when equal findings would get another one."""
_IN_SOURCE = frozenset({"noqa", "ruff", "flake8", "pylint", "pycharm", "broadcatch"})


def render(
    result: CheckResult, rules: Sequence[RuleInfo], view: View, source: SourceLines, version: str
) -> str:
    """One run with every finding, suppressed ones too; `source` gives the lines of a path.

    Paths lead from the root of the checkout.
    """
    text = Text(view.from_root, lru_cache(maxsize=1)(source))  # the findings of a file stand together
    order = {rule.code: at for at, rule in enumerate(rules)}
    compared = any(one.suppressed and one.suppressed.by == "baseline" for one in result.findings)
    run: Plain = {
        "tool": {"driver": _driver(rules, version)},
        "invocations": [_invocation(result.failures, text)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the checkout."}}},
        "columnKind": "utf16CodeUnits",
        "results": [_result(one, order, text, compared) for one in result.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(rules: Sequence[RuleInfo], version: str) -> Plain:
    return {"name": "broadcatch", "version": version, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: RuleInfo) -> Plain:
    return {
        "id": rule.code,
        "name": "".join(part.title() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["exceptions", rule.name, *(f"ruff/{code}" for code in rule.ruff)]},
    }


def _invocation(failures: Sequence[Failure], text: Text) -> Plain:
    """The run as such: a file that could not be read is told here, and is no result."""
    told = [_notification(one, text) for one in failures]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _notification(failure: Failure, text: Text) -> Plain:
    place = {} if failure.line is None else {"region": {"startLine": failure.line}}
    return {
        "level": "error",
        "message": {"text": f"{failure.stage} error: {failure.message}"},
        "locations": [{"physicalLocation": {"artifactLocation": text.artifact(failure.path), **place}}],
    }


def _result(one: Finding, order: dict[str, int], text: Text, compared: bool) -> Plain:
    found: Plain = {
        "ruleId": one.code,
        "ruleIndex": order.get(one.code, -1),
        "level": one.severity,
        "message": {"text": one.message},
        "locations": [_location(one, text)],
        "fingerprints": {IDENTITY: fingerprint(one.identity)},
        "partialFingerprints": {IDENTITY: fingerprint(one.identity)},
        "suppressions": _suppressions(one),
        "properties": {
            "handler": one.handler,
            "outcome": one.outcome,
            "ruff": [f"{row.code}:{row.row}" for row in one.ruff],
            "deferred": list(one.deferred),
        },
    }
    if one.steps:
        found["codeFlows"] = [_flow(one, text)]
    if one.because:
        found["relatedLocations"] = [
            text.location(why.path, {"startLine": why.line}, f"`{why.function}()` lets `{why.type}` out")
            for why in one.because
        ]
    if one.fix is not None and one.fix.edits and one.fix.safety != "display":
        found["fixes"] = [_fix(one.path, one.fix, text)]
    if compared:
        known = one.suppressed is not None and one.suppressed.by == "baseline"
        found["baselineState"] = "unchanged" if known else "new"
    return found


def _location(one: Finding, text: Text) -> Plain:
    place = text.location(one.path, text.shown(one.path, one.span))
    if one.function:
        place["logicalLocations"] = [{"fullyQualifiedName": one.function, "kind": "function"}]
    return place


def _suppressions(one: Finding) -> list[Plain]:
    """Who silenced it; an empty list says that nobody did."""
    if one.suppressed is None:
        return []
    by, reason = one.suppressed.by, one.suppressed.reason
    in_source = by in _IN_SOURCE and not reason.startswith("per-file-ignores:")
    told = {"justification": reason} if reason else {}
    terms = {"owner": one.suppressed.owner, "until": one.suppressed.until}
    properties = {"by": by, **{key: value for key, value in terms.items() if value}}
    return [{"kind": "inSource" if in_source else "external", **told, "properties": properties}]


def _flow(one: Finding, text: Text) -> Plain:
    """The way of the error through the handler."""
    steps = [{"location": text.location(one.path, {"startLine": row}, step)} for row, step in one.steps]
    return {"threadFlows": [{"locations": steps}]}


def _fix(path: str, fix: Fix, text: Text) -> Plain:
    replacements = [
        {"deletedRegion": text.region(path, edit.span), "insertedContent": {"text": edit.content}}
        for edit in fix.edits
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.safety})"},
        "artifactChanges": [{"artifactLocation": text.artifact(path), "replacements": replacements}],
    }
