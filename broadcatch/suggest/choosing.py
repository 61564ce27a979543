"""Which of the ranked types are proposed, and which make the new clause?

Of an open answer the probable ones are proposed, few; of a closed one every type that is proper to catch, so
that the clause stops all that can come. A programming error is proper where the data decides it or where it
is probable that a person would name it. The clause of an open answer names beside the probable ones what is
known to come: who narrows it must not let out what was seen.
"""

from __future__ import annotations

from broadcatch.model.raising import RaiseSet
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.suggest.folding import FEW, folded
from broadcatch.suggest.ranking import MEDIUM, RANKED, Candidate

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
NEAR = 3
"""From so many calls away what is known to come must stand in the clause; from farther, if there is room."""
EVERYWHERE = 1_000
NEVER = frozenset({"StopAsyncIteration", "GeneratorExit", "Exception", "Warning"})


def chosen(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate]:
    """The proposals, best first; none without a reason."""
    if reached.closed:
        whole = folded(_proper(ranked, reached), hierarchy)
        return sorted([*whole, *_parts(ranked, whole, hierarchy)], key=lambda one: -one.probability)
    told = [one for one in ranked[:RANKED] if one.evidence]
    first = [one for one in told[:1] if one.probability >= LEAST_ALONE]
    return first + [one for one in told[1:MOST] if one.probability >= _least(one)]


def written(
    ranked: list[Candidate], proposals: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy
) -> list[Candidate]:
    """Those that make the new clause, none beside its base: what is known, what is probable."""
    likely = _likely(proposals, reached, hierarchy)
    if reached.closed:
        return _without_parts(likely, hierarchy)
    known = _known(ranked, reached, hierarchy)
    if known is None:
        return _without_parts(likely, hierarchy)
    for one in likely:
        wider = folded([*known, one], hierarchy) if one not in known else known
        if len(known) < FEW or len(wider) == len(known):
            known = wider
    return _without_parts(known, hierarchy)


def unwritten(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> tuple[str, ...]:
    """What is known to come to an open answer, if it is more than a clause would name; else ()."""
    if reached.closed or _known(ranked, reached, hierarchy) is not None:
        return ()
    return tuple(one.type for one in _expected(ranked, reached, NEAR, hierarchy))


def expected(reached: RaiseSet, hierarchy: Hierarchy, far: int = NEAR) -> frozenset[str]:
    """What is known to come, from at most `far` calls away, and expected of such code; no mistakes."""
    return frozenset(
        one.type
        for one in reached.raised
        if one.usual
        and len(one.evidence.via) <= far
        and one.type not in NEVER | PROGRAMMING
        and hierarchy.is_subclass(one.type, "Exception") is True
    )


def _known(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate] | None:
    """What is known to come, as few classes: from afar too if they stay few; None where they are many."""
    for far in (EVERYWHERE, NEAR):
        found = folded(_expected(ranked, reached, far, hierarchy), hierarchy)
        if len(found) <= FEW:
            return found
    return None


def _expected(ranked: list[Candidate], reached: RaiseSet, far: int, hierarchy: Hierarchy) -> list[Candidate]:
    types = expected(reached, hierarchy, far)
    return [one for one in ranked if one.type in types]


def _likely(proposals: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate]:
    """The proposals of a closed answer; of an open one the probable, and those that the code shows."""
    shown = {base for one in reached.raised for base in hierarchy.ancestors(one.type)[0]}
    return [
        one
        for place, one in enumerate(proposals)
        if reached.closed
        or one.probability >= MEDIUM
        or (one.type in shown and (not place or one.probability >= WRITTEN))
    ]


def _without_parts(those: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    return [
        one
        for one in those
        if not any(other.type != one.type and hierarchy.is_subclass(one.type, other.type) for other in those)
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
