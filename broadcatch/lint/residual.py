"""What is said of a clause that a split left behind? That it is watched, as long as it is what it says."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.judge.verdict import Judged
from broadcatch.lint.rule import Hit
from broadcatch.model.fixing import is_residual
from broadcatch.model.outcome import LEAVES, Path

WATCHED = "the residual of a split: what was not foreseen is logged here and goes the old way"
RAISED = "the residual of a split: what was not foreseen is logged here and raised again"
NEXT = {WATCHED: "surface", RAISED: "narrow"}


def of_residual(hit: Hit, judged: Judged) -> Hit:
    """The hit as a note in words of its own, where the clause is a marked residual.

    The mark alone is no excuse: specific clauses must stand before it, and on every path the error must
    leave, or its traceback must be on record.
    """
    words = residual_words(judged)
    if not words:
        return hit
    message = f"{words}; `broadcatch fix --stage {NEXT[words]}` goes on from here"
    return replace(hit, severity="note", message=message)


def residual_words(judged: Judged) -> str:
    """What the residual does, "" for a clause that is none or does not keep what its mark promises."""
    handler, paths = judged.handler, judged.verdict.paths
    if not is_residual(handler.comment) or not handler.earlier or not all(map(_tells, paths)):
        return ""
    return RAISED if judged.verdict.leaves and judged.verdict.outcome == "reraised" else WATCHED


def _tells(path: Path) -> bool:
    return path.outcome in LEAVES or path.record == "traceback"
