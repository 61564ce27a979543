"""What does a clause say of the calls of an open body? What it leaves out, and where it says nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from broadcatch.model.raising import Raised, RaiseSet, Unknown
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.program.locate import is_standard
from broadcatch.raises.openness import sort_of
from broadcatch.suggest.choosing import NEAR, NEVER, expected
from broadcatch.suggest.folding import FEW, SAYS_NOTHING, folded, is_private
from broadcatch.suggest.ranking import Candidate
from broadcatch.suggest.ways import is_foreign

INCIDENTAL: Final = frozenset(
    {"KeyError", "IndexError", "LookupError", "AttributeError", "UnicodeEncodeError"}
    | {"StopIteration", "ZeroDivisionError"}
)
"""What any small step of a function may raise: of what else a call does it says nothing."""


def uncovered(reached: RaiseSet, types: Iterable[str], hierarchy: Hierarchy) -> tuple[str, ...]:
    """The open calls out of which none of `types` is known to come; what is incidental does not count.

    Attributes, subscripts and the like of values of unknown type are no such calls.
    """
    written = frozenset(types)
    known = [one for one in reached.raised if _tells(one) and _is_below(one.type, written, hierarchy)]
    calls = (one for one in reached.unknown if sort_of(one) != "quiet")
    return tuple(
        dict.fromkeys(one.call for one in calls if not any(_comes_out_of(each, one) for each in known))
    )


def is_own(reached: RaiseSet, types: Iterable[str], hierarchy: Hierarchy) -> bool:
    """Whether all that is known to come of `types` is raised by the body itself, or by its operations."""
    written = frozenset(types)
    known = [one.evidence for one in reached.raised if _is_below(one.type, written, hierarchy)]
    return bool(known) and all(one.kind in ("raise", "operation") and not one.via for one in known)


def _tells(one: Raised) -> bool:
    return one.type not in PROGRAMMING | INCIDENTAL and one.evidence.kind != "operation"


def _comes_out_of(one: Raised, open_: Unknown) -> bool:
    call = open_.call.partition("(")[0]
    if one.evidence.via:
        return one.evidence.via[0].call in (open_.call, call)
    return one.line == open_.line and one.evidence.detail.startswith((open_.call, call))


def whole(
    clause: list[Candidate],
    ranked: list[Candidate],
    reached: RaiseSet,
    hierarchy: Hierarchy,
    aside: Container[tuple[str, int]],
    home: str,
) -> list[Candidate]:
    """The clause with all that is expected from near by, in few classes; [] where it is that already, or
    where they are more than few.

    What comes out of operations in libraries, and of the places `aside`, is not for a clause; of a package
    that is neither standard nor `home`, several classes become what stands above them all.
    """
    seen = tuple(one for one in reached.raised if _is_for_clause(one, aside))
    near = expected(RaiseSet(seen), hierarchy)
    types = near | {one.type for one in clause}
    types = _in_families(types, types | _kin(clause, reached, hierarchy), hierarchy, home)
    found = folded(_candidates(types, [*clause, *ranked]), hierarchy)
    same = {one.type for one in found} == {one.type for one in clause}
    return [] if same or len(found) > FEW else found


def everything(clause: Iterable[str], reached: RaiseSet, hierarchy: Hierarchy, home: str) -> tuple[str, ...]:
    """The classes that a clause would need for what is known to come from anywhere: what is expected, and
    of the packages at work in it also what is merely possible.
    """
    seen = {one.type for one in reached.raised if one.usual and _counts(one, hierarchy)}
    types = seen | set(clause)
    heads = {_head(one) for one in types if _is_of_package(one, home)}
    possible = {one.type for one in reached.raised if _head(one.type) in heads}
    together = _in_families(types, types | possible, hierarchy, home)
    found = folded(_candidates(together, []), hierarchy)
    return tuple(sorted(one.type for one in found))


def _counts(one: Raised, hierarchy: Hierarchy) -> bool:
    """Whether it is near by, or of such a kind that it comes from anywhere: a library's, the system's."""
    if one.type in NEVER | PROGRAMMING or hierarchy.is_subclass(one.type, "Exception") is not True:
        return False
    system = hierarchy.is_subclass(one.type, "OSError") is True
    of_package = "." in one.type and not is_standard(one.type)
    return len(one.evidence.via) <= NEAR or system or of_package


def _is_for_clause(one: Raised, aside: Container[tuple[str, int]]) -> bool:
    why = one.evidence
    inside = why.kind == "operation" and is_foreign(why.path)
    return not inside and (why.path, why.line) not in aside


def _kin(clause: list[Candidate], reached: RaiseSet, hierarchy: Hierarchy) -> set[str]:
    """What else comes out of the packages of the clause: what is expected; where that is several classes, or
    the clause names a base, or what is not expected, all of it."""
    usual = {one.type for one in reached.raised if one.usual}
    seen = {one.type for one in reached.raised}
    heads = {_head(one.type) for one in clause if "." in one.type}
    several = {one for one in heads if sum(_head(each) == one for each in usual) > 1}
    unusual = {_head(one.type) for one in clause if one.type in seen - usual and "." in one.type}
    named = [one.type for one in clause if "." in one.type]
    bases = {
        _head(one) for one in named if any(one != each and _is_below(each, [one], hierarchy) for each in seen)
    }
    expected_ = {one for one in usual if _head(one) in heads}
    return expected_ | {one for one in seen if _head(one) in several | unusual | bases}


def _head(type_: str) -> str:
    return type_.partition(".")[0]


def _in_families(types: Iterable[str], kin: Iterable[str], hierarchy: Hierarchy, home: str) -> frozenset[str]:
    """The types with each package's own replaced by what stands above all its `kin`."""
    result, among = set(types), set(kin)
    for head in sorted({_head(one) for one in result if _is_of_package(one, home)}):
        those = {one for one in among if _head(one) == head}
        base = _above(those, head, hierarchy) if len(those) > 1 else None
        if base is not None:
            result = {one for one in result if _head(one) != head} | {base}
    return frozenset(result)


def _above(those: Iterable[str], head: str, hierarchy: Hierarchy) -> str | None:
    """The lowest public class of a package that all of its classes `those` derive from; None for none."""
    lines = [hierarchy.ancestors(one)[0] | {one} for one in those]
    shared = frozenset.intersection(*map(frozenset, lines)) - SAYS_NOTHING
    own = [
        one for one in shared if _head(one) == head and hierarchy.is_exception(one) and not is_private(one)
    ]
    return max(own, key=lambda one: (len(hierarchy.ancestors(one)[0]), one), default=None)


def _is_of_package(type_: str, home: str) -> bool:
    return "." in type_ and not is_standard(type_) and _head(type_) != home


def _is_below(type_: str, types: Iterable[str], hierarchy: Hierarchy) -> bool:
    return any(type_ == one or hierarchy.is_subclass(type_, one) is True for one in types)


def _candidates(types: Iterable[str], known: Iterable[Candidate]) -> list[Candidate]:
    judged = {one.type: one for one in reversed(list(known))}
    return list(_each(sorted(types), judged))


def _each(types: Iterable[str], judged: dict[str, Candidate]) -> Iterator[Candidate]:
    for one in types:
        yield judged.get(one) or Candidate(one, 0.0, False, ())
