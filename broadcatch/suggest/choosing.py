"""Which of the ranked types are proposed, and which make the new clause?

Of an open answer the probable ones are proposed, few; of a closed one every type that is proper to catch, so
that the clause stops all that can come. A programming error is proper where the data decides it or where it
is probable that a person would name it. The clause of an open answer names beside the probable ones what is
known to come: who narrows it must not let out what was seen.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from broadcatch.model.raising import Raised, RaiseSet
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.suggest.folding import FEW, PLAIN, folded, shortened
from broadcatch.suggest.ranking import HIGH, RANKED, Candidate
from broadcatch.suggest.reasons import is_of_other_code
from broadcatch.suggest.ways import is_plain

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
LIKELY = 0.5
"""From here on the first is written where nothing shows that it, or anything else, comes."""
LEAST_BESIDE = 0.25
"""The same for one that is written beside what is known of an open answer."""
FEW_OTHERS = 2
"""So many classes that the file names around other code are no habit of its own."""
LEAST_PART = 0.12
"""From here on what is narrower than a proposal of a closed answer is proposed beside it."""
NEAR = 3
"""From so many calls away what is known to come must stand in the clause; from farther, if there is room."""
EVERYWHERE, BESIDE, NOWHERE = 1_000, 1, -1
_WIDTHS = ((EVERYWHERE, EVERYWHERE), (EVERYWHERE, BESIDE), (EVERYWHERE, NOWHERE), (NEAR, NOWHERE))
NEVER = frozenset({"StopAsyncIteration", "GeneratorExit", "Exception", "Warning"})
OF_CODE = frozenset(
    {"SyntaxError", "IndentationError", "TabError", "ImportError", "ModuleNotFoundError", "re.error"}
)
"""Errors in a program's own text: from afar they are a library's mistakes, and nobody means to catch them."""


def chosen(
    ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy, untold: bool = False
) -> list[Candidate]:
    """The proposals, best first; none without a reason that is told, or (`untold`) that the code shows."""
    if reached.closed:
        whole = folded(_proper(ranked, reached), hierarchy) or _first(ranked)
        return sorted([*whole, *_parts(ranked, whole, hierarchy)], key=lambda one: -one.probability)
    told = [one for one in ranked[:RANKED] if one.evidence or (untold and one.shown)]
    first = [one for one in told[:1] if one.probability >= LEAST_ALONE]
    return _spoken_for(first + [one for one in told[1:MOST] if one.probability >= _least(one)])


def _spoken_for(those: list[Candidate]) -> list[Candidate]:
    """What only the file's clauses around other code name stands last; one or two of these are no proposal.

    Where a file names many classes, its handlers share what they are for.
    """
    others = [one for one in those if one.confidence == "low" and _is_of_others(one)]
    if len(others) == len(those) <= FEW_OTHERS:
        return []
    return [one for one in those if one not in others] + others


def _is_of_others(one: Candidate) -> bool:
    return bool(one.evidence) and all(map(is_of_other_code, one.evidence))


def _first(ranked: list[Candidate]) -> list[Candidate]:
    """The first alone, if people would most likely name it though nothing shows that it comes."""
    return [one for one in ranked[:1] if one.evidence and one.probability >= LIKELY]


def written(
    ranked: list[Candidate],
    proposals: list[Candidate],
    reached: RaiseSet,
    hierarchy: Hierarchy,
    aside: Container[tuple[str, int]] = (),
) -> list[Candidate]:
    """Those that make the new clause, none beside its base: what is known, what is probable.

    `aside` are places (file, row) of which an open answer takes nothing for known.
    """
    likely = _likely(proposals, reached, hierarchy)
    if reached.closed:
        return _without_parts(likely, hierarchy)
    seen = (one for one in reached.raised if (one.evidence.path, one.evidence.line) not in aside)
    known = _known(ranked, replace(reached, raised=tuple(filter(is_plain, seen))), hierarchy)
    if known is None:
        return _without_parts(likely, hierarchy)
    if not known and not likely:
        return _first(proposals)
    for one in likely:
        if known and one.type in PROGRAMMING and one.probability < LEAST_BESIDE:
            continue
        wider = folded([*known, one], hierarchy) if one not in known else known
        if len(known) < FEW or len(wider) == len(known):
            known = wider
    named = shortened(_without_parts(known, hierarchy), hierarchy)
    return [*named, *_of_conversions(ranked, named, reached)]


def _of_conversions(ranked: list[Candidate], named: list[Candidate], reached: RaiseSet) -> list[Candidate]:
    """The TypeError of `int(x)` beside its ValueError: the data decides whether there is a None."""
    lines = {one.line for one in reached.raised if one.type == "ValueError" and not one.evidence.via}
    by_data = (one for one in reached.raised if one.by_data and one.line in lines and not one.evidence.via)
    types = {one.type for one in by_data if one.type == "TypeError"} - {one.type for one in named}
    whole = any(one.type == "ValueError" for one in named) and len(named) < PLAIN
    return [one for one in ranked if whole and one.type in types]


def unwritten(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> tuple[str, ...]:
    """What is known to come to an open answer, if it is more than a clause would name; else ()."""
    if reached.closed or _known(ranked, reached, hierarchy) is not None:
        return ()
    types = expected(reached, hierarchy)
    return tuple(one.type for one in ranked if one.type in types)


def expected(reached: RaiseSet, hierarchy: Hierarchy) -> frozenset[str]:
    """What is known to come from near by, and expected of such code; no mistakes."""
    return _known_from(reached, NEAR, NOWHERE, hierarchy)


def is_broad(reached: RaiseSet) -> bool:
    """Whether near by something raises `Exception` itself: no class that a clause could name stops it."""
    return any(
        one.type in ("Exception", "BaseException") and len(one.evidence.via) <= NEAR for one in reached.raised
    )


def _known_from(reached: RaiseSet, far: int, unusual: int, hierarchy: Hierarchy) -> frozenset[str]:
    """What is known to come from at most `far` calls away; what is not expected, from at most `unusual`."""
    return frozenset(
        one.type
        for one in reached.raised
        if len(one.evidence.via) <= _reach(one, far, unusual)
        and one.type not in NEVER | PROGRAMMING
        and hierarchy.is_subclass(one.type, "Exception") is True
    )


def _reach(one: Raised, far: int, unusual: int) -> int:
    """From how many calls away this one counts."""
    plain = far if one.usual else unusual
    return min(plain, BESIDE) if one.type in OF_CODE else plain


def _known(ranked: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate] | None:
    """What is known to come, in few classes: all of it if they are few enough; None where they never are."""
    for far, unusual in _WIDTHS:
        types = _known_from(reached, far, unusual, hierarchy)
        found = folded([one for one in ranked if one.type in types], hierarchy)
        if len(found) <= FEW:
            return found
    return None


def _likely(proposals: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> list[Candidate]:
    """The proposals of a closed answer; of an open one the probable, and those that the code shows."""
    bases = {base for one in reached.raised for base in hierarchy.ancestors(one.type)[0]}
    shown = [one for one in proposals if one.type in bases]
    probable = [one for one in shown[1:] if one.probability >= WRITTEN]
    likely = [*shown[:1], *probable]
    return [one for one in proposals if reached.closed or one.probability >= HIGH or one in likely]


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
