"""By which signals is a type judged? One row of named numbers for each type that might be proposed.

The names are those in `forest.json`, which says what each signal counts.
"""

from __future__ import annotations

import math
import sys
from typing import Final, TypeAlias

from broadcatch.model.raising import Raised
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.suggest.case import Case, words_in
from broadcatch.suggest.habits import Habit
from broadcatch.suggest.usage import OTHER, OWN

Signals: TypeAlias = dict[str, float]
"""Name of a signal -> its strength; a signal that is not there is 0."""

NEVER: Final = frozenset({"Exception", "BaseException", "object", "GeneratorExit", "Warning"})
MOST_USUAL: Final = 8
"""So many types are considered for being usual alone."""
FAR: Final = 3
_KINDS: Final = {
    "raise": "raised",
    "knowledge": "known",
    "operation": "operation",
    "documented": "documented",
}
_EMPTY_WORDS: Final = frozenset({"error", "exception", "the", "and", "failed", "not", "invalid"})
WEIGHT: Final = {"raise": 1.2, "knowledge": 0.9, "operation": 0.8, "documented": 0.7}
DECAY: Final = 0.55
UNUSUAL: Final = 0.3


def signals(case: Case, hierarchy: Hierarchy) -> dict[str, Signals]:
    """The signals of every type that might be proposed, in no order that means anything."""
    raised: dict[str, list[Raised]] = {}
    for one in case.reached.raised:
        raised.setdefault(one.type, []).append(one)
    found = {}
    for type_ in sorted(_considered(case, raised, hierarchy)):
        row: Signals = {}
        row |= _of_evidence(type_, raised)
        row |= _of_family(type_, raised, hierarchy)
        row |= _of_company(type_, raised, case.reached.closed)
        row |= _of_habits(type_, case.habits)
        row |= _of_usage(type_, case)
        row |= _of_class(type_, case, hierarchy)
        found[type_] = row
    _rank(found)
    return found


def _considered(case: Case, raised: dict[str, list[Raised]], hierarchy: Hierarchy) -> set[str]:
    """What is possible, what stands above it, what the file catches, what is usual; never the broad ones."""
    found = set(raised)
    for type_ in raised:
        found |= hierarchy.ancestors(type_)[0]
    usual = sorted(case.usual, key=lambda one: (-case.usual[one], one))
    guessed = {one.type for one in case.habits} | {one.type for one in case.offers}
    guessed |= {one for one in usual[:MOST_USUAL] if one not in (OWN, OTHER) and _is_at_hand(one, case)}
    if case.reached.closed:
        guessed = {one for one in guessed if _is_part(one, raised, hierarchy)}
    found |= guessed
    proper = {one for one in found if hierarchy.is_subclass(one, "Exception") is not False}
    return proper - NEVER - case.beside


def _is_part(type_: str, raised: dict[str, list[Raised]], hierarchy: Hierarchy) -> bool:
    """Whether a type that is possible may turn out to be this one, which is narrower."""
    return any(one != type_ and hierarchy.is_subclass(type_, one) is True for one in raised)


def _is_at_hand(type_: str, case: Case) -> bool:
    """Whether the file could name it: a builtin, or of something that it imports already."""
    return "." not in type_ or type_.partition(".")[0] in case.imports


def _of_evidence(type_: str, raised: dict[str, list[Raised]]) -> Signals:
    """How the body may raise it: by which kind of evidence, how far away, from how many rows."""
    those = raised.get(type_, [])
    if not those:
        return {"unseen": 1.0}
    row: Signals = {}
    for one in those:
        far = min(len(one.evidence.via), FAR)
        kind = _KINDS.get(one.evidence.kind, "known")
        row[f"{kind} {far}{'' if one.usual else ' unusual'}"] = 1.0
        if one.by_data:
            row["by data"] = 1.0
    nearest = min(len(one.evidence.via) for one in those)
    row["nearness"] = 1 / (1 + nearest)
    row["rows"] = math.log(len({one.line for one in those}))
    row["ways"] = math.log(len(those))
    row["score"] = max(score(one) for one in those)
    return row


def score(one: Raised) -> float:
    """How much one piece of evidence speaks for its type, before all else is weighed."""
    value = WEIGHT.get(one.evidence.kind, 0.5) * DECAY ** len(one.evidence.via)
    return value if one.usual else value * UNUSUAL


def _of_company(type_: str, raised: dict[str, list[Raised]], closed: bool) -> Signals:
    """Whether it is the only one possible that is no mistake of the program."""
    proper = {one for one in raised if one not in PROGRAMMING}
    if type_ in PROGRAMMING or type_ not in raised or len(proper) > 1:
        return {"beside proper": 1.0} if type_ in PROGRAMMING and proper else {}
    return {"alone": 1.0, "alone, closed": float(closed)}


