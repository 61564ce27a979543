"""What follows? Nothing here counts where the error leaves the handler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, may_end_loop, nodes_in
from broadcatch.judge import state
from broadcatch.judge.attempts import is_record
from broadcatch.judge.lexicon import MONEY_MOVES, has_effect, is_about_showing, parts, subject_of
from broadcatch.model.flow import Assign, Body, Call, Jump, Try
from broadcatch.risk.signals import stakes
from broadcatch.risk.subject import Found, Subject, is_made
from broadcatch.risk.writing import is_signal, shows_life

_KEEPS = frozenset({"commit", "flush", "save", "write"})
_READS = frozenset("parse load loads get read decode find lookup validate check is has".split())
"""First words of what does nothing yet."""
_MANY = 4
_CARRIES_OUT = frozenset({"create", "process", "execute", "make", "capture", "confirm", "retry", "send"})
_PAYING = frozenset({"payment", "payments", "payout", "payouts", "refund", "refunds", "transfer"})
_OF_ANYTHING = frozenset({"place", "submit", "cancel", "deposit", "transfer", "settle", "charge"})
"""Verbs that move money only with what they are said to move."""
_DENIES = re.compile(r"\bFalse\b|fail|reject|unpaid|not[ _]paid", re.IGNORECASE)

_STOPS = frozenset({"KeyboardInterrupt", "SystemExit", "CancelledError", "BaseException"})


def half_done(subject: Subject) -> Iterator[Found]:
    """State was written, then something else in the try body can fail."""
    half = state.half_done(subject.handler) or _status_set(subject)
    if half is not None and not (_is_pending(half) or _is_kept_later(half, subject)):
        write, call = half.write, half.call
        text = f"the change of {write.target}" if write.kind == "summed" else write.text
        detail = f"{text} in line {write.line} stays when {call.name} in line {call.line} fails"
        yield Found("half done", detail, line=write.line)


def _is_pending(half: state.HalfDone) -> bool:
    """Whether what is stored lasts only with the call that failed: `session.add`, then `session.commit`."""
    receiver, _, method = half.call.name.rpartition(".")
    return method in ("commit", "flush") and half.write.target.rpartition(".")[0] == receiver


def _is_kept_later(half: state.HalfDone, subject: Subject) -> bool:
    """Whether what is set lasts only with a later call on the same thing: `storage.write()`."""
    holder = half.write.target.rpartition(".")[0].rpartition(".")[2]
    for call in subject.calls():
        receiver, _, method = call.name.rpartition(".")
        same = bool(holder) and receiver.rpartition(".")[2] == holder
        if same and method in _KEEPS and call.line > half.call.line:
            return True
    return False


def _status_set(subject: Subject) -> state.HalfDone | None:
    """A state that is set before the call that it tells of, and which the handler does not set."""
    handler = subject.handler
    after = [node for node in nodes_in((*handler.body, *handler.final)) if isinstance(node, Assign)]
    mended = {target for node in after for target in node.targets}
    for half in state.overtaken(handler):
        if half.write.target in mended:
            continue
        last = half.write.target.partition("[")[0].rpartition(".")[2]
        if half.write.kind == "set" and subject_of("state", parts(last))[1]:
            return half
    return None


def unknown_effect(subject: Subject) -> Iterator[Found]:
    """An effect outside was asked for; nobody knows whether it has happened."""
    about_money = stakes.near(subject, "money")
    moved = [one for one in _doing(subject) if _moves(one[1])]
    if moved and about_money:
        name, _, line = moved[0]
        yield Found("money may have moved", f"what {name} does may have happened", line=line)
        yield from _denied(subject)
        return
    effects = [*moved, *(one for one in _doing(subject) if has_effect(one[1]))]
    if effects:
        name, _, line = effects[0]
        yield Found("outcome unknown", f"what {name} does may have happened", line=line)


def _moves(words: tuple[str, ...]) -> bool:
    """Whether a name moves money: `pay`, `refund`, `place_order`; but not `submit` or `cancel` alone."""
    if words[0] in _CARRIES_OUT and not _PAYING.isdisjoint(words[1:]):
        return True
    if words[0] not in MONEY_MOVES:
        return False
    return words[0] not in _OF_ANYTHING or bool(subject_of("money", words[1:])[1])


def _denied(subject: Subject) -> Iterator[Found]:
    """The caller is told that it has not happened, although it may have."""
    for answer in subject.answers():
        text = answer.value.text if answer.value else ""
        if _DENIES.search(text):
            yield Found("reported as failed", f"return {text} tells of a failure", line=answer.line)
            return


def _doing(subject: Subject) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """What does something here: (name, its words, line), the function around it last; no classes.

    What the function is to do has not begun where the try body only reads: `parse_uri` in `pay_to_uri`.
    """
    calls = (call for call in subject.calls() if not (is_made(call.name) or is_signal(call)))
    names = [(call.name.rpartition(".")[2], call.line) for call in calls]
    begun = any(_READS.isdisjoint(parts(name)[:1]) for name, _ in names)
    begun = begun and not any(name == "open" for name, _ in names)  # `send_output` that writes a file
    for name, line in (*names, *([(subject.function, 0)] if begun else ())):
        words = parts(name)
        handles = line == 0 and len(words) == 1  # `post` of a view is what it is asked for
        if words and not handles and not is_about_showing(words) and not shows_life(words):
            yield name, words, line


def runs_on(subject: Subject) -> Iterator[Found]:
    """A worker loop goes on with whatever state is left."""
    recorded = subject.verdict.worst.record == "traceback" and not _left_halfway(subject)
    once = subject.first_that_works or subject.after.ends_loop
    if subject.verdict.zone == "worker" and not once and not recorded:
        yield Found("worker runs on", subject.verdict.zone_reason)


def _left_halfway(subject: Subject) -> bool:
    after = subject.after
    return bool(after.stale or after.unbound or after.advanced or state.half_done(subject.handler))


def item_lost(subject: Subject) -> Iterator[Found]:
    """An item of a loop is skipped, and nobody hears of it; not where the loop looks for one that fits."""
    place = subject.handler.place
    last = (place.loop_last <= subject.handler.try_line and not subject.after.turn) or _skips(subject)
    looks_for_one = may_end_loop((*subject.handler.attempt, *subject.handler.orelse))
    if place.loop == "for" and last and subject.verdict.worst.record == "none":
        if not looks_for_one and subject.verdict.outcome == "dropped" and not _works(subject):
            yield Found("item lost", "the loop goes on with the next item")


def _works(subject: Subject) -> bool:
    """Whether the handler does something about the item, if only to count it."""
    body = subject.handler.body
    if any(isinstance(node, Jump) and node.kind == "break" for node in nodes_in(body)):
        return True  # the loop ends here
    counts = any(isinstance(node, Assign) and node.augmented for node in nodes_in(body))
    return counts or any(call.name and not is_record(call) for call in calls_in(body))


def _skips(subject: Subject) -> bool:
    return any(step.text.startswith("continue") for step in subject.verdict.worst.steps)


def cancellation(subject: Subject) -> Iterator[Found]:
    """Ctrl-C, an exit or a cancelled task is swallowed where that matters."""
    if not {"", "BaseException", "builtins.BaseException"} & set(subject.verdict.broad):
        return
    earlier = {one.name for clause in subject.handler.earlier for one in clause.caught}
    if any(name.rpartition(".")[2] in _STOPS for name in earlier):
        return
    place = subject.handler.place
    waits = place.is_async and _waits(subject)
    if waits or place.loop or subject.verdict.zone == "worker":
        stopped = "a cancelled task" if waits else "Ctrl-C or an exit"
        yield Found("cancellation swallowed", f"{stopped} ends here, and the code goes on")
    elif stakes.near_or_class(subject, "state", "money", "jobs"):
        yield Found("cancellation swallowed", "Ctrl-C and exits are taken for a failure of the work", 0.5)


def _waits(subject: Subject) -> bool:
    """Whether a task can be cancelled inside the try body: only where it awaits something."""
    nodes = nodes_in(subject.handler.attempt)
    return any(call.awaited for call in subject.calls()) or any(getattr(one, "is_async", 0) for one in nodes)


def mixed_body(subject: Subject) -> Iterator[Found]:
    """Many different calls stand in one try: a bug in any is taken for the expected failure.

    Not where a traceback tells which of them it was. Calls of one name on two things are counted once.
    """
    inside = {id(call) for call in _caught_inside(subject.handler.attempt)}
    names = {
        call.name.rpartition(".")[2]
        for call in subject.calls()
        if not call.qualified.startswith("builtins.") and id(call) not in inside
    }
    if len(names) >= _MANY and subject.verdict.worst.record != "traceback":
        yield Found("mixed try body", f"at least {len(names)} different calls")


def _caught_inside(body: Body) -> Iterator[Call]:
    """The calls whose errors another `try` inside of the body takes, whatever they are."""
    for node in nodes_in(body):
        if isinstance(node, Try) and any(map(state.catches_all, node.clauses)):
            yield from calls_in(node.body)


SIGNALS = (half_done, unknown_effect, runs_on, item_lost, cancellation, mixed_body)
