"""How many depend on the function around the handler? Asked of the call graph only where that was read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from broadcatch.risk.subject import Found, Subject

_MOST = 4.0
"""Doublings of the number of calls that count."""


def fan_in(subject: Subject) -> Iterator[Found]:
    """More callers, more that goes wrong: by doublings of the calls."""
    reach = subject.reach
    if reach is not None and reach.count > 1 and not subject.verdict.leaves:
        detail = f"called from {reach.count} places"
        yield Found("reach", detail, min(_MOST, math.log2(reach.count)))


SIGNALS = (fan_in,)
