"""Who reports what in a repository, what is wrong with its suppressions, which configuration would fit?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.facts import Failure, Skipped

Ill: TypeAlias = Literal["dead", "expired", "blanket", "silent"]
"""A suppression that silences nothing, whose day has passed, that names no code, that gives no reason."""


@dataclass(frozen=True, slots=True)
class RuffHere:
    """Ruff as the repository uses it.

    `user` is the file that says so ("" for none), `program` the Ruff that was asked ("" where only the
    configuration was read), `on` those of the five rules that are on at the top, `mode` what becomes of rows
    that both report.
    """

    user: str = ""
    program: str = ""
    version: str = ""
    on: tuple[str, ...] = ()
    mode: str = "own"


@dataclass(frozen=True, slots=True)
class Shares:
    """How many rows Ruff reports by code, findings broadcatch fails on by code, findings that are left to
    Ruff, and rows of Ruff on which broadcatch sees nothing to mend."""

    ruff: tuple[tuple[str, int], ...] = ()
    ours: tuple[tuple[str, int], ...] = ()
    left: int = 0
    excused: int = 0


@dataclass(frozen=True, slots=True)
class Complaint:
    """One suppression with something wrong; `line` is 0 for one of a configuration file."""

    kind: Ill
    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One change to a file of the repository.

    `text` is what would be added, `content` the whole file with it, "" where that is left to a person: `why`
    says why.
    """

    path: str
    title: str
    text: str
    content: str = ""
    why: str = ""
    written: bool = False


@dataclass(frozen=True, slots=True)
class DoctorResult:
    """What `doctor` finds and proposes; `remarks` are decisions about Ruff's rules, `following` commands to
    run next. `suppressions` counts the comments that silence something, by tool."""

    ruff: RuffHere
    shares: Shares
    suppressions: tuple[tuple[str, int], ...] = ()
    complaints: tuple[Complaint, ...] = ()
    remarks: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()
    following: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
