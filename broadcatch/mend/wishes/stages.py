"""Which broad clauses are to be split, and which residuals are to be taken on?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.judge.verdict import Judged
from broadcatch.mend.case import ANYTHING, FileCase
from broadcatch.model.fixing import Stage, is_residual
from broadcatch.model.raising import Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.rewrite.structural import SplitWanted
from broadcatch.rewrite.values import spelled

ABOUT = ("BC101", "BC102", "BC103", "BC203", "BC301", "BC302", "BC303", "BC401", "BC402")
"""The rules that are about a clause which keeps, or mistakes, more than its author had seen."""


def wishes(case: FileCase) -> Iterator[SplitWanted]:
    """Where a stage is asked for: residuals reach it, clauses that none was made of are split."""
    stage = case.request.stage
    if stage is None:
        return
    for line in case.residuals:
        raised = case.judged[line].verdict.outcome == "reraised"
        if stage == "narrow" or (stage == "surface" and not raised):
            leaves = () if raised else ANYTHING
            yield SplitWanted(line, stage, observe=case.config.observe_call, leaves=leaves)
    if stage != "narrow":
        yield from _parted(case, stage)


def _parted(case: FileCase, stage: Stage) -> Iterator[SplitWanted]:
    """Splits from scratch; the last stage makes none: what was never split is for the narrowing."""
    about = {one.handler for one in case.live if one.code in ABOUT}
    for line in case.clauses:
        judged, suggestion = case.judged[line], case.suggestions.get(line)
        if is_residual(judged.handler.comment) or f"{case.path}:{line}" not in about:
            continue
        if suggestion is None or not _hides(judged):
            continue
        yield SplitWanted(
            line,
            stage,
            (suggestion.replacement or "") if _is_foreseen(suggestion) else "",
            spelled(suggestion),
            judged.verdict.broad,
            case.config.observe_call,
            all(path.record == "traceback" for path in judged.verdict.paths),
            ANYTHING,
        )


def _hides(judged: Judged) -> bool:
    """Whether there is something to see: an error that is raised as it came hides from nobody."""
    return judged.verdict.outcome != "reraised" and bool(judged.verdict.broad)


def _is_foreseen(suggestion: Suggestion) -> bool:
    """Whether something is known that a clause should be for: nobody plans for a misspelt attribute."""
    return any(one.type not in PROGRAMMING for one in suggestion.proposals)
