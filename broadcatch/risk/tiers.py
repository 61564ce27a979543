"""From which score on is a handler or a file high or medium? Fixed, documented meanings; no quantiles."""

from __future__ import annotations

from broadcatch.model.ranking import Tier

HANDLER_HIGH = 6.0
HANDLER_MEDIUM = 3.0
FILE_HIGH = 75.0
FILE_MEDIUM = 45.0


def handler_tier(score: float) -> Tier:
    """The tier of a handler's score (0 to 10)."""
    return "high" if score >= HANDLER_HIGH else "medium" if score >= HANDLER_MEDIUM else "low"


def file_tier(score: float) -> Tier:
    """The tier of a file's score (0 to 100)."""
    return "high" if score >= FILE_HIGH else "medium" if score >= FILE_MEDIUM else "low"
