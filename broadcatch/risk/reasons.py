"""Why does a file stand where it stands, in words that a lead understands?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from broadcatch.config.weights import HIDDEN, STAKE
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.heads import weak
from broadcatch.risk.signals.hidden import own_call, unless
from broadcatch.risk.signals.stakes import stakes_of
from broadcatch.risk.subject import Subject

MOST_REASONS = 3
_MOST_NAMES = 2
_FAR = ("file", "folder")
"""Where a name says too little of what failed."""

_DOES = {
    "dropped": "drop~ the error without a record",
    "logged-text": "leave~ only a message of the error",
    "logged-traceback": "log~ the traceback and raise~ nothing",
    "handed-on": "keep~ or hand~ on the error or its text, and raise~ nothing",
    "translated": "raise~ another error, and not from it",
    "exits": "end~ the process",
    "reraised": "raise~ the error again",
    "chained": "raise~ another error from it",
}
"""What a handler does, `~` where the verb of a single one ends in an s."""

Pair = tuple[HandlerRisk, Subject]


def reasons_of(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The strongest two or three reasons of one file, from its handlers, riskiest first.

    A reason counts all handlers of its kind, those at low risk among them.
    """
    if all(risk.tier == "low" for risk, _ in pairs):
        return (_harmless(pairs),)
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        groups.setdefault((_what(pair[1]), _does(pair)), []).append(pair)
    told = [item for item in groups.items() if any(risk.tier != "low" for risk, _ in item[1])]
    ordered = sorted(told, key=lambda item: (-_weight(item[1]), item[0]))
    return tuple(_reason(what, outcome, group) for (what, outcome), group in ordered[:MOST_REASONS])


def _weight(group: Sequence[Pair]) -> float:
    return sum(risk.score for risk, _ in group if risk.tier != "low")


def _does(pair: Pair) -> str:
    """What a handler does, as its own statement has it; "" where a value takes the error's place."""
    risk, subject = pair
    found = next(factor for factor in risk.factors if factor.name in HIDDEN)
    if found.name in ("dropped", "fallback") and found.detail.startswith("what "):
        return "keep~ some errors from leaving, and let~ every other leave"
    if found.name in ("dropped", "fallback") and own_call(subject):
        return "tr^ it again, and leave~ no record"
    if found.detail.startswith("no record"):
        return "leave~ no record of the error"
    return "" if found.name == "fallback" else _DOES[found.name] + unless(subject)


def _reason(what: str, does: str, group: Sequence[Pair]) -> str:
    count = len(group)
    subjects = [subject for _, subject in group]
    value = "" if does else _commonest(subjects)
    alike = {subject.verdict.fallback for subject in subjects} == {value}
    names = _names(sorted(subjects, key=lambda one: one.verdict.fallback != value))
    does = does or _fallback(value, alike) + unless(subjects[0])
    several = sum(map(_has_other_way, subjects))
    way = ", on one way through" if several == count else f", {several} on one way through" if several else ""
    handlers = "1 handler" if count == 1 else f"{count} handlers"
    return f"{handlers}{what} {_verbs(does, count)}{way}{names}"


def _verbs(does: str, count: int) -> str:
    """The words for so many handlers: one drops, two drop; one tries, two try."""
    return does.replace("~", "s" if count == 1 else "").replace("tr^", "tries" if count == 1 else "try")


def _has_other_way(subject: Subject) -> bool:
    return len({(path.outcome, path.handed) for path in subject.verdict.paths}) > 1


def _what(subject: Subject) -> str:
    """What the names around it tell that a handler is about, by the heaviest stake; "" where none does."""
    found = [stake for stake in stakes_of(subject) if stake.name in STAKE and stake.source not in _FAR]
    found.sort(key=lambda stake: -STAKE[stake.name] * stake.strength)
    if not found:
        return ""
    if found[0].source == "library":
        return f" around calls of {found[0].text.partition(' (')[0]}"
    return (
        f", perhaps about {found[0].what}," if weak(found[0].source) else f" around names of {found[0].what}"
    )


def _names(subjects: Iterable[Subject]) -> str:
    """The first functions of the handlers, and "…" where a handler is in none of those named."""
    names = list(dict.fromkeys(subject.function for subject in subjects))
    told = [name for name in names if name][:_MOST_NAMES]
    more = ", …" if len(names) > len(told) else ""
    return f" ({', '.join(told)}{more})" if told else ""


def _commonest(subjects: Sequence[Subject]) -> str:
    """The value that most of the handlers give."""
    return Counter(subject.verdict.fallback for subject in subjects).most_common(1)[0][0]


def _fallback(value: str, alike: bool) -> str:
    more = "" if alike else " or another value"
    given = f"`{_as_code(value)}`{more}" if value else "a value"
    return f"put~ {given} in the error's place"


def _as_code(value: str) -> str:
    return value if " = " in value else f"return {value}"


def _harmless(pairs: Sequence[Pair]) -> str:
    leaves = sum(subject.verdict.leaves for _, subject in pairs)
    if leaves == len(pairs):
        return "the error leaves every handler"
    if leaves:
        return f"the error leaves {leaves} of {len(pairs)} handlers, the others are at low risk"
    return "1 handler, at low risk" if len(pairs) == 1 else f"{len(pairs)} handlers, all at low risk"
