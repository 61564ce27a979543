"""How well is the error hidden? What becomes of it, and what the record is worth."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import calls_in
from broadcatch.model.flow import Call
from broadcatch.risk.subject import Found, Subject

_QUIET = frozenset({"debug", "info", "trace"})
_LOUD = frozenset({"warn", "warning", "error", "critical", "fatal", "exception"})

_TOLD = {
    "reraised": "re-raised on every path",
    "chained": "another error is raised from it",
    "translated": "another error is raised without its cause",
    "exits": "the process exits",
    "logged-traceback": "logged with its traceback, then the code goes on",
    "handed-on": "handed on to somebody else",
    "logged-text": "only a message is logged",
    "fallback": "a value takes its place, without a record",
    "dropped": "dropped without a record",
}


def outcome(subject: Subject) -> Iterator[Found]:
    """The worst feasible outcome."""
    verdict = subject.verdict
    detail = _TOLD[verdict.outcome]
    if verdict.outcome == "fallback" and verdict.fallback:
        detail += f": {verdict.fallback}"
    yield Found(verdict.outcome, detail)


def quiet_level(subject: Subject) -> Iterator[Found]:
    """The record is written at a level that nobody watches."""
    if not subject.verdict.outcome.startswith("logged"):
        return
    levels = {call.name.rpartition(".")[2] for call in _recorders(subject)}
    if levels & _QUIET and not levels & _LOUD:
        yield Found("quiet level", f"logged at level {min(levels & _QUIET)}")


def errorless_text(subject: Subject) -> Iterator[Found]:
    """The message does not even hold the error."""
    if subject.verdict.outcome != "logged-text":
        return
    shown = [call for call in _recorders(subject) if _is_log(call)]
    if shown and not any(_holds(call, subject.handler.bound) for call in shown):
        yield Found("message without the error", f"{shown[0].name}(…) in line {shown[0].line}")


def handed_as_text(subject: Subject) -> Iterator[Found]:
    """Only a text of the error is handed on: its type and traceback are lost."""
    worst = subject.verdict.worst
    if worst.outcome == "handed-on" and worst.text_only:
        yield Found("handed on as text", "its type and traceback are lost")


def handed_on_too(subject: Subject) -> Iterator[Found]:
    """The traceback is recorded, and the error is handed on."""
    worst = subject.verdict.worst
    if worst.outcome == "logged-traceback" and worst.handed:
        yield Found("handed on too", "whoever asked is told as well")


def _recorders(subject: Subject) -> list[Call]:
    """The calls on those paths on which a record is all that is left of the error."""
    logged = [path for path in subject.verdict.paths if path.outcome.startswith("logged")]
    lines = {step.line for path in logged for step in path.steps}
    return [call for call in calls_in(subject.handler.body) if call.line in lines]


def _is_log(call: Call) -> bool:
    return call.name.rpartition(".")[2] in _QUIET | _LOUD and "." in call.name


def _holds(call: Call, bound: str) -> bool:
    return bool(bound) and any(bound in arg.value.names for arg in call.args)


SIGNALS = (outcome, quiet_level, errorless_text, handed_as_text, handed_on_too)
