"""What makes a broad handler acceptable here?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, never_goes_on, nodes_in
from broadcatch.judge.answers import TELLS_FAILURE
from broadcatch.judge.attempts import is_own, is_record
from broadcatch.judge.lexicon import ONE_FAILURE, TELEMETRY, parts, subject_of
from broadcatch.model.flow import Assign, Body, Call, Evaluate, Jump, Node, Noop, Return
from broadcatch.model.outcome import LEAVES
from broadcatch.risk.signals.afterwards import asked_for
from broadcatch.risk.signals.answers import GROWS, answer_instead
from broadcatch.risk.signals.filters import filtered
from broadcatch.risk.signals.hidden import own_call
from broadcatch.risk.signals.places import zone
from broadcatch.risk.signals.stakes import near, stakes_of
from broadcatch.risk.subject import Found, Subject, is_made
from broadcatch.risk.writing import own_write

_TELLS_NOTHING = re.compile(
    r"^#\s*(noqa|pragma|type:|pylint|todo|fixme|xxx|nosec)\S*(:?\s*[A-Z]+\d+,?)*", re.I
)

_SHORT = 50
"""Up to this length an expression without a call is one look-up."""
_ONCE = 2 / 3
"""What one more attempt is worth, beside a loop of them."""
_DIALOGUES = frozenset("form dialog page step progress".split())
_ABOUT_BREADTH = re.compile(r"\b(bare|broad|blanket|naked) ex(cept|ception)s?\b", re.IGNORECASE)
"""What says how it is caught, and not why it may be dropped."""
_NO_REASON = re.compile(
    r"\b(FIXME|TODO|XXX|HACK)\b|\b(should(n't| not| never)|can(not|'t) ever) (happen|occur)"
)
"""What says that something is still to be done, or that it is not known why it happens."""
_OF_ERRORS = frozenset(
    "error errors err fail failed failure exception traceback abort invalid denied deny forbidden refuse "
    "unauthorized bad reject rejected".split()
)
_TELLS_PERSON = frozenset({"abort", "redirect", "render"})
_MADE = ("call", "literal", "other", "name", "text")
_TELLS = re.compile(
    r"error|fail|unable|invalid|unavailable|could not|cannot|exception|problem", re.IGNORECASE
)
_IS_CODE = re.compile(r"[\w.]+ ?\(|(return|raise|import|from|if|for|del) |[\w.]+ = ")
_SPEAKS_OF_IT = re.compile(
    r"\b(ignor\w*|best[- ]effort|optional\w*|never|must not|should not|shouldn't|don't|do not|can ?not|can't|"
    r"fail\w*|errors?|exceptions?|harmless|safe\w*|fine|okay|not critical|non-critical|not fatal|non-fatal|"
    r"unreachable|unavailable|missing|wrong|broken|crash\w*|swallow\w*|on purpose|deliberate\w*)\b",
    re.IGNORECASE,
)


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
    ends = after.ends_loop or after.raises or _ends_loop(subject.handler.body)
    if after.stale or after.unbound or after.advanced or ends:
        return
    if place.loop and worst.record == "traceback" and not subject.verdict.fallback:
        yield Found(
            "item boundary",
            f"one turn of {'an' if place.loop[0] in 'aeiou' else 'a'} {place.loop} loop, with the traceback",
        )


def _ends_loop(body: Body) -> bool:
    """Whether the handler ends the loop itself: then there is no next item."""
    last = body[-1] if body else None
    return isinstance(last, Return) or (isinstance(last, Jump) and last.kind == "break")


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
    if any(isinstance(node, Evaluate) and (node.kind == "yield" or not node.value.text) for node in nodes):
        return  # a (bare) yield of a context manager: the body of every `with` runs here
    if len(nodes) == 1 and len(calls) <= 1:
        last = calls[0].name.rpartition(".")[2] if calls else ""
        if calls and not _is_whole(nodes[0]):
            return  # `items[int(text)]`: the other part of it fails otherwise
        if not calls or last in ONE_FAILURE:
            if calls or _is_small(nodes[0]):
                yield Found("one sensible failure", f"only {last or 'one expression'} in the try body")
        elif _of_library(calls[0], subject) and not stakes_of(subject, cosmetic=False):
            yield Found("one sensible failure", f"only {calls[0].name}, of a library, in the try body", 0.5)


def _is_small(node: Node) -> bool:
    """Whether a statement without a call is one look-up: no display of several, and nothing awaited."""
    value = getattr(node, "value", None)
    if value is None:
        return True
    return value.kind != "literal" and len(value.text) <= _SHORT and not value.text.startswith("await ")


def _is_whole(node: Node) -> bool:
    """Whether a statement is one call, its result kept or returned, and nothing beside it."""
    value = getattr(node, "value", None)
    return value is None or value.kind in ("call", "literal", "none")


def _of_library(call: Call, subject: Subject) -> bool:
    own = call.qualified.partition(".")[0] in subject.packages or is_own(call, subject.judged.module)
    return call.head == "import" and not own


def tried_again(subject: Subject) -> Iterator[Found]:
    """A loop tries once more, and the last failure leaves."""
    ways = {path.outcome in LEAVES for path in subject.verdict.paths}
    if subject.first_that_works and ways == {True, False}:
        yield Found("tried again", "success leaves the loop, and so does the error on another path")


def stated_reason(subject: Subject) -> Iterator[Found]:
    """A comment at the handler says why the error may be dropped; it excuses nothing about money."""
    if subject.verdict.leaves:
        return
    text = _TELLS_NOTHING.sub("", subject.handler.comment).strip(" #:-")
    if subject.handler.best_effort and not near(subject, "money"):
        yield Found("stated reason", "the docstring says that it is best effort")
    tells = (
        len(text.split()) >= 3
        and not _ABOUT_BREADTH.search(text)
        and not _NO_REASON.search(subject.handler.comment)
        and _SPEAKS_OF_IT.search(text)
        and not _IS_CODE.match(text)
    )
    if tells and not near(subject, "money"):
        yield Found("stated reason", text)


def thought_about(subject: Subject) -> Iterator[Found]:
    """Specific handlers stand before the broad one."""
    if subject.handler.earlier:
        names = [caught.name for clause in subject.handler.earlier for caught in clause.caught]
        yield Found("specific handlers before it", ", ".join(names))


def another_way(subject: Subject) -> Iterator[Found]:
    """What failed is done in another way: by the handler, behind the try, or in the next turn of the loop."""
    if subject.verdict.outcome not in ("fallback", "dropped", "logged-text") or near(subject, "money"):
        return
    told = _done_by_handler(subject) or own_call(subject)
    if told.endswith(" again"):
        yield Found("tried again", told, _ONCE)
    elif told:
        yield Found("another way", told)
    elif subject.after.otherwise is not None and not shows_again(subject.after.otherwise.target):
        other = subject.after.otherwise
        yield Found("another way", f"line {other.line} answers with {other.target} instead", line=other.line)
    elif _next_turn(subject):
        yield Found("another way", "the loop goes on to the next, and success leaves it")


def shows_again(name: str) -> bool:
    """Whether a call of this name tells a person that it failed: the form again, or the end of a dialogue."""
    words = [word for word in parts(name.rpartition(".")[2]) if word != "async"]
    return not _TELLS_PERSON.isdisjoint(words[:1]) or (
        words[:1] == ["show"] and bool(_DIALOGUES & set(words))
    )


def _tells_of_it(name: str) -> bool:
    """Whether a call says or packs what failed (`self._error_obj()`): nothing is done otherwise by it."""
    return shows_again(name) or not _OF_ERRORS.isdisjoint(parts(name.rpartition(".")[2]))


def _is_looks(names: tuple[str, ...], call: str) -> bool:
    """Whether only a colour, a title or the like is chosen: `color = QColor(…)` does nothing otherwise."""
    words = {parts(name)[-1:] for name in (*names, call)}
    return any(subject_of(TELEMETRY, word)[0] in ("presentation", "notifications") for word in words)


def _main_calls(subject: Subject) -> Iterator[str]:
    """The last call of each statement of the try body: what the others are made for."""
    for node in nodes_in(subject.handler.attempt):
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        if calls:
            yield calls[-1].name


def _done_by_handler(subject: Subject) -> str:
    """What the handler calls for the value that it gives, or adds to the same thing as the try body."""
    answers = [(one.calls, one.line, ()) for one in subject.answers()]
    made = [
        (node.calls, node.line, node.targets)
        for node in subject.handler.body
        if isinstance(node, Assign) and all(name.isidentifier() for name in node.targets)
    ]
    for calls, line, names in (*answers, *made):
        working = [
            call.name
            for call in calls
            if call.name.strip("_")
            and not (is_made(call.name) or is_record(call) or call.qualified.startswith("typing."))
        ]
        about_it = any(call.qualified.startswith(("builtins.", "traceback.", "sys.")) for call in calls)
        if working and not about_it and not _tells_of_it(working[-1]) and not _is_looks(names, working[-1]):
            name = working[-1]
            same = name in set(_main_calls(subject))
            return f"line {line} tries {name} again" if same else f"line {line} asks {name} instead"
    tried = {call.name for call in subject.calls() if call.name.rpartition(".")[2] in GROWS}
    again = [call for call in calls_in(subject.handler.body) if call.name in tried]
    return f"{again[0].name} in line {again[0].line} adds something else instead" if again else ""


def _next_turn(subject: Subject) -> bool:
    """Whether the loop tries the next one, and success leaves it."""
    handler = subject.handler
    tried = subject.first_that_works and never_goes_on((*handler.attempt, *handler.orelse))
    return tried and not never_goes_on(handler.body)


def failure_told(subject: Subject) -> Iterator[Found]:
    """The answer itself says that it failed."""
    if subject.verdict.leaves:
        return
    for answer in subject.answers():
        if (
            answer.value is not None
            and answer.value.kind in _MADE
            and TELLS_FAILURE.search(answer.value.text)
            and answer_instead(subject) in ("", answer.value.text)  # else another way through gives less
        ):
            yield Found("failure told", f"return {answer.value.text}", line=answer.line)
            return
    for node in nodes_in(subject.handler.body):
        told = isinstance(node, Assign) and any("." in name for name in node.targets)
        if isinstance(node, Assign) and told and _says_failure(node):
            yield Found("failure told", f"{node.targets[0]} = {node.value.text}", line=node.line)
            return


def _says_failure(node: Assign) -> bool:
    """Whether an attribute is set to a text that says so, or to a state that means it."""
    text = node.value.kind in ("text", "literal") and _TELLS.search(node.value.text)
    last = parts(node.value.text.rpartition(".")[2]) if node.value.kind in ("name", "other") else ()
    return bool(text or _OF_ERRORS & set(last))


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
    another_way,
    filtered,
    failure_told,
    value_asked_for,
)
