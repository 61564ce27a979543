"""Is a suggestion good enough to be written into a clause, or is it a proposal to a person?

Of a closed answer all that can come is named. Of an open one the types are what people would catch: written
only where one of them is probable, and what is open is told.
"""

from __future__ import annotations

from broadcatch.mend.case import Catches
from broadcatch.model.outcome import Verdict
from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.rewrite.clause import parse_names
from broadcatch.suggest.reasons import is_hearsay

SHOWN = 3
"""So many open calls are named."""
LAST_LINES = frozenset({"boundary", "worker", "clean-up"})
"""Places whose handler is meant for whatever comes: there only what is nearly certain is written."""


def objection_to(suggestion: Suggestion, verdict: Verdict, missed: tuple[str, ...]) -> str:
    """Why the replacement is only shown; "" where `--unsafe` may write it.

    `missed` is what is known to reach the clause and would no longer be caught.
    """
    if "Exception" in missed or "BaseException" in missed:
        return "something below raises `Exception` itself, which only a broad clause stops"
    if suggestion.closed:
        return f"it would let {', '.join(missed)} through" if missed else ""
    needed = ("high",) if verdict.zone in LAST_LINES else ("high", "medium")
    sure = any(one.confidence in needed and _is_seen(one) for one in written_in(suggestion))
    return "" if sure else open_words(suggestion)


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


def _is_seen(one: Proposal) -> bool:
    """Whether something in this code speaks for the type, not only what people do around like names."""
    return one.confidence == "high" or not all(map(is_hearsay, one.evidence))
