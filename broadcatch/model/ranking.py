"""What should be fixed first? Scores, tiers and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Tier: TypeAlias = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One named contribution to a score; the score is log-additive, so `value` is what it adds."""

    name: str
    value: float
    detail: str


@dataclass(frozen=True, slots=True)
class HandlerRisk:
    """The risk of one broad handler."""

    path: str
    line: int
    function: str
    outcome: str
    score: float
    tier: Tier
    factors: tuple[Factor, ...]
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class FileRisk:
    """The risk of one file: by its worst handlers, not by their number."""

    path: str
    score: float
    tier: Tier
    handlers: int
    reasons: tuple[str, ...]
