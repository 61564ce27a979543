"""How does `suggest` speak to a program?"""

from __future__ import annotations

import json
from typing import Any

from broadcatch.model.raising import Evidence, Proposal, Suggestion, Unknown
from broadcatch.model.results import SuggestResult


def render(result: SuggestResult) -> str:
    """A JSON object with one entry in `handlers` for each broad handler."""
    return json.dumps({"handlers": [_handler(one) for one in result.suggestions]}, indent=2) + "\n"


def _handler(one: Suggestion) -> dict[str, Any]:
    return {
        "path": one.path,
        "line": one.line,
        "function": one.function,
        "caught": list(one.caught),
        "closed": one.closed,
        "possible": list(one.possible),
        "proposals": [_proposal(proposal) for proposal in one.proposals],
        "unresolved": [_unknown(unknown) for unknown in one.unresolved],
        "replacement": one.replacement,
        "also": [_proposal(proposal) for proposal in one.also],
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "type": one.type,
        "spelling": one.spelling,
        "confidence": one.confidence,
        "transient": one.transient,
        "evidence": [_evidence(evidence) for evidence in one.evidence],
        "further": one.further,
        "import": {"module": one.import_module, "name": one.import_name} if one.import_module else None,
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "path": one.path,
        "line": one.line,
        "detail": one.detail,
        "via": [step.call for step in one.via],
    }


def _unknown(one: Unknown) -> dict[str, Any]:
    return {"line": one.line, "call": one.call, "why": one.why}
