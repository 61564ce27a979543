"""What makes a broad handler acceptable here?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.judge.attempts import is_own
from broadcatch.judge.lexicon import ONE_FAILURE
from broadcatch.judge.stakes import only_closes
from broadcatch.judge.unforeseen import unforeseen
from broadcatch.model.flow import Call, Noop, Raise
from broadcatch.model.outcome import LEAVES
from broadcatch.risk.signals.afterwards import asked_for
from broadcatch.risk.signals.answers import TELLS_FAILURE, answer_instead
from broadcatch.risk.signals.stakes import near, own_write, stakes_of
from broadcatch.risk.subject import Found, Subject

_ZONES = {"clean-up": "clean-up", "import-guard": "import guard", "start-up": "start-up", "test": "test"}
_TELLS_NOTHING = re.compile(
    r"^#\s*(noqa|pragma|type:|pylint|todo|fixme|xxx|nosec)\S*(:?\s*[A-Z]+\d+,?)*", re.I
)

_MADE = ("call", "literal", "other", "name", "text")
_TELLS = re.compile(
    r"error|fail|unable|invalid|unavailable|could not|cannot|exception|problem", re.IGNORECASE
)
_SPEAKS_OF_IT = re.compile(
    r"\b(ignor\w*|best[- ]effort|optional\w*|never|must not|should not|shouldn't|don't|do not|can ?not|can't|"
    r"fail\w*|errors?|exceptions?|harmless|safe\w*|fine|okay|not critical|non-critical|not fatal|non-fatal|"
    r"unreachable|unavailable|missing|wrong|broken|crash\w*|swallow\w*|on purpose|deliberate\w*)\b",
    re.IGNORECASE,
)


def zone(subject: Subject) -> Iterator[Found]:
    """Clean-up, import guard, start-up, test; half with money or access at stake, or an answer given."""
    name, reason = _ZONES.get(subject.verdict.zone, ""), subject.verdict.zone_reason
    closed = only_closes(subject.handler)
    if not name and closed:
        name, reason = "clean-up", f"the try body only calls {closed}"
    if name:
        serious = near(subject, "money", "access") or (name == "clean-up" and answer_instead(subject))
        yield Found(name, reason, 0.5 if serious else 1.0)


def boundary(subject: Subject) -> Iterator[Found]:
    """The outermost place that can record an error, and does, in full."""
    verdict = subject.verdict
    if verdict.zone != "boundary":
        return
    if all(path.record == "traceback" for path in verdict.paths):
        yield Found("recording boundary", verdict.zone_reason)


def item_boundary(subject: Subject) -> Iterator[Found]:
    """One item of a loop fails, is recorded in full, and the others are still served.

    Not where the function goes on with what the item has left, and not in one that itself writes.
    """
    place, worst, after = subject.handler.place, subject.verdict.worst, subject.after
    if near(subject, "money", "access", "state", "acknowledgement") or own_write(subject):
        return
    if after.stale or after.unbound or after.advanced:
        return
    if place.loop and worst.record == "traceback" and not subject.verdict.fallback:
        yield Found("item boundary", f"one turn of a {place.loop} loop, with the traceback")


def recorded_too(subject: Subject) -> Iterator[Found]:
    """The error leaves, and its traceback is on record where it does."""
    verdict = subject.verdict
    if verdict.leaves and all(path.record == "traceback" for path in verdict.paths):
        if verdict.outcome in ("translated", "exits"):
            yield Found("recorded as it leaves", "its traceback is logged")


def one_sensible_failure(subject: Subject) -> Iterator[Found]:
    """One call that can sensibly fail in one way only."""
    nodes = [node for node in nodes_in(subject.handler.attempt) if not isinstance(node, Noop)]
    calls = list(subject.calls())
    if len(nodes) <= 1 and len(calls) <= 1:
        last = calls[0].name.rpartition(".")[2] if calls else ""
        if not calls or last in ONE_FAILURE:
            yield Found("one sensible failure", f"only {last or 'one expression'} in the try body")
        elif _of_library(calls[0], subject) and not stakes_of(subject, cosmetic=False):
            yield Found("one sensible failure", f"only {calls[0].name}, of a library, in the try body", 0.5)


def _of_library(call: Call, subject: Subject) -> bool:
    return call.head == "import" and not is_own(call, subject.judged.module)


def tried_again(subject: Subject) -> Iterator[Found]:
    """A loop tries once more, and the last failure leaves."""
    ways = {path.outcome in LEAVES for path in subject.verdict.paths}
    if subject.first_that_works and ways == {True, False}:
        yield Found("tried again", "success leaves the loop, and so does the error on another path")


def stated_reason(subject: Subject) -> Iterator[Found]:
    """A comment at the handler says why the error may be dropped; it excuses nothing about money."""
    text = _TELLS_NOTHING.sub("", subject.handler.comment).strip(" #:-")
    if len(text.split()) >= 3 and _SPEAKS_OF_IT.search(text) and not near(subject, "money"):
        yield Found("stated reason", text)


def thought_about(subject: Subject) -> Iterator[Found]:
    """Specific handlers stand before the broad one."""
    if subject.handler.earlier:
        names = [caught.name for clause in subject.handler.earlier for caught in clause.caught]
        yield Found("specific handlers before it", ", ".join(names))


def filtered(subject: Subject) -> Iterator[Found]:
    """The handler asks the error which one it is, and raises every other again."""
    handler = subject.handler
    if subject.verdict.leaves or not handler.bound:
        return
    others = unforeseen(handler.body, (handler.bound,))
    if others != handler.body and any(isinstance(node, Raise) for node in others):
        yield Found(
            "others raised again", f"{handler.bound} is asked which error it is", line=handler.span.line
        )


def failure_told(subject: Subject) -> Iterator[Found]:
    """The answer itself says that it failed."""
    if subject.verdict.leaves:
        return
    for answer in subject.answers():
        if (
            answer.value is not None
            and answer.value.kind in _MADE
            and TELLS_FAILURE.search(answer.value.text)
        ):
            yield Found("failure told", f"return {answer.value.text}", line=answer.line)
            return


def value_asked_for(subject: Subject) -> Iterator[Found]:
    """Whoever gets the value first asks whether there is one."""
    where = asked_for(subject) if answer_instead(subject) else ""
    if where and not near(subject, "money", "state", "access"):
        yield Found("value asked for", where)


SIGNALS = (
    zone,
    boundary,
    item_boundary,
    recorded_too,
    one_sensible_failure,
    tried_again,
    stated_reason,
    thought_about,
    filtered,
    failure_told,
    value_asked_for,
)
