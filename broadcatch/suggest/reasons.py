"""Why is a type proposed? What in the code raises it, where the file catches it, how usual it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.raises.evidence import rank
from broadcatch.suggest.case import Case
from broadcatch.suggest.habits import Habit
from broadcatch.suggest.traits import is_call, is_named, is_of_package
from broadcatch.suggest.usage import Counted, Usage
from broadcatch.suggest.ways import (
    NEAR,
    from_below,
    hedged,
    is_checkable,
    is_foreign,
    is_hedged,
    plainly,
    summed_up,
)

NEARLY_ALL = 0.85
MOSTLY, MANY = 0.6, 20
"""From such a share (and so many clauses) on a method's name says enough, whatever object has it."""
_SHORT = frozenset({"size:1", "size:2-3"})
_UNKNOWN = (", if it is a ", "`%` formatting: ")
"""So evidence speaks of a value of unknown type."""
_HELD = re.compile(r"`?[\w.]+\.\w+\[(['\"])[^'\"]*\1\]`?: the key ")
"""So of a key, as written, of what an object or a module holds: it was filled elsewhere."""
_ATTRIBUTE = "attribute `"
"""So of an attribute: people guard it where it is all that they do, not in passing."""
FEWEST = 3
LEAST = 0.04
LIFT = 1.5
"""What is worth telling of statistics: so many clauses, such a share, so much more than anywhere."""


def reasons(type_: str, case: Case, hierarchy: Hierarchy, usage: Usage) -> tuple[Evidence, ...]:
    """The evidence for a type, best first: it is raised, a subclass is, the file catches it, it is usual."""
    types = sorted({one.type for one in case.reached.raised} - {type_})
    parts = {one for one in types if hierarchy.is_subclass(one, type_) is True}
    those = [one for one in case.reached.raised if one.type == type_ or one.type in parts]
    # What people expect speaks first, and of that what is of the very type.
    found = sorted(those, key=lambda one: (not one.usual, one.type != type_, rank(one)))
    seen = _nearest([one for one in found if _is_told(one, case) and _speaks(one, type_, case)], case)
    if type_ in PROGRAMMING and not case.reached.closed:
        seen = [one for one in seen if not is_hedged(one)]
    hearsay = (*_of_habits(type_, case), *_of_usage(type_, case, usage, hierarchy), *_of_offer(type_, case))
    told = [*_of_asked(type_, case), *hearsay]
    return tuple(dict.fromkeys([*seen, *told] or _at_least(found, type_, case)))


def is_shown(type_: str, case: Case, hierarchy: Hierarchy) -> bool:
    """Whether the code shows a way in which the type may come here, told or not.

    What nobody expects is told of few bodies, but is ground enough where people would most likely name it.
    """
    return any(
        (one.type == type_ or hierarchy.is_subclass(one.type, type_) is True)
        and (one.usual or len(one.evidence.via) <= NEAR)
        and _may_come(one, case)
        for one in case.reached.raised
    )


def _nearest(those: list[Raised], case: Case) -> list[Evidence]:
    """What lies deeper than the nearest says less, and no more; so does what is not expected."""
    expected = [one for one in those if one.usual] or [one for one in those if _may_be_said(one, case)]
    nearest = min((len(one.evidence.via) for one in expected), default=0)
    return [_worded(one, case) for one in expected if len(one.evidence.via) <= nearest + _more(one)]


def _may_be_said(one: Raised, case: Case) -> bool:
    """Whether what nobody expects is told: of a closed answer, which knows all ways, and of a body that calls
    nothing, for what else is guarded there? What is raised on purpose; a library's own exception, if alone.
    """
    if one.evidence.via:
        return False
    told = case.reached.closed or one.evidence.kind == "raise" or _is_known_for(one, case)
    return told or not any(map(is_call, case.traits))


def _worded(one: Raised, case: Case) -> Evidence:
    """The evidence with the condition that a `raise` stands under, and whether it is expected."""
    why = plainly(hedged(_left(one, case)))
    condition = case.when.get((why.path, why.line), "") if why.kind == "raise" else ""
    return replace(why, detail=f"{why.detail} {condition}") if condition else why


