"""What becomes of an error? The words for it, from least to most hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Outcome: TypeAlias = Literal[
    "reraised",
    "chained",
    "translated",
    "exits",
    "logged-traceback",
    "handed-on",
    "logged-text",
    "fallback",
    "dropped",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LEAVES: frozenset[Outcome] = frozenset({"reraised", "chained", "translated", "exits"})
"""Outcomes in which the error does not stay in the handler."""

Record: TypeAlias = Literal["none", "text", "traceback"]

BuiltInZone: TypeAlias = Literal[
    "core", "boundary", "worker", "item", "start-up", "clean-up", "import-guard", "test", "script"
]
BUILT_IN_ZONES: tuple[BuiltInZone, ...] = get_args(BuiltInZone)
"""The kinds of places that are told from code; a configuration may name others."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens on a path."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a handler: how it ends, what record it leaves, and its steps."""

    outcome: Outcome
    record: Record
    steps: tuple[Step, ...]
    value: str = ""
    """The value that takes the error's place, as written; "" where there is none."""
    handed: bool = False
    """The error or a text of it goes to somebody who can look at it, beside a record or as the outcome."""
    text_only: bool = False
    """Handed on is only a text of the error: its class and traceback are lost."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the configuration makes of one handler.

    `paths` is never empty; `worst` is the one that names the outcome. `broad` lists the caught names
    that are too broad ("" for a bare clause). `fallback` is a value that takes the error's place on
    any path, "" if none does. `zone` names the place (one of `BUILT_IN_ZONES`, or a name of the
    configuration), with `zone_reason` saying how it was recognised. `logging` is what a log record means
    there: "excuses" the handler, "never" does, or "" where the severity table decides; `logging_reason`
    names the table of the configuration that says so.
    """

    outcome: Outcome
    worst: Path
    paths: tuple[Path, ...]
    broad: tuple[str, ...]
    fallback: str = ""
    zone: str = "core"
    zone_reason: str = ""
    logging: Literal["", "excuses", "never"] = ""
    logging_reason: str = ""

    @property
    def leaves(self) -> bool:
        """Whether the error leaves the handler on every path."""
        return all(path.outcome in LEAVES for path in self.paths)
