"""How much does each signal weigh? The one table.

A weight is in doublings: +1 makes a handler twice as risky, -1 half. Docs: docs/risk.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from broadcatch.model.ranking import Group

HIDDEN: Mapping[str, float] = {
    "reraised": -6.0,
    "chained": -5.0,
    "exits": -2.0,
    "translated": -1.5,
    "logged-traceback": -1.5,
    "handed-on": -1.5,
    "logged-text": 0.0,
    "fallback": 0.5,
    "dropped": 0.5,
    "quiet level": 0.5,
    "message without the error": 0.5,
    "handed on as text": 1.5,
    "handed on too": -2.0,
}
STAKE: Mapping[str, float] = {
    "money": 2.0,
    "market": 1.0,
    "state": 1.5,
    "access": 1.0,
    "acknowledgement": 1.0,
    "write": 1.0,
    "jobs": 0.5,
}
FOLLOWS: Mapping[str, float] = {
    "success reported": 2.0,
    "plausible value": 0.5,
    "wrong figure": 1.0,
    "same answer without an error": 0.5,
    "half done": 0.5,
    "money may have moved": 1.5,
    "reported as failed": 1.0,
    "outcome unknown": 0.25,
    "worker runs on": 0.5,
    "item lost": 0.5,
    "cancellation swallowed": 1.0,
    "mixed try body": 0.5,
    "unbound name": 1.0,
    "stale name": 1.0,
    "old value used": 0.5,
    "advanced all the same": 1.0,
    "saved over": 2.0,
    "value used": 0.5,
    "handler may fail": 1.0,
    "destroyed": 2.0,
}
REACH: Mapping[str, float] = {"reach": 0.25}
DISCOUNTS: Mapping[str, float] = {
    "clean-up": -2.0,
    "import guard": -4.0,
    "start-up": -1.5,
    "test": -3.0,
    "recording boundary": -1.0,
    "item boundary": -1.0,
    "recorded as it leaves": -1.5,
    "cosmetic": -1.5,
    "one sensible failure": -1.0,
    "tried again": -1.5,
    "stated reason": -1.0,
    "specific handlers before it": -0.25,
    "another way": -1.0,
    "others raised again": -3.0,
    "failure told": -0.5,
    "value asked for": -0.5,
}
WEIGHTS: Mapping[str, float] = {**HIDDEN, **STAKE, **FOLLOWS, **REACH, **DISCOUNTS}
_GROUPS: Mapping[Group, Mapping[str, float]] = {
    "hidden": HIDDEN,
    "at stake": STAKE,
    "what follows": FOLLOWS,
    "reach": REACH,
    "discount": DISCOUNTS,
}
GROUP: Mapping[str, Group] = {name: group for group, names in _GROUPS.items() for name in names}
"""The part of the score that each signal belongs to."""

SOURCES: Mapping[str, float] = {
    "call": 1.0,
    "function": 1.0,
    "enclosing function": 1.0,
    "decorator": 1.0,
    "receiver": 0.75,
    "library": 0.75,
    "attribute": 0.75,
    "answer": 0.75,
    "class": 0.75,
    "file": 0.5,
    "folder": 0.25,
}
"""How much of a stake's weight a word has, by where it stands."""

SECOND_STAKE = 0.25
"""What every further stake is worth, as a share of its weight."""

MIDDLE = 1.0
"""The doublings at which a handler scores 5 of 10."""

KEYS: Mapping[str, str] = {name.replace(" ", "-"): name for name in WEIGHTS}
"""As a configuration spells a weight (`plausible-value`) -> its name."""
STAKE_KEYS = (*STAKE, "cosmetic")
"""What a configuration may give words for."""
