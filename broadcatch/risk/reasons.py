"""Why does a file stand where it stands, in words that a lead understands?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from broadcatch.config.weights import STAKE
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.signals.stakes import stakes_of
from broadcatch.risk.subject import Subject

MOST_REASONS = 3
_MOST_NAMES = 2

_HOW = {
    "dropped": "without a trace",
    "logged-text": "with only a message",
    "logged-traceback": "behind a logged traceback, and go on",
    "handed-on": "in a value that the caller may not look at",
}

Pair = tuple[HandlerRisk, Subject]


def reasons_of(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The strongest two or three reasons of one file, from its handlers, riskiest first."""
    told = [pair for pair in pairs if pair[0].tier != "low"]
    if not told:
        return (_harmless(pairs),)
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in told:
        groups.setdefault((_what(pair[1]), pair[0].outcome), []).append(pair)
    ordered = sorted(groups.items(), key=lambda item: (-sum(risk.score for risk, _ in item[1]), item[0]))
    return tuple(_reason(what, outcome, group) for (what, outcome), group in ordered[:MOST_REASONS])


def _reason(what: str, outcome: str, group: Sequence[Pair]) -> str:
    count = len(group)
    handlers = "1 handler hides" if count == 1 else f"{count} handlers hide"
    subjects = [subject for _, subject in group]
    value = _commonest(subjects) if outcome == "fallback" else ""
    alike = {subject.verdict.fallback for subject in subjects} == {value}
    names = _names(one for one in subjects if one.verdict.fallback == value or not value)
    failed = f"failed {what}" if what else "any failure"
    return f"{handlers} {failed}{names} {_how(outcome, value, alike, count)}"


def _what(subject: Subject) -> str:
    """What goes wrong, by the heaviest stake; "" where nothing tells."""
    found = [stake for stake in stakes_of(subject) if stake.name in STAKE]
    found.sort(key=lambda stake: -STAKE[stake.name] * stake.strength)
    return found[0].what if found else ""


def _names(subjects: Iterable[Subject]) -> str:
    names = [subject.function for subject in subjects if subject.function]
    unique = list(dict.fromkeys(names))
    if not unique:
        return ""
    more = ", …" if len(unique) > _MOST_NAMES else ""
    return f" ({', '.join(unique[:_MOST_NAMES])}{more})"


def _commonest(subjects: Sequence[Subject]) -> str:
    """The value that most of the handlers give."""
    return Counter(subject.verdict.fallback for subject in subjects).most_common(1)[0][0]


def _how(outcome: str, value: str, alike: bool, count: int) -> str:
    if outcome == "fallback":
        more = "" if alike else " and other values"
        return f"behind `{_as_code(value)}`{more}" if value else "behind a default value"
    how = _HOW.get(outcome, "behind another error")
    return how.replace("and go on", "and goes on") if count == 1 else how


def _as_code(value: str) -> str:
    return value if " = " in value else f"return {value}"


def _harmless(pairs: Sequence[Pair]) -> str:
    leaves = sum(subject.verdict.leaves for _, subject in pairs)
    if leaves == len(pairs):
        return "the error leaves every handler"
    if leaves:
        return f"the error leaves {leaves} of {len(pairs)} handlers, little is at stake in the others"
    return "little is at stake"
