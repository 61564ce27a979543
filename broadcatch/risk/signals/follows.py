"""What follows? Nothing here counts where the error leaves the handler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.judge.lexicon import MONEY_MOVES, has_effect, is_about_showing, parts
from broadcatch.judge.stakes import says_success
from broadcatch.model.flow import Assign, Return, Value
from broadcatch.risk.signals import stakes
from broadcatch.risk.subject import Found, Subject

_EMPTY = re.compile(
    r"^(None|False|0|0\.0*|-1|\[\]|\{\}|\(\)|''|\"\"|(set|dict|list|tuple|str|int|float)\(\)"
    r"|Decimal\(['\"]?0(\.0*)?['\"]?\))$"
)

_ZERO_INSIDE = re.compile(r"[(,=:]\s*0(\.0*)?\s*[,)}]")
_STOPS = frozenset({"KeyboardInterrupt", "SystemExit", "CancelledError", "BaseException"})


def success_reported(subject: Subject) -> Iterator[Found]:
    """The caller is told that all went well."""
    for answer in subject.answers():
        if answer.value is not None and says_success(answer):
            yield Found("success reported", f"return {answer.value.text} in line {answer.line}")
            return


def plausible_value(subject: Subject) -> Iterator[Found]:
    """The value that takes the error's place is also a legitimate answer."""
    text = answer_instead(subject)
    if text:
        yield Found("plausible value", f"{text} looks like an answer")


def wrong_figure(subject: Subject) -> Iterator[Found]:
    """A number or an empty container goes on into sums and decisions about money."""
    text = answer_instead(subject)
    wrong = text if text not in ("None", "False") else ""
    if not wrong and _ZERO_INSIDE.search(subject.verdict.fallback):
        wrong = subject.verdict.fallback
    if wrong and stakes.near_or_class(subject, "money"):
        yield Found("wrong figure", f"{wrong} goes into sums and decisions")


def answer_instead(subject: Subject) -> str:
    """The harmless-looking constant that takes the error's place, "" if there is none.

    Not where the error is handed on beside it, nor a flag that is set to False or None.
    """
    target, _, text = subject.verdict.fallback.rpartition(" = ")
    text = text.strip()
    if subject.verdict.worst.handed or not _EMPTY.match(text):
        return ""
    return "" if "." in target and text in ("None", "False") else text


def same_answer(subject: Subject) -> Iterator[Found]:
    """The try body gives the very same constant on its normal path."""
    normal = {_constant(node.value) for node in nodes_in(subject.handler.attempt) if isinstance(node, Return)}
    given = {_constant(answer.value) for answer in subject.answers()}
    both = sorted((normal & given) - {""})
    if both:
        yield Found("same answer as success", f"the try body too returns {both[0]}")


def silent_none(subject: Subject) -> Iterator[Found]:
    """The try body returns a value and the handler does not: the caller gets None, or whatever follows."""
    if any(path.value or path.handed for path in subject.verdict.paths):
        return
    gives = any(
        isinstance(node, Return) and node.value is not None and node.value.kind != "none"
        for node in nodes_in(subject.handler.attempt)
    )
    if gives and not list(subject.answers()) and not subject.handler.place.loop:
        yield Found("plausible value", "the try body returns a value, the handler none")


def half_done(subject: Subject) -> Iterator[Found]:
    """State was written, then something else in the try body can fail."""
    calls = [call.line for call in subject.calls()]
    for line, target in subject.written():
        if calls and line < calls[-1] and not target.startswith(("_", "logger")):
            yield Found("half done", f"{target} is set in line {line}, before the last call")
            return


def unknown_effect(subject: Subject) -> Iterator[Found]:
    """An effect outside was asked for; nobody knows whether it has happened."""
    names = [*(call.name.rpartition(".")[2] for call in subject.calls()), subject.function]
    told = [(parts(name), name) for name in names]
    told = [(words, name) for words, name in told if words and not is_about_showing(words)]
    moved = [name for words, name in told if words[0] in MONEY_MOVES]
    if moved and stakes.near(subject, "money"):
        yield Found("money may have moved", f"what {moved[0]} does may have happened")
    effects = [*moved, *(name for words, name in told if has_effect(words))]
    if effects and (not moved or not stakes.near(subject, "money")):
        yield Found("outcome unknown", f"what {effects[0]} does may have happened")


def runs_on(subject: Subject) -> Iterator[Found]:
    """A worker loop goes on with whatever state is left."""
    if subject.verdict.zone == "worker" and not subject.first_that_works:
        yield Found("worker runs on", subject.verdict.zone_reason)


def item_lost(subject: Subject) -> Iterator[Found]:
    """An item of a loop is skipped, and nobody hears of it."""
    if subject.handler.place.loop == "for" and subject.verdict.worst.record == "none":
        if not subject.first_that_works and subject.verdict.outcome == "dropped":
            yield Found("item lost", "the loop goes on with the next item")


def cancellation(subject: Subject) -> Iterator[Found]:
    """Ctrl-C, an exit or a cancelled task is swallowed where that matters."""
    if not {"", "BaseException", "builtins.BaseException"} & set(subject.verdict.broad):
        return
    earlier = {one.name for clause in subject.handler.earlier for one in clause.caught}
    if any(name.rpartition(".")[2] in _STOPS for name in earlier):
        return
    place = subject.handler.place
    if place.is_async or place.loop or subject.verdict.zone == "worker":
        yield Found("cancellation swallowed", "async code or a loop that cannot be stopped")
    elif stakes.near_or_class(subject, "state", "money", "jobs"):
        yield Found("cancellation swallowed", "Ctrl-C and exits are taken for a failure", 0.5)


def mixed_body(subject: Subject) -> Iterator[Found]:
    """Many different calls stand in one try: a bug in any is taken for the expected failure."""
    names = {call.name for call in subject.calls() if not call.qualified.startswith("builtins.")}
    if len(names) >= 4:
        yield Found("mixed try body", f"{len(names)} different calls")


def stale_name(subject: Subject) -> Iterator[Found]:
    """The handler does nothing, so names that the try body assigns may stay unbound or stale."""
    if subject.verdict.outcome != "dropped" or any(True for _ in subject.answers()):
        return
    for node in subject.handler.attempt:
        if isinstance(node, Assign) and all(part.isidentifier() for part in node.targets):
            if _constant(node.value):
                continue
            if not _leaves_function(subject):
                yield Found("stale name", f"{node.targets[0]} may stay as it was")
            return


def _leaves_function(subject: Subject) -> bool:
    return any(step.text.startswith(("return", "continue", "break")) for step in subject.verdict.worst.steps)


def _constant(value: Value | None) -> str:
    if value is None or value.kind not in ("none", "true", "false", "number", "text", "empty"):
        return ""
    return value.text


SIGNALS = (
    success_reported,
    plausible_value,
    wrong_figure,
    same_answer,
    silent_none,
    half_done,
    unknown_effect,
    runs_on,
    item_lost,
    cancellation,
    mixed_body,
    stale_name,
)
