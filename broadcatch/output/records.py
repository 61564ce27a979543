"""What does a program read about a finding? Its fields as plain data, rows and columns from 1."""

from __future__ import annotations

import hashlib
from typing import Any, TypeAlias

from broadcatch.model.findings import Because, Edit, Finding, Fix, Identity
from broadcatch.model.span import Span

Record: TypeAlias = dict[str, Any]


def record(finding: Finding) -> Record:
    """One finding in Ruff's shape, with broadcatch's own fields beside it."""
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "filename": finding.path,
        **_place(finding.span),
        "severity": finding.severity,
        "handler": finding.handler,
        "function": finding.function,
        "outcome": finding.outcome,
        "fingerprint": fingerprint(finding.identity),
        "ruff": [{"code": row.code, "row": row.row} for row in finding.ruff],
        "suppressed": _suppressed(finding),
        "fix": None if finding.fix is None else _fix(finding.fix),
        "deferred": list(finding.deferred),
        "noqa_row": finding.noqa_row,
        "url": None,
        "steps": [{"row": line, "text": text} for line, text in finding.steps],
        **({"because": [_because(one) for one in finding.because]} if finding.because else {}),
    }


def fingerprint(identity: Identity) -> str:
    """32 hexadecimal digits that stay the same when the code around the finding moves."""
    return digest(identity.path, identity.scope, identity.rule, str(identity.ordinal), identity.text_hash)


def digest(*parts: str) -> str:
    """32 hexadecimal digits of some texts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _because(one: Because) -> Record:
    return {
        "type": one.type,
        "function": one.function,
        "filename": one.path,
        "line": one.line,
        "row": one.line_of_call,
        "calls": list(one.calls),
    }


def _place(span: Span) -> Record:
    return {
        "location": {"row": span.line, "column": span.column + 1},
        "end_location": {"row": span.end_line, "column": span.end_column + 1},
    }


def _suppressed(finding: Finding) -> Record | None:
    one = finding.suppressed
    if one is None:
        return None
    terms = {"owner": one.owner, "until": one.until}
    return {"by": one.by, "reason": one.reason, **{key: value for key, value in terms.items() if value}}


def _fix(fix: Fix) -> Record:
    return {
        "applicability": fix.safety,
        "message": fix.title,
        "edits": [edit_record(edit) for edit in fix.edits],
    }


def edit_record(edit: Edit) -> Record:
    """One edit in Ruff's shape."""
    return {"content": edit.content, **_place(edit.span)}
