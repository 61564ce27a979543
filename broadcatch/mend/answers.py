"""What does a suggestion write, and what is open in it, in words?"""

from __future__ import annotations

from collections.abc import Iterable

from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.raises.openness import Sort, sort_of
from broadcatch.rewrite.clause import parse_names

SHOWN = 3
"""So many open calls, or types, are named."""


def open_words(suggestion: Suggestion) -> str:
    """What is not known of the `try` body."""
    calls = tuple(dict.fromkeys(one.call for one in suggestion.unresolved if one.call))
    return f"what these raise is not known: {named(calls)}"


def still_open(suggestion: Suggestion) -> str:
    """Why the answer is not wanted where only closed ones are."""
    return f"its answer is open, and --closed leaves such out; {open_words(suggestion)}"


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
