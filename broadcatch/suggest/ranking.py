"""Which types would a person catch? Each gets a probability from its signals, by a table of small trees.

The trees were fitted to clauses whose types people chose (`benchmarks/fitting.py` makes the table, and says
how well it does on packages that it did not see). The probabilities are calibrated: of what is said with high
confidence four in five are right, with medium confidence one in two.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from broadcatch.model.raising import Confidence, Evidence
from broadcatch.program.classes import Hierarchy
from broadcatch.suggest.case import Case
from broadcatch.suggest.reasons import is_shown, reasons
from broadcatch.suggest.signals import Signals, signals
from broadcatch.suggest.usage import Usage

Tree: TypeAlias = "float | list[Any]"
_Numbered: TypeAlias = "float | tuple[int, float, _Numbered, _Numbered]"
HIGH = 0.68
MEDIUM = 0.4
RANKED = 10
"""So many types of an open answer may be proposed."""
PATH = Path(__file__).parent / "forest.json"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type that may be proposed, with its evidence, best first.

    `shown`: the code shows a way in which it may come, told or not.
    """

    type: str
    probability: float
    transient: bool
    evidence: tuple[Evidence, ...]
    shown: bool = False

    @property
    def confidence(self) -> Confidence:
        return "high" if self.probability >= HIGH else "medium" if self.probability >= MEDIUM else "low"


@cache
def forest() -> list[Tree]:
    """The table. A tree is a value, or (signal, threshold, tree where it is at most that, tree above)."""
    found: list[Tree] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


@cache
def _numbered() -> tuple[tuple[str, ...], list[_Numbered]]:
    """(the signals that the table asks for, its trees with the place of each signal among these)."""
    places: dict[str, int] = {}
    trees = [_with_places(one, places) for one in forest()]
    return tuple(places), trees


def _with_places(tree: Tree, places: dict[str, int]) -> _Numbered:
    if not isinstance(tree, list):
        return tree
    signal, threshold, below, above = tree
    at = places.setdefault(signal, len(places))
    return at, threshold, _with_places(below, places), _with_places(above, places)


def probability(row: Signals) -> float:
    """How probable it is that a person would name the type of which these are the signals."""
    names, trees = _numbered()
    strengths = [row.get(one, 0.0) for one in names]
    return 1 / (1 + math.exp(-sum([_value(one, strengths) for one in trees])))


def _value(tree: _Numbered, strengths: list[float]) -> float:
    while tree.__class__ is tuple:
        at, threshold, below, above = tree
        tree = below if strengths[at] <= threshold else above
    return tree  # type: ignore[return-value]


def ranked(case: Case, hierarchy: Hierarchy, usage: Usage) -> list[Candidate]:
    """Every type that might be proposed, the most probable first; of an open answer the RANKED first alone.

    What is possible follows behind them.
    """
    judged = [(probability(row), type_) for type_, row in signals(case, hierarchy).items()]
    order = sorted(judged, key=lambda one: (-one[0], one[1]))
    possible = {one.type for one in case.reached.raised}
    rest = () if case.reached.closed else [one for one in order[RANKED:] if one[1] in possible]
    transient = {one.type for one in case.reached.raised if one.transient}
    return [
        Candidate(
            type_,
            share,
            type_ in transient,
            reasons(type_, case, hierarchy, usage),
            is_shown(type_, case, hierarchy),
        )
        for share, type_ in (order if case.reached.closed else [*order[:RANKED], *rest])
    ]
