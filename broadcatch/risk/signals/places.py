"""Does the place excuse a handler? Clean-up, import guards, start-up, tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.judge.lexicon import parts, subject_of
from broadcatch.judge.stakes import only_closes
from broadcatch.risk.signals.answers import answer_instead
from broadcatch.risk.signals.stakes import near, stakes_of
from broadcatch.risk.subject import Found, Subject
from broadcatch.risk.writing import written_calls

_ZONES = {"clean-up": "clean-up", "import-guard": "import guard", "start-up": "start-up", "test": "test"}
_SETTINGS = frozenset({"config", "settings", "conf"})
_SHOWN = re.compile(r"function __(repr|str|format|unicode|rich_\w+)__")
"""What must not fail either, and cleans nothing up."""


def zone(subject: Subject) -> Iterator[Found]:
    """Clean-up, import guard, start-up, test; half with money or access at stake, or an answer given.

    Nothing is only cleaned up where what was made is put in its place afterwards.
    """
    name, reason = _ZONES.get(subject.verdict.zone, ""), subject.verdict.zone_reason
    closed = only_closes(subject.handler)
    if not name and closed:
        name, reason = "clean-up", f"the try body only calls {closed}"
    if not name and _reads_settings(subject):
        name, reason = "start-up", f"{subject.function} of a module of settings reads them"
    if name == "clean-up" and subject.after.finishes is not None and reason.startswith("function "):
        return  # `close` of what is put in its place only then: the work is not over
    if name == "clean-up" and _SHOWN.search(reason):
        return
    if name == "clean-up" and (_closes_business(subject) or _writes(subject)):
        return
    if name == "import guard" and _works_on_given(subject):
        return
    if name:
        serious = near(subject, "money", "access") or (name == "clean-up" and answer_instead(subject))
        yield Found(name, reason, 0.5 if serious else 1.0)


def _closes_business(subject: Subject) -> bool:
    """Whether what is closed is about money (a position, a payment channel): that is no end of a program."""
    money = [stake for stake in stakes_of(subject, cosmetic=False) if stake.name == "money"]
    closed = any(subject_of("money", parts(call.name))[1] for call in subject.calls())
    return closed or any(stake.source not in ("file", "folder") for stake in money)


def _writes(subject: Subject) -> bool:
    """Whether a call of the try body also writes, removals aside: what is kept is no clean-up."""
    return any(what != "removals" for _, what in written_calls(subject))


def _works_on_given(subject: Subject) -> bool:
    """Whether what is imported is called at once with what the function was given: that may fail itself."""
    function = subject.handler.place.function
    given = set(function.parameters if function else ()) | set(subject.handler.before)
    return any(given & set(arg.value.names) for call in subject.calls() for arg in call.args)


def _reads_settings(subject: Subject) -> bool:
    """Whether a function, not a method, of a module of settings only reads."""
    file = subject.path.rpartition("/")[2].removesuffix(".py")
    stands = file in _SETTINGS and subject.function and not subject.classes
    return bool(stands) and not any(stake.name == "write" for stake in stakes_of(subject, cosmetic=False))
