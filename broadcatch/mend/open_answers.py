"""May an open answer be written? What is open must be little, and the handler for what was foreseen.

A clause that names what a part of the body raises by the way is worse than none: whoever keeps a record of
whatever comes counted with the errors of the calls that are open.

What the file's other clauses catch and what the handler does helps to choose the types, but not to decide
whether they are written: else each rewrite would ask for the next one, or take it back.
"""

from __future__ import annotations

from broadcatch.mend.answers import calls_of, named, open_words, written_in
from broadcatch.mend.intent import Intent, head
from broadcatch.model.raising import Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.program.locate import is_standard
from broadcatch.raises.openness import is_missing, sort_of, unread
from broadcatch.suggest.covering import INCIDENTAL

MOST_UNSEEN = 1
"""So many calls of which nothing is known there may be."""
MOST_DEEP = 2
"""So many calls that are followed, but not to their end, say little."""
TOO_DEEP = 4
"""More than so many say nothing, if no class is sure."""
PROBABLE = 0.15
"""So probable must a type be by the `try` alone where there are more."""
NEARLY_CERTAIN = 0.25
"""The same where a call is not seen at all, where the code shows nothing but mistakes of the program, or what
people catch is all that speaks for the clause."""
TOLD = 0.4
"""The same where the handler tells somebody of the error, and around code that is not known here."""
SURE = 0.6
"""From here on it does not matter how many calls are open."""
LEAST = 0.1
"""So probable where more is known than a clause would name, but it names something of each open call."""
MOST_TOLD = 4
"""So many classes at most, of all that is known from anywhere, for who tells somebody of the error."""
RUNS_TEXT = frozenset({"exec", "eval", "exec_module", "load_module", "run_path", "run_module"})
"""Calls that may raise anything, however sure one class is."""
LAST_LINES = frozenset({"boundary", "worker", "clean-up"})
"""Places whose handler is meant for whatever comes: there only what is closed is written."""
ENDS = frozenset({"exits", "handed-on"})
"""Who ends the program with the error, or collects it, asks no more which one it was."""


def objection_to_open(suggestion: Suggestion, intent: Intent, missed: tuple[str, ...]) -> str:
    """Why the replacement of an open answer is only shown; "" where `--unsafe` may write it."""
    if intent.index:
        rest = _is_rest_of_library(suggestion, intent, missed)
        return "" if rest else f"it stands behind clauses for what was foreseen; {open_words(suggestion)}"
    return (
        _not_found(suggestion)
        or _too_open(suggestion, intent, missed)
        or _meant_for_more(suggestion, intent, missed)
        or _too_little(suggestion, intent, missed)
    )


def _not_found(suggestion: Suggestion) -> str:
    """Why the clause lacks what comes first where nothing was found: an attribute or an item of None."""
    asked = suggestion.alone.searched
    if not asked or {"AttributeError", "TypeError"} & {one.type for one in written_in(suggestion)}:
        return ""
    return f"a search may find nothing, and the clause would not name that: {named(asked)}"


def _is_rest_of_library(suggestion: Suggestion, intent: Intent, missed: tuple[str, ...]) -> bool:
    """Whether the clauses before it name errors of one library alone, and it would be for the others."""
    written = [one.type for one in written_in(suggestion)]
    heads = {head(one) for one in (*written, *intent.foreseen)}
    quiet = not (intent.tells or intent.keeps or intent.anything)
    one_library = len(written) == len(heads) == 1 and _is_of_library(written[0])
    return quiet and bool(intent.foreseen) and one_library and not heads & {head(one) for one in missed}


def _is_of_library(type_: str) -> bool:
    return "." in type_ and not is_standard(type_)


def _too_open(suggestion: Suggestion, intent: Intent, missed: tuple[str, ...]) -> str:
    """Why nothing is written as long as so much is not known."""
    alone = suggestion.alone
    sure = alone.probability >= SURE
    meant = intent.anything or intent.keeps or intent.tells
    foreign = calls_of(suggestion, "foreign")
    named_all = sure and RUNS_TEXT.isdisjoint(one.rpartition(".")[2] for one in foreign)
    if foreign and (meant or not (named_all or _is_of_its_calls(suggestion, missed))):
        return f"code that is not known here runs in it: {named(foreign)}"
    libraries = calls_of(suggestion, "library") or _half_known(suggestion, missed)
    if libraries:
        return f"nothing of this library can be read here: {named(libraries)}"
    if alone.unwritten and (alone.uncovered or alone.probability < LEAST):
        return f"more can come than a clause would name: {named(alone.unwritten)}"
    unseen, deep = calls_of(suggestion, "unseen"), calls_of(suggestion, "deep")
    mistakes = all(one.type in PROGRAMMING for one in written_in(suggestion))
    if mistakes and (unseen or deep or intent.tells or (not sure and _reads_on(suggestion))):
        return f"only mistakes of the program are known; {open_words(suggestion)}"
    enough = alone.probability >= _needed(suggestion, len(unseen), len(deep))
    return "" if enough and (sure or len(unseen) <= MOST_UNSEEN) else open_words(suggestion)


