"""Which of the ranked types are proposed, and which of them make the new clause?

Of an open answer the probable ones, few; of a closed one every type that is proper to catch, so that the
clause stops all that can come. A programming error is proper where the data decides it or where it is
probable that a person would name it.
"""

from __future__ import annotations

from broadcatch.model.raising import RaiseSet
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.suggest.folding import folded
from broadcatch.suggest.ranking import MEDIUM, Candidate

MOST = 4
LEAST = 0.045
"""What is less probable is not proposed."""
LEAST_ALONE = 0.02
LEAST_MISTAKE = 0.06
"""The same for an error of the program itself."""
WRITTEN = 0.1
"""What is less probable is not written into the new clause, unless it is the first."""
PROBED = 0.15
"""From here on an error of the program is proper to catch in a closed answer too."""
LEAST_PART = 0.12
"""From here on what is narrower than a proposal of a closed answer is proposed beside it."""
NEVER = frozenset({"StopAsyncIteration", "GeneratorExit", "Exception", "Warning"})


def chosen(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate]:
    """The proposals, best first; none without a reason."""
    if reached.closed:
        whole = folded(_proper(ranked, reached), hierarchy)
        return sorted([*whole, *_parts(ranked, whole, hierarchy)], key=lambda one: -one.probability)
    told = [one for one in ranked if one.evidence]
    first = [one for one in told[:1] if one.probability >= LEAST_ALONE]
    return first + [one for one in told[1:MOST] if one.probability >= _least(one)]


def written(proposals: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate]:
    """Those that make the new clause: probable, shown by the code or very probable, none beside its base."""
    shown = {base for one in reached.raised for base in hierarchy.ancestors(one.type)[0]}
    likely = [
        one
        for place, one in enumerate(proposals)
        if reached.closed
        or one.probability >= MEDIUM
        or (one.type in shown and (not place or one.probability >= WRITTEN))
    ]
    return [
        one
        for one in likely
        if not any(other.type != one.type and hierarchy.is_subclass(one.type, other.type) for other in likely)
    ]


def _parts(ranked: list[Candidate], whole: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """What is narrower than something proposed and ranks among the first, as many as fit beside the whole."""
    return [
        one
        for one in ranked[: max(MOST - len(whole), 0)]
        if one.evidence
        and one.probability >= LEAST_PART
        and one.type not in {other.type for other in whole}
        and any(hierarchy.is_subclass(one.type, other.type) for other in whole)
    ]


def _least(one: Candidate) -> float:
    return LEAST_MISTAKE if one.type in PROGRAMMING else LEAST


def _proper(ranked: list[Candidate], reached: RaiseSet) -> list[Candidate]:
    """Of what a closed answer holds, the errors of what the program works on, not of the program."""
    possible = {one.type for one in reached.raised} - NEVER
    by_data = {one.type for one in reached.raised if one.by_data}
    return [
        one
        for one in ranked
        if one.type in possible
        and (one.type not in PROGRAMMING or one.type in by_data or one.probability >= PROBED)
    ]
