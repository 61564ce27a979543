"""How does `check` speak in a GitLab merge request? Its code quality report: JSON, one entry a handler."""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.facts import Failure
from broadcatch.model.findings import Severity
from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, visible
from broadcatch.output.headline import plain_message
from broadcatch.output.records import digest, fingerprint
from broadcatch.output.view import View

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render(result: CheckResult, view: View) -> str:
    """A JSON list; paths lead from the root of the checkout.

    Fingerprints are unique: a handler stands in the list once, under the identity of its gravest finding.
    """
    entries = [_failure(one, view) for one in result.failures]
    entries += [_entry(group, view) for group in visible(result.findings, view.verbose)]
    return json.dumps(entries, indent=2) + "\n"


def _entry(group: Group, view: View) -> dict[str, Any]:
    one = group.primary
    return {
        "description": f"{one.code} {one.name}: {plain_message(group)}",
        "check_name": one.code,
        "fingerprint": fingerprint(one.identity),
        "severity": _SEVERITIES[one.severity],
        "location": {
            "path": view.from_root(one.path),
            "lines": {"begin": one.span.line, "end": one.span.end_line},
        },
    }


def _failure(one: Failure, view: View) -> dict[str, Any]:
    return {
        "description": f"{one.stage} error: {one.message}",
        "check_name": f"{one.stage}-error",
        "fingerprint": digest("failure", one.path, one.stage),
        "severity": "blocker",
        "location": {"path": view.from_root(one.path), "lines": {"begin": one.line or 1}},
    }
