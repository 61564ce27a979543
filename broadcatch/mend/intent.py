"""What does a handler say that it is for? For what was foreseen, or for whatever comes."""

from __future__ import annotations

import re

from broadcatch.judge.verdict import Judged
from broadcatch.model.outcome import LEAVES, Verdict

_ANYTHING = re.compile(
    r"\b(any|all|every|other|unknown|unexpected|unforeseen)\b.*\b(error|exception|failure|reason)s?\b"
    r"|\bbest.effort\b|\b(whatever|anything|everything|no matter|never (break|fail|crash|raise)\w*)\b"
    r"|\b(must|should|may|can|do(es)?) ?n[o']t\b.*\b(break|fail|crash|abort|stop|prevent|affect)\w*\b",
    re.IGNORECASE,
)
"""Words of a comment that mean more than one class could."""


def says_anything(judged: Judged) -> str:
    """By which words or deeds the handler says that it is for whatever comes; "" where it does not."""
    if _ANYTHING.search(judged.handler.comment):
        return "its comment says that it is for whatever comes"
    if judged.handler.best_effort:
        return "the docstring says that it is best effort"
    kept = all(path.record == "traceback" for path in judged.verdict.paths)
    return "it keeps the traceback, as of what nobody foresaw" if kept else ""


def tells_somebody(verdict: Verdict) -> bool:
    """Whether the handler leaves a record of the error, or hands its text on.

    Whoever does so counts with what he cannot name.

    The text of another error that is raised in its place is no such record.
    """
    return any(
        path.record == "traceback"
        or (path.outcome not in LEAVES and (path.record == "text" or path.text_only))
        for path in verdict.paths
    )
