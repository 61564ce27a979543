"""Is a suggestion good enough to be written into a clause, or is it a proposal to a person?

Of a closed answer all that can come is named. Of an open one the clause names what is known to come, and
what people would catch. It is written where little is open: not where a callback or a plugin runs, where
calls are not seen at all, or where more is known than a clause would name. Behind clauses for what was
foreseen it must be probable, for there the broad one may be meant for the rest. What the handler reads of the
error decides before all else: whoever writes `exc.response` has said which class is meant.

A clause that names what a part of the body raises by the way is worse than none: whoever keeps a record of
whatever comes counted with the errors of the calls that are open. So where the handler says that it is for
anything, or tells somebody of the error, out of each open call something must come that the clause names, or
its classes must be sure by the `try` alone; else it stays broad.

What the file's other clauses catch and what the handler does helps to choose the types, but not to decide
whether they are written: else each rewrite would ask for the next one, or take it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from broadcatch.mend.case import Catches
from broadcatch.mend.intent import tells_somebody
from broadcatch.model.outcome import Verdict
from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.raises.openness import Sort, sort_of
from broadcatch.rewrite.clause import parse_names

BASES = frozenset({"Exception", "BaseException"})
SHOWN = 3
"""So many open calls, or types, are named."""
MOST_UNSEEN = 1
"""So many calls of which nothing is known there may be."""
MOST_DEEP = 2
"""So many calls that are followed, but not to their end, say little."""
PROBABLE = 0.15
"""So probable must a type be by the `try` alone where there are more."""
MEANT = 0.5
"""The same in a clause behind others: those were foreseen, it may be meant for the rest."""
NEARLY_CERTAIN = 0.25
"""The same where a call is not seen at all, where the code shows nothing but mistakes of the program, or what
people catch is all that speaks for the clause, and in a place that is meant for whatever comes."""
CERTAIN = 0.6
"""So probable must it be that people mean a mistake of the program, if nothing else can come."""
SURE = 0.6
"""From here on it does not matter how many calls are open, nor what the handler says that it is for."""
COVERED = 0.2
"""So probable must a type be behind other clauses where something is named of each open call."""
LEAST = 0.1
"""The same where more is known than a clause would name, but the clause names something of each open call."""
MOST_TOLD = 4
"""So many classes at most, of all that is known from anywhere, for who tells somebody of the error."""
LAST_LINES = frozenset({"boundary", "worker", "clean-up"})
"""Places whose handler is meant for whatever comes: there only what is nearly certain is written."""


def objection_to(
    suggestion: Suggestion,
    verdict: Verdict,
    missed: tuple[str, ...],
    index: int = 0,
    anything: str = "",
) -> str:
    """Why the replacement is only shown; "" where `--unsafe` may write it.

    `missed` is what is known to reach the clause and would no longer be caught; `index` the number of clauses
    before it in its `try`; `anything` by which words the handler says that it is for whatever comes.
    """
    if suggestion.alone.asked:
        return ""
    if (suggestion.closed or suggestion.alone.broad) and not BASES.isdisjoint(missed):
        return "something below raises `Exception` itself, which only a broad clause stops"
    if suggestion.closed and missed:
        return f"it would let {', '.join(missed)} through"
    if suggestion.closed:
        return _unfounded(suggestion)
    if index and suggestion.alone.probability < (MEANT if suggestion.alone.uncovered else COVERED):
        return f"it stands behind clauses for what was foreseen; {open_words(suggestion)}"
    if index and anything:
        return f"it stands behind clauses for what was foreseen, and {anything}"
    return _too_open(suggestion, verdict, bool(anything)) or _too_little(suggestion, verdict, anything)


def is_proven(suggestion: Suggestion, catches: Catches) -> bool:
    """Whether the written types stop all that can come, mistakes of the program included."""
    written, proven = written_in(suggestion), suggestion.alone.proven
    plain = not any(one.import_module for one in written)
    return bool(proven) and plain and all(any(catches(one.type, each) for one in written) for each in proven)


def _unfounded(suggestion: Suggestion) -> str:
    """Why the types of a closed answer are not worth a clause."""
    ground = suggestion.alone.probability
    if ground < CERTAIN and all(one.type in PROGRAMMING for one in written_in(suggestion)):
        return "nothing but mistakes of the program can come"
    return "" if ground else "only what other clauses of this file catch speaks for it"


def _too_open(suggestion: Suggestion, verdict: Verdict, anything: bool) -> str:
    """Why nothing is written as long as so much is not known."""
    alone = suggestion.alone
    sure = alone.probability >= SURE
    foreign = calls_of(suggestion, "foreign")
    if foreign and (not sure or anything or tells_somebody(verdict)):
        return f"code that is not known here runs in it: {named(foreign)}"
    libraries = calls_of(suggestion, "library")
    if libraries:
        return f"nothing of this library can be read here: {named(libraries)}"
    if alone.unwritten and (alone.uncovered or alone.probability < LEAST):
        return f"more can come than a clause would name: {named(alone.unwritten)}"
    unseen, deep = calls_of(suggestion, "unseen"), calls_of(suggestion, "deep")
    mistakes = all(one.type in PROGRAMMING for one in written_in(suggestion))
    if mistakes and (unseen or deep or tells_somebody(verdict)):
        return f"only mistakes of the program are known; {open_words(suggestion)}"
    enough = alone.probability >= _needed(suggestion, verdict, len(unseen), len(deep))
    return "" if enough and (sure or len(unseen) <= MOST_UNSEEN) else open_words(suggestion)


def _too_little(suggestion: Suggestion, verdict: Verdict, anything: str) -> str:
    """Why the handler means more than the clause would name, of calls of which not all is known."""
    alone = suggestion.alone
    if all(sort_of(one) == "quiet" for one in suggestion.unresolved):
        return ""
    if anything and (alone.probability < SURE or alone.uncovered):
        return f"{anything}; {open_words(suggestion)}"
    if not tells_somebody(verdict):
        return ""
    if alone.uncovered and (alone.probability < SURE or alone.own):
        return f"it tells of the error, and nothing is known of what these raise: {named(alone.uncovered)}"
    if len(alone.everything) > MOST_TOLD:
        return f"more can come than a clause would name: {named(alone.everything)}"
    return open_words(suggestion) if alone.probability < PROBABLE else ""


def _needed(suggestion: Suggestion, verdict: Verdict, unseen: int, deep: int) -> float:
    """How probable a type must be by the `try` alone."""
    shown = any(why.kind != "usage" for one in written_in(suggestion) for why in one.evidence)
    if unseen or not suggestion.alone.known or not shown or verdict.zone in LAST_LINES:
        return NEARLY_CERTAIN
    return PROBABLE if deep > MOST_DEEP else 0.0


def completed(suggestion: Suggestion) -> Suggestion:
    """The suggestion with all that is expected from near by in its replacement."""
    if not suggestion.whole or suggestion.replacement is None:
        return suggestion
    names = [one.spelling for one in suggestion.whole]
    text = names[0] if len(names) == 1 else f"({', '.join(names)})"
    kept = {one.type for one in suggestion.proposals}
    added = tuple(one for one in suggestion.whole if one.type not in kept)
    return replace(suggestion, replacement=text, also=added)


def missed_by(suggestion: Suggestion, broad: tuple[str, ...], catches: Catches) -> tuple[str, ...]:
    """What can reach the clause, is no programming error, and is stopped by none of the written types."""
    everything = bool({"", "BaseException", "builtins.BaseException"} & set(broad))
    aside = {*PROGRAMMING, *suggestion.alone.unfit}
    reaching = [one for one in suggestion.possible if one not in aside]
    caught = [one for one in reaching if everything or one == "Exception" or catches("Exception", one)]
    written = [one.type for one in written_in(suggestion)]
    return tuple(one for one in caught if not any(catches(each, one) for each in written))


def asked_words(suggestion: Suggestion) -> str:
    """Why the handler itself says what it is for; "" where it reads nothing of the error."""
    read = ", ".join(f"`{one}`" for one in suggestion.alone.asked)
    return f"for an error without {read} the handler itself fails" if read else ""


CLOSED = "nothing else was found that can reach it, mistakes aside (a None, a value of another kind)"
"""Why a closed answer is no safe one: what only a mistake in the program raises is named nowhere."""


def open_words(suggestion: Suggestion) -> str:
    """What is not known of the `try` body."""
    calls = tuple(dict.fromkeys(one.call for one in suggestion.unresolved if one.call))
    return f"what these raise is not known: {named(calls)}"


def calls_of(suggestion: Suggestion, sort: Sort) -> tuple[str, ...]:
    """The calls and other places of the body that are open in this way, each once."""
    return tuple(dict.fromkeys(one.call for one in suggestion.unresolved if sort_of(one) == sort))


def named(those: Iterable[str]) -> str:
    """The first of them, and how many more."""
    every = tuple(those)
    more = [f"{len(every) - SHOWN} more"] if len(every) > SHOWN else []
    return ", ".join([*every[:SHOWN], *more])


def written_in(suggestion: Suggestion) -> list[Proposal]:
    """The types that make the replacement, [] without one."""
    if suggestion.replacement is None:
        return []
    names = parse_names(suggestion.replacement)
    return [one for one in (*suggestion.proposals, *suggestion.also) if one.spelling in names]
