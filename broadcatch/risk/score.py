"""How risky is one handler, one file? Hidden x at stake x what follows, added up in doublings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcatch.config.weights import GROUP, MIDDLE, SECOND_STAKE, STAKE
from broadcatch.model.ranking import Factor
from broadcatch.risk.signals import afterwards, answers, damage, discounts, follows, hidden, reach, stakes
from broadcatch.risk.subject import Found, Subject
from broadcatch.risk.tiers import HANDLER_MEDIUM

_TOP = (0.5, 0.25, 0.15)
"""Shares of the squares of a file's three worst handlers; the rest is for how many are at least medium."""
_REST = 0.1
_MANY = 5.0
"""Doublings of (1 + handlers at least medium) that fill that rest."""


def factors_of(subject: Subject) -> tuple[Factor, ...]:
    """Every factor that fired, in the order hidden, at stake, what follows, discounts."""
    weights = subject.terms.weights
    found = [_factor(one, weights[one.name] * one.strength) for one in _found(subject)]
    return tuple(_once(_second_stakes(found)))


def _factor(one: Found, value: float) -> Factor:
    return Factor(one.name, value, one.detail, one.line, GROUP[one.name])


def _found(subject: Subject) -> Iterator[Found]:
    stays = not subject.verdict.leaves
    for signal in hidden.SIGNALS:
        yield from signal(subject)
    yield from stakes.at_stake(subject)
    if stays:
        for signal in (*answers.SIGNALS, *follows.SIGNALS, *afterwards.SIGNALS, *damage.SIGNALS):
            yield from signal(subject)
    for signal in afterwards.ALWAYS:
        yield from signal(subject)
    yield from stakes.cosmetic(subject)
    for signal in reach.SIGNALS:
        yield from signal(subject)
    for signal in discounts.SIGNALS:
        yield from signal(subject)


def _second_stakes(factors: Sequence[Factor]) -> Iterator[Factor]:
    """The heaviest stake counts in full, the others by a share."""
    heaviest = max((factor.value for factor in factors if factor.name in STAKE), default=0.0)
    for factor in factors:
        if factor.name in STAKE:
            if factor.value == heaviest:
                heaviest = math.inf
            else:
                factor = replace(factor, value=factor.value * SECOND_STAKE)
        yield factor


def _once(factors: Iterator[Factor]) -> Iterator[Factor]:
    """A name counts once, however many signals saw it."""
    seen = set()
    for factor in factors:
        if factor.name not in seen:
            seen.add(factor.name)
            yield factor


def handler_score(factors: Sequence[Factor]) -> float:
    """0 to 10: 5 at `MIDDLE` doublings; each doubling doubles the odds."""
    doublings = sum(factor.value for factor in factors)
    return 10.0 / (1.0 + math.pow(2.0, MIDDLE - doublings))


def file_score(scores: Sequence[float]) -> float:
    """0 to 100: by the squares of the three worst handlers, and a little by how many are at least medium.

    Squares, because one grave handler is worse than several that are middling. Beside the very worst,
    handlers below medium add nothing.
    """
    if not scores:
        return 0.0
    ordered = sorted(scores, reverse=True)
    counted = [score for score in ordered if score >= HANDLER_MEDIUM]
    worst = [ordered[0], *counted[1:3]]
    many = min(1.0, math.log2(1 + len(counted)) / _MANY)
    squares = sum(share * (score / 10.0) ** 2 for share, score in zip(_TOP, worst, strict=False))
    return 100.0 * math.sqrt(squares + _REST * many)
