"""How well does one order follow another? Measures of ranks, ties shared out evenly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

Numbers = Sequence[float]


def ranks(values: Numbers) -> list[float]:
    """The rank of each value from 1; equal ones share the middle of theirs."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    found = [0.0] * len(values)
    done = 0
    for _, group in groupby(order, key=lambda at: values[at]):
        those = list(group)
        for at in those:
            found[at] = done + (len(those) + 1) / 2
        done += len(those)
    return found


def spearman(scores: Numbers, labels: Numbers) -> float | None:
    """The correlation of the ranks; None where one side is all the same."""
    first, second = ranks(scores), ranks(labels)
    middle = (len(scores) + 1) / 2
    spread = [math.sqrt(sum((one - middle) ** 2 for one in side)) for side in (first, second)]
    if not spread[0] or not spread[1]:
        return None
    both = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    return both / (spread[0] * spread[1])


def pairs(scores: Numbers, labels: Numbers, apart: float = 2) -> tuple[float, int]:
    """(pairs in the right order, pairs) among those whose labels are `apart` or more; a tie is half right."""
    right, count = 0.0, 0
    for high, label in enumerate(labels):
        for low, other in enumerate(labels):
            if label - other >= apart:
                count += 1
                right += 1.0 if scores[high] > scores[low] else 0.5 if scores[high] == scores[low] else 0.0
    return right, count


def auc(scores: Numbers, wanted: Sequence[bool]) -> float | None:
    """The chance that a wanted one stands above another; None where there are only such or none."""
    found = sum(wanted)
    if found in (0, len(wanted)):
        return None
    above = sum(rank for rank, one in zip(ranks(scores), wanted, strict=True) if one)
    return (above - found * (found + 1) / 2) / (found * (len(wanted) - found))


def recall(scores: Numbers, wanted: Sequence[bool], share: float = 0.2) -> float | None:
    """The part of the wanted ones in the first `share` of the list; None where there are none."""
    left, got = share * len(scores), 0.0
    for score in sorted(set(scores), reverse=True):
        those = [one for value, one in zip(scores, wanted, strict=True) if value == score]
        taken = min(len(those), left)
        got += sum(those) * taken / len(those)
        left -= taken
    return got / sum(wanted) if any(wanted) else None


def ndcg(scores: Numbers, grades: Numbers, first: int = 10) -> float | None:
    """The gain of the first ones as a share of the best possible; ties get the middle of their gains."""
    worth = [1 / math.log2(at + 2) if at < first else 0.0 for at in range(len(scores))]
    gains = [2.0**grade - 1 for grade in grades]
    best = sum(a * b for a, b in zip(worth, sorted(gains, reverse=True), strict=True))
    got, done = 0.0, 0
    for score in sorted(set(scores), reverse=True):
        those = [gain for value, gain in zip(scores, gains, strict=True) if value == score]
        got += sum(those) / len(those) * sum(worth[done : done + len(those)])
        done += len(those)
    return got / best if best else None


def mean(values: Mapping[str, float | None], without: str = "") -> float:
    """The mean over repositories that have a value, `without` one of them."""
    known = [value for name, value in values.items() if value is not None and name != without]
    return sum(known) / len(known) if known else math.nan


def by_repository(
    rows: Mapping[str, tuple[Numbers, Numbers]], measure: Callable[[Numbers, Numbers], float | None]
) -> dict[str, float | None]:
    """A measure of each repository's (scores, labels)."""
    return {name: measure(*row) for name, row in rows.items()}
