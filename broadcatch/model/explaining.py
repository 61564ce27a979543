"""Why is a place reported, or left alone? The answer of `check --explain`, for all its outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.findings import Severity
from broadcatch.model.outcome import Path
from broadcatch.model.span import Span

Status: TypeAlias = Literal["reported", "suppressed", "off", "silent"]
"""What a rule makes of a place. `off`: it would speak, and is not selected."""


@dataclass(frozen=True, slots=True)
class Catch:
    """One class of a clause ("" for a bare clause), whether it is broad, and why."""

    name: str
    qualified: str
    broad: bool
    why: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One path through the handler, and what becomes of the error on it, in words."""

    path: Path
    words: str
    worst: bool = False


@dataclass(frozen=True, slots=True)
class Stake:
    """Something that the try body does and that may be left half done."""

    line: int
    kind: Literal["call", "write"]
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says (its message), or why it says nothing (the reason, "" for none worth telling).

    `because` tells who silenced it or turned it off; `line` is that of the comment, 0 for none.
    """

    code: str
    name: str
    status: Status
    text: str
    severity: Severity | None = None
    because: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class RuffSaid:
    """What Ruff reports here, and where that stands among ours: the code, "" where it stands in none."""

    code: str
    row: int
    ours: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class HandlerStory:
    """What is known of a handler: what it catches, what becomes of the error, where it stands."""

    span: Span
    try_line: int
    catches: tuple[Catch, ...]
    ways: tuple[Way, ...]
    zone: str
    zone_reason: str
    logging: str
    logging_reason: str
    stakes: tuple[Stake, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One place, and what is said of it; `story` is None for a place that belongs to no handler."""

    path: str
    line: int
    function: str
    rules: tuple[Said, ...]
    ruff: tuple[RuffSaid, ...] = ()
    story: HandlerStory | None = None