def _left(one: Raised, case: Case) -> Raised:
    """Of what a row names, the subclasses that other clauses take do not come to this one.

    OSError, or a library's base, stands for what comes; a ValueError of `int` is never a JSONDecodeError.
    """
    taken = case.taken.get(one.type, ())
    if not taken or one.evidence.kind != "knowledge" or not (one.type == "OSError" or "." in one.type):
        return one
    *most, last = [each.rpartition(".")[2] for each in taken]
    names = f"{', '.join(most)} and {last}" if most else last
    words = f"{names} {'has a clause of its own' if len(taken) == 1 else 'have clauses of their own'}"
    return replace(one, evidence=replace(one.evidence, detail=f"{one.evidence.detail}; {words}"))


def _more(one: Raised) -> int:
    """So many calls more than the nearest it may be away: an operation elsewhere says nothing new."""
    return int(one.evidence.kind != "operation")


def _is_told(one: Raised, case: Case) -> bool:
    """Whether a reader can see that it may come here."""
    return _may_come(one, case) and not _is_guess(one.evidence)


def _may_come(one: Raised, case: Case) -> bool:
    """Whether it stands near, no test excludes it, and it is no library's check of how it is used."""
    why = one.evidence
    misuse = one.type in PROGRAMMING and why.kind == "raise" and is_foreign(why.path)
    return (
        is_checkable(one) and not misuse and one not in case.unmet and (why.path, why.line) not in case.checks
    )


def _is_guess(why: Evidence) -> bool:
    """Whether it speaks of what a value of unknown type, or one that was filled elsewhere, holds far away."""
    unknown = why.kind == "operation" and any(words in why.detail for words in _UNKNOWN)
    return bool(why.via) and (unknown or _HELD.match(why.detail) is not None)


def _at_least(found: list[Raised], type_: str, case: Case) -> list[Evidence]:
    """What is said where nothing speaks: a closed answer knows all ways, an open one tells no mistakes."""
    if case.reached.closed:
        return [summed_up(one) or _worded(one, case) for one in found]
    if type_ in PROGRAMMING:
        return _nearest([one for one in found if _is_told(one, case) and _speaks(one, type_, case)], case)
    near = [_worded(one, case) for one in found if _is_told(one, case) and _is_known_for(one, case)]
    return near or (from_below(one for one in found if one not in case.unmet) if "." in type_ else [])


def _is_known_for(one: Raised, case: Case) -> bool:
    """Whether it is expected of such code, or a library's own exception: of a short body, and of a row of
    which nothing else is expected.
    """
    if not is_hedged(hedged(one)):
        return True
    if not _SHORT & set(case.traits):
        return False
    beside = (other for other in case.reached.raised if other.line == one.line and other.usual)
    return "." in one.type and not any(other.type not in PROGRAMMING for other in beside)


def _speaks(one: Raised, type_: str, case: Case) -> bool:
    """Whether a way in which it may be raised is worth telling before all others."""
    why = one.evidence.detail
    operation, far = one.evidence.kind == "operation", bool(one.evidence.via)
    if (
        operation
        and why.startswith(_ATTRIBUTE)
        and not case.reached.closed
        and any(map(is_call, case.traits))
    ):
        return False
    if type_ in PROGRAMMING and not case.reached.closed:
        probed = one.usual or type_ == "AttributeError"  # a line of one attribute is there to find it missing
        return not operation or (probed and not far)
    return one.usual or not operation or not far


def _of_asked(type_: str, case: Case) -> Iterator[Evidence]:
    """What the handler reads of the error, if the class has it and not every other has."""
    if type_ in case.asked.having and case.asked.lacking:
        read = ", ".join(f"`{one}`" for one in case.asked.names)
        name = type_.rpartition(".")[2]
        yield Evidence("usage", case.path, case.asked.line, f"the handler reads {read}, which {name} has")


def _of_habits(type_: str, case: Case) -> Iterator[Evidence]:
    """The clause of the file that names the type around the most similar code."""
    those = [one for one in case.habits if one.type == type_]
    if those:
        best = min(those, key=lambda one: (-one.alike, not one.near, one.line))
        yield Evidence("usage", case.path, best.line, _told(best, len(those)))


def _told(one: Habit, number: int) -> str:
    """What the file does, in words that stay true where the type becomes evidence for a base of it."""
    name = one.name or one.type.rpartition(".")[2]
    where = f"around {_plain(one.told)}" if one.told else _ELSEWHERE
    return f"this file catches {name} {where}{f', {number} times in all' if number > 1 else ''}"


