"""Which proposals say the same? Subclasses go into a proposed base, large families into their common base."""

from __future__ import annotations

from broadcatch.program.classes import Hierarchy
from broadcatch.suggest.ranking import Candidate

TOO_BROAD = frozenset(
    {"Exception", "BaseException", "object", "RuntimeError", "LookupError", "ArithmeticError"}
)
SAYS_NOTHING = frozenset({"Exception", "BaseException", "object", "builtins.object"})
FEW = 5
"""So many types a person would write into one clause."""
FAMILY = 3
PLAIN = 3
"""So many types read easily; of more, two of one library become what it publishes above both."""


def folded(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """The candidates with subclasses folded, so that few are left and none is lost; never into Exception."""
    first = _into_bases(ranked, hierarchy)
    return _to_few(_into_bases(_families(first, hierarchy), hierarchy), hierarchy)


def _into_bases(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """A subclass goes into its base."""
    left = {one.type: one for one in ranked}
    for one in ranked:
        for base in ranked:
            if one.type in left and base.type in left and _below(one, base, hierarchy):
                left[base.type] = _merged(base.type, [left[base.type], left.pop(one.type)])
    return sorted(left.values(), key=_order)


def _order(one: Candidate) -> tuple[float, str]:
    return -one.probability, one.type


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
        said = base not in TOO_BROAD and not is_private(base)
        if len(those) >= FAMILY and said and hierarchy.is_exception(base):
            result = [one for one in result if one not in those and one.type != base]
            same = [one for one in ranked if one.type == base]
            result.append(_merged(base, [*same, *those]))
    return sorted(result, key=_order)


def shortened(ranked: list[Candidate], hierarchy: Hierarchy) -> list[Candidate]:
    """While more than three are left, two of one library become the lowest class that it has above both."""
    return _to_few(ranked, hierarchy, PLAIN, of_library=True)


def _to_few(
    ranked: list[Candidate], hierarchy: Hierarchy, most: int = FEW, of_library: bool = False
) -> list[Candidate]:
    """While there are more than a few, those of the nearest common base become that base."""
    while len(ranked) > most:
        base = _nearest_base(ranked, hierarchy, of_library)
        if base is None:
            break
        those = [one for one in ranked if hierarchy.is_subclass(one.type, base)]
        ranked = [one for one in ranked if one not in those] + [_merged(base, those)]
    return sorted(ranked, key=_order)


def _nearest_base(ranked: list[Candidate], hierarchy: Hierarchy, of_library: bool) -> str | None:
    """The lowest class above two or more of them that still says something."""
    above = [hierarchy.ancestors(one.type)[0] - {one.type} - SAYS_NOTHING for one in ranked]
    shared = {base for those in above for base in those if sum(base in other for other in above) > 1}
    public = [base for base in shared if hierarchy.is_exception(base) and not is_private(base)]
    named = [base for base in public if "." in base or not of_library]
    return max(named, key=lambda base: (len(hierarchy.ancestors(base)[0]), base), default=None)


def is_private(type_: str) -> bool:
    """Whether a class is its package's own affair by its name: no clause should name it as a family."""
    return type_.rpartition(".")[2].startswith("_")


def _merged(type_: str, those: list[Candidate]) -> Candidate:
    evidence = tuple(dict.fromkeys(why for one in those for why in one.evidence))
    return Candidate(
        type_,
        max(one.probability for one in those),
        any(one.transient for one in those),
        evidence,
        any(one.shown for one in those),
    )