def _half_known(suggestion: Suggestion, missed: tuple[str, ...]) -> tuple[str, ...]:
    """The calls of packages that are not installed, unless one class stops all that is known of each."""
    calls = {one.call: unread(one) for one in suggestion.unresolved if unread(one)}
    written = [head(one.type) for one in written_in(suggestion)]
    lost = {head(one) for one in missed}
    return tuple(call for call, package in calls.items() if written.count(package) != 1 or package in lost)


def _is_of_its_calls(suggestion: Suggestion, missed: tuple[str, ...]) -> bool:
    """Whether code of others runs only in calls whose own errors the clause names: a request with hooks."""
    alone = suggestion.alone
    runs = [one.why for one in suggestion.unresolved if sort_of(one) == "foreign"]
    if missed or alone.uncovered or calls_of(suggestion, "unseen"):
        return False
    if any(_is_of_library(one.type) for one in written_in(suggestion)):
        return alone.probability >= PROBABLE and all(one.startswith("it runs code") for one in runs)
    return alone.probability >= TOLD and all(one.startswith("it runs code that is passed") for one in runs)


def _needed(suggestion: Suggestion, unseen: int, deep: int) -> float:
    """How probable a type must be by the `try` alone."""
    evidence = (why for one in written_in(suggestion) for why in one.evidence)
    shown = suggestion.alone.shown or any(why.kind != "usage" for why in evidence)
    if unseen or not suggestion.alone.known or not shown:
        return NEARLY_CERTAIN
    if deep > TOO_DEEP:
        return SURE
    return PROBABLE if deep > MOST_DEEP else 0.0


def _reads_on(suggestion: Suggestion) -> bool:
    """Whether several operations may bring the mistake: `x.file.url` asks an object that nobody knows."""
    evidence = {why for one in written_in(suggestion) for why in one.evidence if why.kind == "operation"}
    return len(evidence) > 1


def _meant_for_more(suggestion: Suggestion, intent: Intent, missed: tuple[str, ...]) -> str:
    """By which words or deeds the handler says that it is for more than is known."""
    if intent.anything:
        return f"{intent.anything}; {open_words(suggestion)}"
    least = SURE if suggestion.alone.own else TOLD
    own_step = suggestion.alone.own and bool(missed)
    if intent.tells and (own_step or suggestion.alone.probability < least):
        return f"it tells of the error; {open_words(suggestion)}"
    if intent.verdict.zone in LAST_LINES:
        return f"it is a last line of defence ({intent.verdict.zone}); {open_words(suggestion)}"
    if _is_quiet(suggestion):
        return ""
    if intent.verdict.outcome in ENDS and suggestion.alone.probability < TOLD:
        return f"it ends with the error, whichever it is; {open_words(suggestion)}"
    return f"{intent.keeps}; {open_words(suggestion)}" if intent.keeps else ""


def _too_little(suggestion: Suggestion, intent: Intent, missed: tuple[str, ...]) -> str:
    """Why the clause would name too little of what comes out of calls of which not all is known."""
    alone, ends = suggestion.alone, intent.verdict.outcome in ENDS
    if _is_quiet(suggestion):
        return ""
    nowhere = [one.call for one in suggestion.unresolved if is_missing(one)]
    if nowhere and not any(one.type == "AttributeError" for one in written_in(suggestion)):
        return f"what is asked for is not found anywhere: {named(nowhere)}"
    if alone.uncovered and (intent.tells or ends or alone.probability < PROBABLE or _is_step(suggestion)):
        return f"nothing is known of what these raise: {named(alone.uncovered)}"
    if intent.tells and len(alone.everything) > MOST_TOLD:
        return f"more can come than a clause would name: {named(alone.everything)}"
    return f"it would let {named(missed)} through" if ends and len(missed) > 1 else ""


def _is_step(suggestion: Suggestion) -> bool:
    """Whether the clause names but a step of the body itself, beside a call of which nothing is known."""
    steps = all(one.type in INCIDENTAL for one in written_in(suggestion))
    return suggestion.alone.own and steps and bool(calls_of(suggestion, "unseen"))


def _is_quiet(suggestion: Suggestion) -> bool:
    """Whether nothing is open but what Python does itself with values of unknown type."""
    return all(sort_of(one) == "quiet" for one in suggestion.unresolved)
