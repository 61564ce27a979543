"""Is a suggestion good enough to be written into a clause, or is it a proposal to a person?

Of a closed answer all that can come is named. Of an open one the types are what people would catch: written
only where one of them is probable by the `try` itself, and what is open is told. What the file's other
clauses catch helps to choose the types, but not to decide whether they are written: else each rewrite would
ask for the next one.
"""

from __future__ import annotations

from broadcatch.mend.case import Catches
from broadcatch.model.outcome import Verdict
from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.rewrite.clause import parse_names

SHOWN = 3
"""So many open calls are named."""
PROBABLE = 0.15
"""So probable must a type be by the `try` alone; of such clauses four in five hold what people chose."""
NEARLY_CERTAIN = 0.4
"""The same in a place that is meant for whatever comes."""
LAST_LINES = frozenset({"boundary", "worker", "clean-up"})
"""Places whose handler is meant for whatever comes: there only what is nearly certain is written."""


def objection_to(suggestion: Suggestion, verdict: Verdict, missed: tuple[str, ...]) -> str:
    """Why the replacement is only shown; "" where `--unsafe` may write it.

    `missed` is what is known to reach the clause and would no longer be caught.
    """
    if "Exception" in missed or "BaseException" in missed:
        return "something below raises `Exception` itself, which only a broad clause stops"
    if suggestion.closed and missed:
        return f"it would let {', '.join(missed)} through"
    if suggestion.closed:
        return "" if suggestion.alone else "only what other clauses of this file catch speaks for it"
    if all(one.type in PROGRAMMING for one in written_in(suggestion)):
        return f"only mistakes of the program are known; {open_words(suggestion)}"
    needed = NEARLY_CERTAIN if verdict.zone in LAST_LINES else PROBABLE
    return "" if suggestion.alone >= needed else open_words(suggestion)


def missed_by(suggestion: Suggestion, broad: tuple[str, ...], catches: Catches) -> tuple[str, ...]:
    """What can reach the clause, is no programming error, and is stopped by none of the written types."""
    everything = bool({"", "BaseException", "builtins.BaseException"} & set(broad))
    reaching = [one for one in suggestion.possible if one not in PROGRAMMING]
    caught = [one for one in reaching if everything or one == "Exception" or catches("Exception", one)]
    written = [one.type for one in written_in(suggestion)]
    return tuple(one for one in caught if not any(catches(each, one) for each in written))


def open_words(suggestion: Suggestion) -> str:
    """What is not known of the `try` body."""
    calls = list(dict.fromkeys(one.call for one in suggestion.unresolved if one.call))
    more = [f"{len(calls) - SHOWN} more"] if len(calls) > SHOWN else []
    return f"what these raise is not known: {', '.join([*calls[:SHOWN], *more])}"


def written_in(suggestion: Suggestion) -> list[Proposal]:
    """The proposals that make the replacement, () without one."""
    if suggestion.replacement is None:
        return []
    names = parse_names(suggestion.replacement)
    return [one for one in suggestion.proposals if one.spelling in names]
