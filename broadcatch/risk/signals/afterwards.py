"""What follows behind the try? Names without a value, state that moves on, what uses the value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.failing import handler_fails, misses_item
from broadcatch.judge.lexicon import parts, writes
from broadcatch.model.aftermath import Use
from broadcatch.model.flow import Assign
from broadcatch.risk.signals.answers import GROWS, answer_instead, is_sentinel
from broadcatch.risk.subject import Found, Subject

_STRENGTH = {"arithmetic": 1.0, "comparison": 1.0, "kept": 1.0, "iterated": 0.5, "argument": 0.5}
_QUESTIONS = tuple((word,) for word in "is has can should check exists valid needs supports".split())
_DONE = {
    "asked": "decides",
    "arithmetic": "is calculated with",
    "comparison": "is compared",
    "kept": "is kept",
    "iterated": "is gone through",
    "argument": "goes on",
}


def unbound_name(subject: Subject) -> Iterator[Found]:
    """What comes after needs a name that has no value now: it fails with another error."""
    use = subject.after.unbound
    if use is not None:
        last = subject.after.inherited
        raises = f", unless {last}(…) raises" if last else ""
        detail = f"{use.name} has no value in line {use.line}{raises}: {use.text}"
        yield Found("unbound name", detail, 0.5 if last else 1.0, use.line)


def stale_name(subject: Subject) -> Iterator[Found]:
    """What comes after goes on with the value of another turn of the loop."""
    use = subject.after.stale
    if use is not None:
        detail = f"{use.name} is that of an earlier turn of the loop, or none, in line {use.line}: {use.text}"
        yield Found("stale name", detail, line=use.line)


def old_value(subject: Subject) -> Iterator[Found]:
    """What comes after goes on with the value from before the try."""
    use = subject.after.kept
    if use is not None and not _asked_first(use) and use.name not in _changed(subject):
        yield Found(
            "old value used",
            f"{use.name} may be as it was before, in line {use.line}: {use.text}",
            _STRENGTH.get(use.how, 0.5),
            use.line,
        )


def _changed(subject: Subject) -> Iterator[str]:
    """The names that the handler sets, or adds to (`text += str(error)`, `lines.append(…)`)."""
    for node in nodes_in(subject.handler.body):
        yield from node.targets if isinstance(node, Assign) else ()
    for call in calls_in(subject.handler.body):
        receiver, _, method = call.name.rpartition(".")
        if method in GROWS:
            yield receiver


def advanced(subject: Subject) -> Iterator[Found]:
    """State that says how far things are is set, whatever has happened."""
    written = subject.after.advanced
    if written is not None:
        done = "is called" if written.target.endswith("(…)") else "is set"
        detail = f"{written.target} {done} in line {written.line}, whether it failed or not"
        yield Found("advanced all the same", detail, line=written.line)


def saved_over(subject: Subject) -> Iterator[Found]:
    """What could not be loaded is taken for empty, and will be written over."""
    written = subject.after.saved_over
    if written is not None and answer_instead(subject) not in subject.after.failures:
        detail = f"{written.target} (line {written.line}) may write over what could not be loaded"
        yield Found("saved over", detail, line=written.line)


def consumed(subject: Subject) -> Iterator[Found]:
    """The value that takes the error's place goes on into a calculation, a comparison, a store."""
    if not answer_instead(subject) or is_sentinel(subject):
        return
    uses = [use for use in subject.after.uses if _strength(use) and not _asked_first(use)]
    if not uses and _is_question(subject):
        uses = [use for use in subject.after.uses if use.how == "asked"]
    if uses and not asked_for(subject):
        use = max(uses, key=_strength)
        yield Found("value used", _told(use), _strength(use) or 0.5, 0 if use.path else use.line)


def _is_question(subject: Subject) -> bool:
    """Whether the function is called for a yes or no that others decide by: `is_open`, `check_pid`."""
    return parts(subject.function)[:1] in _QUESTIONS


def asked_for(subject: Subject) -> str:
    """Where whoever gets the value first asks whether there is one; "" where nobody does."""
    first: dict[str, Use] = {}
    for use in subject.after.uses:
        first.setdefault(f"{use.path}:{use.caller}", use)
    if answer_instead(subject)[:1] in "F0-":
        return ""  # to branch on a yes or no, or on a number, is to believe it
    if first and all(use.how in ("asked", "ignored") for use in first.values()):
        use = next(iter(first.values()))
        return f"line {use.line}: {use.text}" if use.how == "asked" else ""
    return ""


def _asked_first(use: Use) -> bool:
    """Whether the statement itself asks first: `ip_address(ip) if ip else None`."""
    return bool(re.search(rf" if {re.escape(use.name)}( is not None)? else ", use.text))


def _strength(use: Use) -> float:
    if use.how == "argument" and writes(parts(use.into.rpartition(".")[2]), True):
        return 1.0
    return _STRENGTH.get(use.how, 0.0)


def _told(use: Use) -> str:
    where = f"{use.path}:{use.line}" if use.path else f"line {use.line}"
    whose = f" of {use.caller}" if use.caller else ""
    into = f" into {use.into}" if use.into else ""
    return f"it {_DONE[use.how]}{into} in {where}{whose}: {use.text}"


def fails_itself(subject: Subject) -> Iterator[Found]:
    """The handler reads what only some exceptions have, or needs what may have no value: it fails itself."""
    found = handler_fails(subject.handler) or misses_item(subject.handler)
    if found is not None:
        yield Found("handler may fail", found.detail, 1.0 if found.certain else 0.5, found.line)


SIGNALS = (unbound_name, stale_name, old_value, advanced, saved_over, consumed)
ALWAYS = (fails_itself,)
"""Also where the error was to leave: another one leaves instead."""
