"""How does `fix` speak to a program? What is offered, left alone, written and failed, with the edits."""

from __future__ import annotations

import json

from broadcatch.model.facts import Failure
from broadcatch.model.results import FixResult, Offer, Piece, Refusal
from broadcatch.output.records import Record, edit_record


def render(result: FixResult) -> str:
    """One JSON object, indented by two, ending in a newline."""
    record = {
        "offers": [_offer(one) for one in result.offered],
        "refused": [_refusal(one) for one in result.refused],
        "files": [{"path": one.path, "diff": one.text} for one in result.diffs],
        "written": list(result.written),
        "failures": [_failure(one) for one in result.failures],
        "skipped": [{"path": one.path, "reason": one.reason} for one in result.skipped],
        "pieces": [_piece(one, result) for one in result.pieces],
        "verify": _trial(result),
        "notes": list(result.notes),
    }
    return json.dumps(record, indent=2) + "\n"


def _offer(offer: Offer) -> Record:
    return {
        "path": offer.path,
        "line": offer.line,
        "kind": offer.kind,
        "title": offer.title,
        "applicability": offer.safety,
        "reason": offer.reason,
        "codes": list(offer.codes),
        "lands": list(offer.lands),
        "edits": [edit_record(edit) for edit in offer.edits],
    }


def _refusal(refusal: Refusal) -> Record:
    return {
        "path": refusal.path,
        "line": refusal.line,
        "kind": refusal.kind,
        "title": refusal.title,
        "applicability": refusal.safety,
        "reason": refusal.reason,
        "output": refusal.output or None,
    }


def _failure(failure: Failure) -> Record:
    return {
        "path": failure.path,
        "stage": failure.stage,
        "message": failure.message,
        "line": failure.line,
    }


def _piece(piece: Piece, result: FixResult) -> Record:
    return {
        "name": piece.name,
        "message": piece.message,
        "diff": piece.diff,
        "offers": [result.offered.index(one) for one in piece.offers if one in result.offered],
    }


def _trial(result: FixResult) -> Record | None:
    if result.trial is None:
        return None
    return {
        "command": result.trial.command,
        "runs": result.trial.runs,
        "complete": result.trial.complete,
    }
