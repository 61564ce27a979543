"""Which proposals say the same? Subclasses go into a proposed base, large families into their common base."""

from __future__ import annotations

from broadcatch.program.classes import Hierarchy
from broadcatch.suggest.ranking import Candidate

TOO_BROAD = frozenset(
    {"Exception", "BaseException", "object", "RuntimeError", "LookupError", "ArithmeticError"}
)
FAMILY = 3
WEAK = 0.4


def folded(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """The candidates with subclasses folded; never into Exception."""
    return _into_bases(_families(_into_bases(ranked, hierarchy), hierarchy), hierarchy)


def _into_bases(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """A subclass goes into its base; a base much less likely than its subclass is left out."""
    left = {one.type: one for one in ranked}
    for one in ranked:
        for base in ranked:
            if one.type in left and base.type in left and _below(one, base, hierarchy):
                if base.score < WEAK * one.score:
                    del left[base.type]
                else:
                    left[base.type] = _merged(base.type, [left[base.type], left.pop(one.type)])
    return sorted(left.values(), key=lambda one: (-one.score, one.type))


def _below(one: Candidate, base: Candidate, hierarchy: Hierarchy) -> bool:
    return one.type != base.type and hierarchy.is_subclass(one.type, base.type) is True


def _families(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """Three or more siblings become their direct base, unless that is too broad to say anything."""
    siblings: dict[str, list[Candidate]] = {}
    for one in ranked:
        for base in (hierarchy.bases(one.type) or ())[:1]:
            siblings.setdefault(base, []).append(one)
    result = list(ranked)
    for base, those in sorted(siblings.items()):
        if len(those) >= FAMILY and base not in TOO_BROAD and hierarchy.is_exception(base):
            result = [one for one in result if one not in those and one.type != base]
            same = [one for one in ranked if one.type == base]
            result.append(_merged(base, [*same, *those]))
    return sorted(result, key=lambda one: (-one.score, one.type))


def _merged(type_: str, those: list[Candidate]) -> Candidate:
    evidence = tuple(dict.fromkeys(why for one in those for why in one.evidence))
    return Candidate(type_, max(one.score for one in those), any(one.transient for one in those), evidence)
