"""Is it grave by what `report` weighs, though no single sign says so? By the names in the code alone.

Paths do not count here: a file is judged alike in a commit of three files and in the whole repository.
"""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.config.weights import HIDDEN
from broadcatch.judge.verdict import Judged
from broadcatch.model.ranking import Factor
from broadcatch.risk.score import factors_of, handler_score
from broadcatch.risk.subject import Subject
from broadcatch.risk.terms import terms_of

_GRAVE = 5.0
"""The middle of the scale: as bad as a hidden error beside one thing that is at stake."""
_TOLD = 0.5
"""Doublings from which on a factor is told."""


def grave(judged: Judged, config: Config, least: float = _GRAVE) -> str:
    """What makes the handler grave: its heaviest factor, in words; "" where its score is below `least`."""
    factors = factors_of(Subject("", judged, terms=terms_of(config)))
    if handler_score(factors) < least:
        return ""
    heavy = [one for one in factors if one.name not in HIDDEN and one.value >= _TOLD]
    return _told(max(heavy, key=lambda one: one.value)) if heavy else ""


def _told(factor: Factor) -> str:
    return f"{factor.name}: {factor.detail}"