def _of_offer(type_: str, case: Case) -> Iterator[Evidence]:
    """The package that publishes the class, and the row in which the body calls into it."""
    for one in case.offers:
        if one.type == type_ and one.how != "project":
            head = one.by.partition(".")[0]
            line = case.traits.get(f"in:{head}", min(case.traits.values()))
            home, _, name = type_.rpartition(".")
            at_hand = f"the file {'defines' if home == one.by else 'imports'} {name}"
            words = at_hand if one.how == "imported" else f"{one.by} publishes {name}"
            yield Evidence("usage", case.path, line, words)


def _of_usage(type_: str, case: Case, usage: Usage, hierarchy: Hierarchy) -> Iterator[Evidence]:
    """The callee or operation of the body around which people name the type most often."""
    told = [
        (counted.by_type[type_] / counted.total, trait, line, counted)
        for trait, line in case.traits.items()
        if ":" not in trait
        and (counted := usage.around(trait)) is not None
        and counted.by_type.get(type_, 0) >= FEWEST
        and _is_meant(trait, line, type_, case, hierarchy, counted)
    ]
    share, trait, line, counted = max(told, key=lambda one: one[:3], default=(0.0, "", 0, None))
    if counted is not None and share >= max(LEAST, LIFT * usage.share(type_)):
        words = f"{counted.by_type[type_]} of {counted.total}{_AROUND}{_plain(trait)}"
        name = type_.rpartition(".")[2]
        yield Evidence("usage", case.path, line, f"{words} in published packages name {name}")


def _is_meant(trait: str, line: int, type_: str, case: Case, hierarchy: Hierarchy, counted: Counted) -> bool:
    """Whether the counts speak of what stands in the row: of that callee, or of what is raised there itself.

    Around an operation that is safe here, or a method of unknown kind, others feared what cannot come here.
    Of mistakes only others can tell whether people expect them.
    """
    if trait in case.placed or trait.partition("/")[0].rpartition(".")[2] == type_.rpartition(".")[2]:
        return False  # who makes the error says so already
    if is_of_package(trait) or is_named(trait):
        return True
    share, number = counted.by_type[type_] / counted.total, counted.by_type[type_]
    if trait.startswith(".") and (share >= NEARLY_ALL or (share >= MOSTLY and number >= MANY)):
        return True  # of whatever kind, that is what one fears of it
    direct = (one for one in case.reached.raised if one.line == line and _is_end(one, trait))
    return any(
        (one.usual or type_ in PROGRAMMING)
        and one not in case.unmet
        and _is_related(one.type, type_, hierarchy)
        for one in direct
    )


def _is_end(one: Raised, trait: str) -> bool:
    """Whether it is raised in the row itself; of a method, by that of this name."""
    callee = one.evidence.detail.partition(": ")[0]
    named = not trait.startswith(".") or callee.endswith(trait.partition("/")[0])
    return not one.evidence.via and named


def _is_related(one: str, other: str, hierarchy: Hierarchy) -> bool:
    return hierarchy.is_subclass(one, other) is True or hierarchy.is_subclass(other, one) is True


_ELSEWHERE = "elsewhere, around other code"
_AROUND = " clauses around "
_OPERATIONS = {
    "[str]": "a lookup by a text",
    "[int]": "a lookup by a number",
    "[x]": "a lookup",
    "[:]": "a slice",
    "@": "an attribute",
    "a,b=": "an unpacking",
    "for": "a loop",
    "del[str]": "a `del` of a key",
    "del[x]": "a `del` of an item",
    "set[x]": "an item that is set",
    "delete": "a `del`",
    "await": "an `await`",
    "yield": "a `yield`",
    "yieldfrom": "a `yield from`",
    "assert": "an `assert`",
    "raise": "a `raise`",
    "with": "a `with`",
    "import": "an import",
}


def is_of_other_code(one: Evidence) -> bool:
    """Whether it only says what the file catches around code that is not like this."""
    return one.kind == "usage" and f" {_ELSEWHERE}" in one.detail


def is_hearsay(one: Evidence) -> bool:
    """Whether it only says what people elsewhere catch around methods of the same name (`.delete()`)."""
    return one.kind == "usage" and f"{_AROUND}." in one.detail


def _plain(trait: str) -> str:
    """A trait in words a reader knows."""
    if trait in _OPERATIONS:
        return _OPERATIONS[trait]
    name, _, number = trait.partition("/")
    return f"{name}()" if name.lstrip(".").replace(".", "").isidentifier() else f"`{trait}`"
