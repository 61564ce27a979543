"""What should be fixed first? Scores, tiers and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.outcome import Step

Tier: TypeAlias = Literal["high", "medium", "low"]
Group: TypeAlias = Literal["hidden", "at stake", "what follows", "reach", "discount"]
"""Which part of the score a factor belongs to."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One named contribution to a score; the score is log-additive, so `value` is what it adds.

    `line` is where in the handler's file it was seen, 0 where no single line tells; where it stands in
    another file, `detail` names that with its line.
    """

    name: str
    value: float
    detail: str
    line: int = 0
    group: Group = "hidden"


@dataclass(frozen=True, slots=True)
class Reach:
    """Who depends on a handler's function: calls of it in the project, and what leads there.

    `callers` are `path:line` of calls, nearest files first, `count` is how many there are; `entries` are
    reasons to take a function above it for an entry point (a route, a task, a command).
    """

    count: int
    callers: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a handler's file, shown beside the score.

    `commits` is the number of commits that changed it in the year before the last commit of the history,
    `days` is how long before that one it was last changed (more than a year: 366), `authors` is how many
    people did so in that year.
    """

    commits: int
    days: int
    authors: int = 0


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
    try_line: int = 0
    end_line: int = 0
    zone: str = "core"
    steps: tuple[Step, ...] = ()
    """The error's worst way through the handler."""
    reach: Reach | None = None
    """None where it was not asked for."""
    history: History | None = None
    """Shown beside the score, never inside it; None where it was not asked for, or git does not know."""


@dataclass(frozen=True, slots=True)
class FileRisk:
    """The risk of one file: by its worst handlers, not by their number."""

    path: str
    score: float
    tier: Tier
    handlers: int
    reasons: tuple[str, ...]
