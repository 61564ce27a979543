"""Can there be anything in this file at all? The cheapest question, asked of bytes."""

from __future__ import annotations

from collections.abc import Iterable


def may_hold(source: bytes, needles: Iterable[bytes]) -> bool:
    """Whether any needle stands in `source`. False is a proof only for encodings that contain ASCII."""
    return any(needle in source for needle in needles)
