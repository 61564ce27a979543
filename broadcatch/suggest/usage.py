"""What do people catch around such code? A posterior over types from counts of (trait, type).

The counts come from clauses of published packages (`benchmarks/mining_usage.py`; the table names them, with
versions). Traits are taken as independent given the type, and tempered because they are not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "usage.json"
OWN = "<own>"
OTHER = "<other>"
SMOOTHING = 2.0
TEMPER = 0.6
"""The weight of one trait's evidence; 1 would take all of them as independent."""
LEAST = -4.0
"""No single trait counts more against a type than this (natural logarithm)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often clauses around a trait name each type, and in how many distributions."""

    total: int
    by_type: dict[str, int]


class Usage:
    """The counts, without those of the distributions in `without`."""

    def __init__(self, table: dict[str, object], without: Collection[str] = ()) -> None:
        sources: list[list[str]] = table["sources"]  # type: ignore[assignment]
        counts: dict[str, dict[str, dict[str, int]]] = table["counts"]  # type: ignore[assignment]
        out = {str(number) for number, (name, _) in enumerate(sources) if name in without}
        self._counts = {trait: _counted(by_type, out) for trait, by_type in counts.items()}
        self._all = self._counts.pop("", Counted(0, {}))

    def around(self, trait: str) -> Counted | None:
        """The counts of one trait, None where it is not known."""
        return self._counts.get(trait)

    def share(self, type_: str) -> float:
        """The share of all clauses that name the type."""
        return self._all.by_type.get(type_, 0) / self._all.total if self._all.total else 0.0

    def posterior(self, traits: Iterable[str], temper: float = TEMPER) -> dict[str, float]:
        """Type -> probability that a clause around these traits names it; all types together give 1."""
        if not self._all.total:
            return {}
        known = [found for one in sorted(traits) if (found := self._counts.get(one)) is not None]
        logs = {
            type_: math.log(number / self._all.total)
            + temper * sum(self._weight(trait, type_, number) for trait in known)
            for type_, number in self._all.by_type.items()
            if number
        }
        most = max(logs.values())
        total = sum(math.exp(value - most) for value in logs.values())
        return {type_: math.exp(value - most) / total for type_, value in logs.items()}

    def _weight(self, trait: Counted, type_: str, number: int) -> float:
        expected = trait.total / self._all.total
        if not expected:
            return 0.0
        seen = (trait.by_type.get(type_, 0) + SMOOTHING * expected) / (number + SMOOTHING)
        return max(math.log(seen / expected), LEAST)


def _counted(by_type: dict[str, dict[str, int]], out: set[str]) -> Counted:
    left = {
        type_: sum(number for source, number in those.items() if source not in out)
        for type_, those in by_type.items()
    }
    return Counted(sum(left.values()), {type_: number for type_, number in left.items() if number})


@cache
def published() -> Usage:
    """The table that comes with broadcatch."""
    return Usage(json.loads(PATH.read_text(encoding="utf-8")))
