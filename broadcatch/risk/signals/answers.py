"""What follows from the value that takes the error's place? Success, a plausible answer, and who uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, never_goes_on, nodes_in
from broadcatch.judge import answers
from broadcatch.judge.answers import TELLS_FAILURE
from broadcatch.judge.attempts import is_record
from broadcatch.judge.lexicon import parts
from broadcatch.judge.stakes import says_success
from broadcatch.model.aftermath import Use
from broadcatch.model.flow import Assign, Body, Branch, Call, Node, Return, Try, Value
from broadcatch.risk.signals import stakes
from broadcatch.risk.subject import Found, Subject

_SUCCESS = re.compile(r"True|['\"](ok|success|done|completed)['\"]", re.IGNORECASE)
_ENDS = frozenset("stop exit quit abort fail terminate shutdown die bail".split())
"""Words of calls behind which nothing may come any more."""
_MORE = frozenset("retry retryable again should need needs needed expired stale outdated missing".split())
_FAILED = frozenset(
    "broken failed failing failure dead down faulty invalid corrupt corrupted missing unavailable".split()
)
_LETS = frozenset("filter is has accept accepts allow allows match matches should".split())
_QUESTIONS = frozenset("can check exists valid validate needs supports test verify contains try".split())
_SHOWS = frozenset(
    "print log logs warn warning error errors report show message alert abort debug info notify flash tell "
    "complain fail exception".split()
)
"""Words of names that tell somebody."""
GROWS = frozenset("append appendleft extend add insert put".split())
"""Methods that add to what they are called on."""
_ZERO_INSIDE = re.compile(r"[(,=:]\s*0(\.0*)?\s*[,)}]")


def success_reported(subject: Subject) -> Iterator[Found]:
    """The caller is told that all went well."""
    for answer in subject.answers():
        true = answer.value is not None and answer.value.kind == "true"
        means_other = true and (
            _asks_more(subject) or _turned_round(subject) or "True" in subject.after.failures
        )
        told = answer.value is not None and TELLS_FAILURE.search(answer.value.text)
        if answer.value is not None and says_success(answer) and not (means_other or told):
            yield Found("success reported", _returned(answer), line=answer.line)
            return
    then = subject.after.straight
    if never_goes_on((*subject.handler.attempt, *subject.handler.orelse)):
        return  # only a failure comes to that answer: it is what was asked for
    mends = any(isinstance(node, Assign) for node in nodes_in(subject.handler.body))
    yield from () if mends else _told(subject)
    if then is None or then.target in subject.after.failures or _lets_pass(subject):
        return
    if _SUCCESS.fullmatch(then.target) and not (mends or subject.handler.place.loop):
        detail = f"line {then.line} returns {then.target}, whether it failed or not"
        yield Found("success reported", detail, line=then.line)


def _lets_pass(subject: Subject) -> bool:
    """Whether the function is a filter or a question, whose True is no success: `filter`, `is_open`."""
    return not _LETS.isdisjoint(parts(subject.function)[:1])


def _asks_more(subject: Subject) -> bool:
    """Whether True asks for more to be done here, or is the failure: `should_retry`, `broken`."""
    words = parts(subject.function)
    return not _MORE.isdisjoint(words) or not _FAILED.isdisjoint(words[-1:])


def _turned_round(subject: Subject) -> bool:
    """Whether a question is answered by True because the `try` failed, and by False where it did not."""
    nodes = nodes_in((*subject.handler.attempt, *subject.handler.orelse))
    usual = {node.value.kind for node in nodes if isinstance(node, Return) and node.value}
    return usual == {"false"} and parts(subject.function)[:1] in (("is",), ("has",), ("can",))


def _told(subject: Subject) -> Iterator[Found]:
    """What comes after says in a text that all went well."""
    said = subject.after.tells_success
    ends = any(not _ENDS.isdisjoint(parts(call.name)) for call in calls_in(subject.handler.body))
    if said is not None and not ends and not subject.first_that_works:
        detail = f"{said.target} in line {said.line} says that all went well, whether it failed or not"
        yield Found("success reported", detail, 0.5, said.line)


def _returned(answer: Return) -> str:
    return f"return {answer.value.text if answer.value else ''} in line {answer.line}"


def plausible_value(subject: Subject) -> Iterator[Found]:
    """The value that takes the error's place is also a legitimate answer; not in a function without any."""
    text = answer_instead(subject)
    asked = text in ("False", "None") and _asked_everywhere(subject)
    if text in subject.after.failures or asked or _fills_itself(subject):
        return
    if subject.after.raises or is_sentinel(subject) or (text == "False" and _is_told(subject)):
        return
    if text and not (text == "None" and not subject.after.gives and list(subject.answers())):
        plain = text in ("None", "False")  # what else they may mean, nobody says
        detail = f"what comes after gets {text}, and no error" if plain else f"{text} looks like an answer"
        yield Found("plausible value", detail)


