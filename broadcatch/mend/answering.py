"""Which of the project's own errors answers to one of a library? By their names, where these are plain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SAYS_NOTHING = frozenset(
    "error errors exception failure failed fault base api client server service general app lib bad".split()
)
_MEANINGS: Mapping[str, str] = {
    "signing in": "token auth authentication login credential credentials unauthorized signature jwt",
    "permission": "permission forbidden denied authorization",
    "too often": "rate ratelimit throttle throttled throttling quota limit toomany",
    "not there": "missing exist notfound nosuch",
    "not reachable": "network connection connect timeout timedout unavailable unreachable socket dns",
    "not valid": "validation invalid input malformed schema",
    "no money": "margin funds insufficient balance",
    "in conflict": "conflict duplicate integrity exists",
    "database": "database sql operational deadlock",
}
"""What words in the names of exceptions stand for, each meaning in the words of many libraries."""
_PAIRS = {("not", "found"): "notfound", ("no", "such"): "nosuch", ("timed", "out"): "timedout"}
_PAIRS |= {("too", "many"): "toomany", ("rate", "limit"): "ratelimit"}


def answering(types: Sequence[str], own: Sequence[str]) -> dict[str, str]:
    """For each of `types` the class of `own` that its name answers to; left out where none or two do."""
    found = {}
    for type_ in types:
        said = _meanings(type_)
        fitting = [one for one in own if said & _meanings(one)]
        if len(fitting) == 1:
            found[type_] = fitting[0]
    return found


def _meanings(name: str) -> frozenset[str]:
    """What a class is about, by the words of its name."""
    words = [one.lower() for one in _WORD.findall(name.rpartition(".")[2])]
    pairs = [_PAIRS[pair] for pair in zip(words, words[1:], strict=False) if pair in _PAIRS]
    if pairs:
        words = [one for one in words if not any(one in both for both in pairs)] + pairs
    telling = [one for one in words if one not in _SAYS_NOTHING]
    return frozenset(
        meaning for meaning, known in _MEANINGS.items() if any(word in known.split() for word in telling)
    )
