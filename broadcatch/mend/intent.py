"""What does a handler say that it is for? For what was foreseen, or for whatever comes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import Scope
from broadcatch.model.outcome import LEAVES, Verdict

_ANYTHING = re.compile(
    r"\b(any|all|every|other|unknown|unexpected|unforeseen)\b.*\b(error|exception|failure|reason)s?\b"
    r"|\bbest.effort\b|\b(whatever|anything|everything|no matter)\b"
    r"|\bnever (let|break|fail|crash|raise|impact|affect|block)\w*\b"
    r"|\b(KeyboardInterrupt|SystemExit|GeneratorExit|CancelledError|Ctrl.?C)\b"
    r"|\b(must|should|may|can|do(es)?) ?n[o']t\b.*"
    r"\b(break|fail|crash|abort|stop|prevent|affect|impact|block)\w*\b",
    re.IGNORECASE,
)
"""Words of a comment that mean more than one class could."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a clause says that it is for.

    `index` is the number of clauses before it in its `try`, `foreseen` the classes that they name.
    `anything` says by which words of its comment or docstring it is for whatever comes, `keeps` that it keeps
    the traceback; "" where that is not so.
    """

    verdict: Verdict
    index: int = 0
    foreseen: tuple[str, ...] = ()
    anything: str = ""
    keeps: str = ""

    @property
    def tells(self) -> bool:
        """Whether the handler leaves a record of the error, or hands its text on."""
        return tells_somebody(self.verdict)


def intent_of(judged: Judged) -> Intent:
    """What a judged clause says that it is for."""
    handler = judged.handler
    foreseen = tuple(one.qualified or one.name for each in handler.earlier for one in each.caught)
    return Intent(
        judged.verdict, handler.index, foreseen, says_anything(judged), keeps_traceback(judged.verdict)
    )


def head(type_: str) -> str:
    """The top-level name of the package of a class; of a builtin its own name."""
    return type_.partition(".")[0]


def says_anything(judged: Judged) -> str:
    """By which words the handler says that it is for whatever comes; "" where it does not."""
    if _ANYTHING.search(judged.handler.comment):
        return "its comment says that it is for whatever comes"
    if _is_emit(judged.handler.place.scopes):
        return "a log handler must let nothing through to whoever logs"
    return "the docstring says that it is best effort" if judged.handler.best_effort else ""


def _is_emit(scopes: tuple[Scope, ...]) -> bool:
    """Whether it stands in the `emit` of a handler of `logging`."""
    for outer, inner in zip(scopes, scopes[1:], strict=False):
        if inner.name == "emit" and any(base.endswith("Handler") for base in outer.bases):
            return True
    return False


def keeps_traceback(verdict: Verdict) -> str:
    """Whether the handler keeps the traceback on every path, in words; "" where it does not."""
    kept = all(path.record == "traceback" for path in verdict.paths)
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
