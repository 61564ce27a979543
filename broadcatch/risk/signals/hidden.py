"""How well is the error hidden? What becomes of it, and what the record is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.flow.walk import calls_in, never_goes_on, nodes_in
from broadcatch.judge.attempts import is_record
from broadcatch.judge.meaning import is_logger
from broadcatch.model.aftermath import NOTHING
from broadcatch.model.flow import Assign, Body, Branch, Call, Evaluate, Jump, Node, Noop, Return
from broadcatch.model.outcome import OUTCOMES
from broadcatch.risk.signals.damage import leaves_damage
from broadcatch.risk.signals.filters import filtered
from broadcatch.risk.subject import Found, Subject

_QUIET = frozenset({"debug", "info", "trace"})
_LOUD = frozenset({"warn", "warning", "error", "critical", "fatal", "exception"})

_CUT = 80
"""From this length on a text may have been cut."""

_NOTHING = ("none", "true", "false", "number", "empty")
_TRACEBACKS = frozenset({"format_exc", "format_exception", "format_tb", "exc_info"})
"""Calls whose text or value has the traceback, and the type of the error."""
_TOO_LATE = 0.5
"""What a record is worth where the damage stays, whoever reads it."""

_TOLD = {
    "reraised": "re-raised on every path",
    "chained": "another error is raised from it",
    "translated": "another error is raised, and not from it",
    "exits": "the process exits",
    "logged-traceback": "logged with its traceback, and not raised again",
    "handed-on": "kept or handed on, and not raised again",
    "logged-text": "only a message is left of it",
    "fallback": "a value takes its place, without a record",
    "dropped": "dropped without a record",
}
_OTHERWISE = {
    "reraised": "raised again",
    "chained": "the cause of another error that is raised",
    "translated": "replaced by another error that is raised",
    "exits": "the end of the process",
    "logged-traceback": "logged with its traceback",
    "logged-text": "told in a message",
    "handed-on": "handed on",
    "fallback": "replaced by a value",
    "dropped": "dropped",
}


def outcome(subject: Subject) -> Iterator[Found]:
    """The worst feasible outcome."""
    verdict = subject.verdict
    if subject.after.raises and not verdict.worst.handed and verdict.worst.record == "none":
        yield Found("translated", f"line {subject.after.raises} raises another error, without it")
        return
    detail = _TOLD[verdict.outcome]
    if verdict.outcome == "handed-on":
        detail = _handed(subject) or detail
    if verdict.outcome == "logged-traceback":
        detail += _only_quietly(subject)
    done = [node for node in subject.handler.body if not isinstance(node, (Noop, Jump))]
    counted = bool(done) and all(isinstance(node, Assign) and node.augmented for node in done)
    if verdict.outcome == "dropped" and counted:
        detail = "dropped, and only counted"
    elif verdict.outcome == "dropped" and isinstance(_last_done(done), Evaluate):
        detail += _behind_call(subject)
    if verdict.outcome == "fallback" and verdict.fallback:
        detail = "no record is left of it" if _unused(subject) else f"{detail}: {verdict.fallback}"
        detail += "" if _unused(subject) else _shown_beside(subject)
    if verdict.outcome in ("dropped", "fallback") and own_call(subject):
        detail = "it is tried again, and no record is left"
    detail += _other_way(subject)
    if verdict.outcome in ("dropped", "fallback") and any(True for _ in filtered(subject)):
        becomes = "is dropped" if verdict.outcome == "dropped" else "gets a value instead"
        detail = f"what {subject.handler.bound} is asked for {becomes}, every other error leaves"
    lasting = verdict.outcome in ("logged-traceback", "handed-on") and leaves_damage(subject)
    if lasting:
        detail += ", which does not mend what stays behind"
    yield Found(verdict.outcome, detail + unless(subject), _TOO_LATE if lasting else 1.0)


def _last_done(done: Sequence[Node]) -> Node | None:
    """The last statement of a handler that does something: what stands before a bare `return`."""
    working = [node for node in done if not (isinstance(node, Return) and node.value is None)]
    return working[-1] if working else None


def _behind_call(subject: Subject) -> str:
    """What the handler does about it, where it does something."""
    calls = [call for call in calls_in(subject.handler.body) if call.name and not is_record(call)]
    return (
        f", though line {calls[-1].line} calls {calls[-1].name}(…)" if calls and not unless(subject) else ""
    )


def _shown_beside(subject: Subject) -> str:
    """What the handler calls by itself beside the value that it gives: it may tell somebody."""
    for node in subject.handler.body:
        call = node.calls[-1] if isinstance(node, Evaluate) and node.calls else None
        if call is not None and call.name and not is_record(call) and not unless(subject):
            return f", though line {call.line} calls {call.name}(…)"
    return ""


def _unused(subject: Subject) -> bool:
    """Whether the name that the handler sets stands for nothing behind it: it was needed inside only."""
    name, assigned, _ = subject.verdict.fallback.partition(" = ")
    place, after = subject.handler.place, subject.after
    local = bool(assigned) and name.isidentifier() and place.function is not None and not place.loop
    return local and after != NOTHING and all(use.name != name for use in after.uses)


def _other_way(subject: Subject) -> str:
    """What becomes of the error on another way through the handler, the best there is."""
    verdict = subject.verdict
    hides = verdict.outcome in ("dropped", "fallback", "logged-text") and not verdict.worst.handed
    others = {path.outcome for path in verdict.paths} - {verdict.outcome}
    if hides and any(path.handed for path in verdict.paths):
        becomes = "handed on"
    elif others:
        becomes = _OTHERWISE[min(others, key=OUTCOMES.index)]
    else:
        return ""
    return f"; on another way through the handler it is {becomes}"


def _handed(subject: Subject) -> str:
    """Who has the error then: a name, an answer, or a call; "" where that is not plain."""
    bound, what = subject.handler.bound, "its text" if subject.verdict.worst.text_only else "it"
    for node in nodes_in(subject.handler.body) if bound else ():
        if isinstance(node, Assign) and bound in node.value.names:
            return f"line {node.line} keeps {what} in {node.targets[0]}"
        if isinstance(node, Return) and node.value is not None and bound in node.value.names:
            return f"line {node.line} answers with {what}"
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        last = calls[-1] if calls and isinstance(node, Evaluate) else None  # those in it make its arguments
        given = last is not None and any(bound in arg.value.names for arg in last.args)
        recorded = last is not None and (is_record(last) or is_logger(last.name.rpartition(".")[0]))
        if last is not None and given and not recorded:
            return f"line {last.line} gives {what} to {last.name}(…)"
    return ""


def _only_quietly(subject: Subject) -> str:
    """Where the traceback stands in a record that nobody watches, though a text may stand in another."""
    traced = [call for call in _recorders(subject) if _has_traceback(call)]
    levels = {call.name.rpartition(".")[2] for call in traced}
    if not {call.name.rpartition(".")[2] for call in _recorders(subject)} & _LOUD:
        return ""  # the level of all is told beside it
    return f" (that at level {min(levels)} only)" if levels and levels <= _QUIET else ""


def _has_traceback(call: Call) -> bool:
    asked = any(arg.keyword in ("exc_info", "exception") for arg in call.args)
    return asked or any("format_exc" in arg.value.text or "tb" in arg.value.names for arg in call.args)


def own_call(subject: Subject) -> str:
    """The line in which the handler calls its own function once more, told; "" for none."""
    names = {f"self.{subject.function}", f"cls.{subject.function}"} if subject.classes else {subject.function}
    again = (call for call in calls_in(subject.handler.body) if call.name in names)
    return next((f"line {call.line} tries {call.name} again" for call in again), "")


def unless(subject: Subject) -> str:
    """What nobody has looked into: whether the inherited method that the handler calls last raises."""
    last, ends = subject.after.inherited, subject.verdict.outcome in ("dropped", "fallback", "logged-text")
    recorded = last in {call.name for call in _recorders(subject)}
    return f", unless {last}(…) raises" if last and ends and not recorded else ""


def quiet_level(subject: Subject) -> Iterator[Found]:
    """The record is written at a level that nobody watches."""
    if not subject.verdict.outcome.startswith("logged"):
        return
    levels = {call.name.rpartition(".")[2] for call in _recorders(subject)}
    if levels & _QUIET and not levels & _LOUD and not _loud(subject.handler.body):
        yield Found("quiet level", f"logged at level {min(levels & _QUIET)}")


def _loud(body: Body) -> bool:
    """Whether another way through the handler that goes on writes a record which is watched."""
    for node in body:
        arms = node.arms if isinstance(node, Branch) else ()
        if any(not never_goes_on(arm) and _loud(arm) for arm in arms):
            return True
        calls = () if arms else getattr(node, "calls", ())
        if any(call.name.rpartition(".")[2] in _LOUD and is_record(call) for call in calls):
            return True
    return False


def errorless_text(subject: Subject) -> Iterator[Found]:
    """The message does not even hold the error, has no place for it, or is nothing but the error."""
    if subject.verdict.outcome != "logged-text":
        return
    shown = [call for call in _recorders(subject) if _is_log(call)]
    if not shown:
        return
    first, bound = shown[0], subject.handler.bound
    names = frozenset({bound, *_made_of(subject)}) - {""}
    if not any(_holds(call, names) for call in shown):
        detail = f"{first.name}(…) in line {first.line} does not say which error it was"
        yield Found("message without the error", detail, line=first.line)
    elif all(_has_no_place(call) for call in shown):
        detail = (
            f"{first.name}(…) in line {first.line} has no place for {bound} in its text: the record fails"
        )
        yield Found("message without the error", detail, line=first.line)
    elif all(_is_bare(call, bound) for call in shown):
        detail = f"{first.name}({bound}) in line {first.line} says nothing else, and its text may be empty"
        yield Found("message without the error", detail, 0.5, first.line)


def _has_no_place(call: Call) -> bool:
    """Whether arguments follow a text that has no `%` for them: logging drops the message with an error."""
    given = [arg.value for arg in call.args if not arg.keyword]
    plain = len(given) > 1 and given[0].kind == "text" and len(given[0].text) < _CUT
    return plain and "%" not in given[0].text and "{" not in given[0].text


def _is_bare(call: Call, bound: str) -> bool:
    given = [arg.value.text for arg in call.args if not arg.keyword]
    return given in ([bound], [f"str({bound})"], [f"f'{{{bound}}}'"], [f'f"{{{bound}}}"'])


def handed_as_text(subject: Subject) -> Iterator[Found]:
    """Only a text of the error is handed on: its type and traceback are lost."""
    worst = subject.verdict.worst
    whole = any(call.name.rpartition(".")[2] in _TRACEBACKS for call in calls_in(subject.handler.body))
    if worst.outcome == "handed-on" and worst.text_only and not whole:
        yield Found("handed on as text", "its type and traceback are lost")


def handed_on_too(subject: Subject) -> Iterator[Found]:
    """The traceback is recorded, and the error is handed on."""
    worst = subject.verdict.worst
    if worst.outcome == "logged-traceback" and worst.handed:
        told = _handed(subject)
        answer = next(
            (one for one in subject.answers() if one.value and one.value.kind not in _NOTHING), None
        )
        if not told and answer is not None:
            told = f"line {answer.line} answers with what tells of it"
        if told:
            yield Found("handed on too", told)


def _recorders(subject: Subject) -> list[Call]:
    """The calls on those paths on which a record is all that is left of the error."""
    logged = [path for path in subject.verdict.paths if path.outcome.startswith("logged")]
    lines = {step.line for path in logged for step in path.steps}
    return [call for call in calls_in(subject.handler.body) if call.line in lines]


def _is_log(call: Call) -> bool:
    return call.name.rpartition(".")[2] in _QUIET | _LOUD and "." in call.name


def _holds(call: Call, names: frozenset[str]) -> bool:
    return any(not names.isdisjoint(arg.value.names) for arg in call.args)


def _made_of(subject: Subject) -> Iterator[str]:
    """The names that the handler gives to something with the error in it, or with its traceback."""
    bound = subject.handler.bound
    for node in nodes_in(subject.handler.body):
        traced = isinstance(node, Assign) and any("format_exc" in call.name for call in node.calls)
        if isinstance(node, Assign) and (traced or (bound and bound in node.value.names)):
            yield from node.targets


SIGNALS = (outcome, quiet_level, errorless_text, handed_as_text, handed_on_too)