def _of_family(type_: str, raised: dict[str, list[Raised]], hierarchy: Hierarchy) -> Signals:
    """How many possible types lie below it, and whether one above it is possible."""
    below = [one for one in raised if one != type_ and hierarchy.is_subclass(one, type_) is True]
    above = [one for one in raised if one != type_ and hierarchy.is_subclass(type_, one) is True]
    row: Signals = {}
    if below:
        best = max(score(one) for name in below for one in raised[name])
        row["base of possible"] = 1.0
        row["base of several"] = math.log(len(below))
        row["score below"] = best
        if type_ not in raised:
            row["base only"] = 1.0
            row["base only score"] = best
            row["base only several"] = math.log(len(below))
        programming = all(name in PROGRAMMING for name in below)
        row["base of mistakes"] = float(programming)
    if above:
        row["part of possible"] = 1.0
        row["score above"] = max(score(one) for name in above for one in raised[name])
        if type_ not in raised:
            row["part only"] = 1.0
    return row


def _of_habits(type_: str, habits: tuple[Habit, ...]) -> Signals:
    those = [one for one in habits if one.type == type_]
    if not those:
        return {}
    return {
        "habit": 1.0,
        "habit share": len(those) / len(habits),
        "habit count": math.log(len(those)),
        "habit alike": max(one.alike for one in those),
        "habit shared callee": float(any(one.alike for one in those)),
        "habit near": float(any(one.near for one in those)),
        "only habit": float(len({one.type for one in habits}) == 1),
    }


def _of_usage(type_: str, case: Case) -> Signals:
    inside = type_ in case.usual
    own = type_.partition(".")[0] == case.home
    share = case.usual.get(type_, case.usual.get(OWN if own else OTHER, 1e-4))
    ranked = sorted((value for name, value in case.usual.items()), reverse=True)
    row: Signals = {"usual log" if inside else "usual log else": math.log(max(share, 1e-3))}
    if inside:
        row["usual"] = share
        place = ranked.index(share) if share in ranked else 9
        row[f"usual place {min(place, 4)}"] = 1.0
    else:
        row["usual else"] = share
    return row


def _of_class(type_: str, case: Case, hierarchy: Hierarchy) -> Signals:
    category = _category(type_, case, hierarchy)
    row: Signals = {f"class {category}": 1.0}
    if type_ in {one.type for one in case.reached.raised}:
        row[f"possible {category}"] = max(score(one) for one in case.reached.raised if one.type == type_)
    last = type_.rpartition(".")[2]
    words = words_in((last,)) - _EMPTY_WORDS
    if words & case.words:
        row["named in words"] = len(words & case.words) / len(words)
    if last.startswith("_"):
        row["private"] = 1.0
    size = next((one for one in case.traits if one.startswith("size:")), "size:1")
    if type_ in PROGRAMMING:
        row[f"mistake in {size}"] = 1.0
        if not any(one.startswith((".", "in:")) or "/" in one for one in case.traits):
            row["mistake without call"] = 1.0
    row |= _of_offer(type_, case, hierarchy)
    row |= _of_asked(type_, case, hierarchy)
    if "." in type_ and _is_at_hand(type_, case):
        row["imported"] = 1.0
    row["open"] = float(not case.reached.closed)
    row["many"] = math.log(1 + len({one.type for one in case.reached.raised}))
    row["opens"] = math.log(1 + len(case.reached.unknown))
    return row


def _of_offer(type_: str, case: Case, hierarchy: Hierarchy) -> Signals:
    """How it lies at hand, and whether it stands above the others that its package offers."""
    offer = next((one for one in case.offers if one.type == type_), None)
    if offer is None:
        return {}
    others = [one.type for one in case.offers if one.how == offer.how and one.type != type_]
    below = [one for one in others if hierarchy.is_subclass(one, type_) is True]
    above = any(hierarchy.is_subclass(type_, one) is True for one in others)
    row: Signals = {f"offer {offer.how}": 1.0, f"offers {offer.how}": math.log(1 + len(others))}
    if below and not above:
        row[f"offer on top {offer.how}"] = 1.0
        row["offer on top of"] = math.log(len(below))
    return row


def _of_asked(type_: str, case: Case, hierarchy: Hierarchy) -> Signals:
    """Whether it has what the handler reads of the error, and how many others have."""
    if type_ in case.asked.lacking:
        return {"lacks what is asked": 1.0, "always asked": float(case.asked.always)}
    if type_ not in case.asked.having:
        return {"may have what is asked": 1.0} if case.asked.names else {}
    above = hierarchy.ancestors(type_)[0] & case.asked.having - {type_}
    row: Signals = {"has what is asked": 1.0, "others have it": math.log(len(case.asked.having))}
    return row | {"defines what is asked": float(not above), "always asked": float(case.asked.always)}


def _category(type_: str, case: Case, hierarchy: Hierarchy) -> str:
    if "." not in type_:
        if type_ in PROGRAMMING:
            return "mistake"
        return "system" if hierarchy.is_subclass(type_, "OSError") else "builtin"
    head = type_.partition(".")[0]
    return "own" if head == case.home else "standard" if head in sys.stdlib_module_names else "third"


def _rank(found: dict[str, Signals]) -> None:
    """Where each type stands among the others by its evidence alone."""
    others = [row for row in found.values() if row.get("usual else") and row.get("score")]
    for row in others:
        if row["score"] == max(one["score"] for one in others):
            row["usual else first"] = row["usual else"]
            row["score else first"] = row["score"]
    for name in ("score", "habit count", "usual"):
        order = sorted({row[name] for row in found.values() if row.get(name)}, reverse=True)
        for row in found.values():
            if row.get(name):
                row[f"{name} is {min(order.index(row[name]), 3)}"] = 1.0