def _fills_itself(subject: Subject) -> bool:
    """Whether the handler itself adds to what it has set to something empty: it is no answer yet."""
    name, assigned, _ = subject.verdict.fallback.partition(" = ")
    grown = (call.name.rpartition(".") for call in calls_in(subject.handler.body))
    return bool(assigned) and any(receiver == name and method in GROWS for receiver, _, method in grown)


def is_sentinel(subject: Subject) -> bool:
    """Whether what comes after compares with the very value that stands for it: `if status == -1:`."""
    text = re.escape(answer_instead(subject))
    return bool(text) and any(
        re.search(rf"(?<![\w.]){re.escape(use.name)} (==|!=|is not|is) {text}(?![\w.])", use.text)
        for use in subject.after.uses
    )


def _is_told(subject: Subject) -> bool:
    """Whether a name is set to False behind a record, where the try body sets it to something else."""
    name, assigned, _ = subject.verdict.fallback.partition(" = ")
    recorded = subject.verdict.worst.record != "none"
    tried = [node for node in nodes_in(subject.handler.attempt) if isinstance(node, Assign)]
    others = [node.value.kind for node in tried if name in node.targets]
    return bool(assigned) and recorded and "false" not in others


def _asked_everywhere(subject: Subject) -> bool:
    """Whether all that comes after, as far as known, first asks for what it gets; not of a question."""
    first: dict[str, Use] = {}
    for use in subject.after.uses:
        first.setdefault(f"{use.path}:{use.caller}", use)
    question = _lets_pass(subject) or not _QUESTIONS.isdisjoint(parts(subject.function)[:1])
    return bool(first) and not question and all(use.how == "asked" for use in first.values())


def wrong_figure(subject: Subject) -> Iterator[Found]:
    """A number or an empty container stands in for something about money; not where the answer tells why."""
    text = answer_instead(subject)
    wrong = text if text not in ("None", "False") else ""
    if not wrong and _ZERO_INSIDE.search(subject.verdict.fallback):
        wrong = subject.verdict.fallback
    if wrong and stakes.near_or_class(subject, "money"):
        told = TELLS_FAILURE.search(wrong)
        yield Found("wrong figure", f"{wrong} stands in for it", 0.5 if told else 1.0)


def answer_instead(subject: Subject) -> str:
    """The harmless-looking constant that takes the error's place, "" if there is none."""
    return answers.answer_instead(subject.judged)


def same_answer(subject: Subject) -> Iterator[Found]:
    """The try body gives the very same constant where nothing was raised, whether that is success or not."""
    attempt = subject.handler.attempt
    caught = {id(node) for one in nodes_in(attempt) if isinstance(one, Try) for node in _in_clauses(one)}
    caught |= set(_behind_records(attempt))
    normal = {
        _constant(node.value): node.line
        for node in reversed(list(nodes_in(attempt)))
        if isinstance(node, Return) and id(node) not in caught
    }
    given = {_constant(answer.value) for answer in subject.answers()}
    both = sorted((set(normal) & given) - {"", "1", "2", "-1", *subject.after.failures})
    if both:
        line = normal[both[0]]
        detail = f"line {line} gives {both[0]} too, where nothing was raised or recorded"
        yield Found("same answer without an error", detail, line=line)


def _behind_records(body: Body) -> Iterator[int]:
    """The `return` statements right behind a record or a text that is shown: these are no success either."""
    told = False
    for node in body:
        if isinstance(node, Return) and told:
            yield id(node)
        told = told or any(map(_shows, getattr(node, "calls", ())))
        arms = node.arms if isinstance(node, Branch) else (getattr(node, "body", ()),)
        for arm in arms:
            yield from _behind_records(arm)


def _shows(call: Call) -> bool:
    """Whether a call records or shows a text, if only by its name: `self.print_error(…)`."""
    return is_record(call) or not _SHOWS.isdisjoint(parts(call.name.rpartition(".")[2]))


def _in_clauses(node: Try) -> Iterator[Node]:
    return (inner for clause in node.clauses for inner in nodes_in(clause.body))


def silent_none(subject: Subject) -> Iterator[Found]:
    """The try body returns a value and the handler does not: the caller gets None, or whatever follows."""
    if subject.after.raises or any(path.value or path.handed for path in subject.verdict.paths):
        return
    gives = any(
        isinstance(node, Return) and node.value is not None and node.value.kind != "none"
        for node in nodes_in(subject.handler.attempt)
    )
    elsewhere = subject.after.then is not None or list(subject.answers())
    if gives and not elsewhere and not subject.handler.place.loop:
        yield Found("plausible value", "the try body returns a value, the handler none")


def _constant(value: Value | None) -> str:
    if value is None or value.kind not in ("none", "true", "false", "number", "text", "empty"):
        return ""
    return value.text


SIGNALS = (success_reported, plausible_value, wrong_figure, same_answer, silent_none)
