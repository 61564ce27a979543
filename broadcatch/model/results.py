"""What does each command find out? The values between `api` and the outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.baseline import Entry, Stale, Standing
from broadcatch.model.escaping import LandsAnswer, RaisesAnswer
from broadcatch.model.explaining import Explanation
from broadcatch.model.facts import Failure, Skipped
from broadcatch.model.findings import Edit, Finding, Safety
from broadcatch.model.fixing import Kind
from broadcatch.model.raising import Suggestion
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.reporting import NOTHING, Beside


@dataclass(frozen=True, slots=True)
class Target:
    """A path given on the command line, and the line of the handler that is meant (None: all)."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Only:
    """What a check is narrowed down to: what differs from a revision (`changed_since`), or is `staged`.

    `deep`: with the handlers that changes elsewhere let more exceptions reach.
    """

    changed_since: str = ""
    staged: bool = False
    deep: bool = False

    def __bool__(self) -> bool:
        """Whether it is narrowed down at all."""
        return bool(self.changed_since) or self.staged


EVERYTHING = Only()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Findings by path and line, suppressed ones included; `files` and `lines` count what was read.

    `stale` are the entries of the baseline that say more than is there, `notes` remarks on the run.
    """

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files: int = 0
    lines: int = 0
    stale: tuple[Stale, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BaselineRequest:
    """How a baseline is to be written: whether what is new may be added, and with which words.

    `since` is an ISO date, `reason` and `owner` are people's words, all "" where they are not given.
    """

    add: bool = False
    since: str = ""
    reason: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class BaselineResult:
    """What became of the baseline `file` (as shown).

    `entries` are those it holds now, `added` the places that it did not cover before, `stale` the entries
    that were removed or lowered. Where `refused`, nothing was written because of what would be added;
    `changed` is whether the file is another one now, `made` whether it is a new one.
    """

    file: str
    entries: tuple[Entry, ...]
    added: tuple[Standing, ...] = ()
    stale: tuple[Stale, ...] = ()
    refused: bool = False
    changed: bool = False
    made: bool = False
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainResult:
    """One explanation for each place that was asked for, in the order of the targets."""

    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Files and broad handlers, riskiest first, and what was asked for beside them."""

    files: tuple[FileRisk, ...]
    handlers: tuple[HandlerRisk, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class SuggestResult:
    """One suggestion for each broad handler, by path and line."""

    suggestions: tuple[Suggestion, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class RaisesResult:
    """One answer for each place that was asked for, in the order of the targets."""

    answers: tuple[RaisesAnswer, ...]


@dataclass(frozen=True, slots=True)
class LandsResult:
    """One answer for each function that was asked for, in the order of the targets."""

    answers: tuple[LandsAnswer, ...]


@dataclass(frozen=True, slots=True)
class FileDiff:
    """The change to one file as a unified diff, ending in a newline."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One rewrite that is part of the diff; `kind` names its codemod, `codes` what it answers.

    `lands` says in words, a line each, where every exception that now escapes is caught next.
    """

    path: str
    line: int
    title: str
    safety: Safety
    reason: str = ""
    kind: Kind | None = None
    codes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    lands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rewrite that was looked for and left out, and why.

    `kind` names its codemod, `safety` its level where it could be made; `output` is the end of what the
    command said that failed with it.
    """

    path: str
    line: int
    title: str
    reason: str
    kind: Kind | None = None
    safety: Safety | None = None
    output: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One rewrite to decide about: the lines (numbered) that it is about, its own diff, which of how many."""

    offer: Offer
    diff: str
    code: tuple[tuple[int, str], ...]
    number: int
    total: int


Answer: TypeAlias = Literal["yes", "no", "all", "quit"]
"""This one, not this one, this and all that follow, neither this nor any that follows."""
Choose: TypeAlias = Callable[[Choice], Answer]
"""Who decides about one rewrite after the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of all rewrites that one person can review; `diff` applies after those of the pieces before it.

    `message` is ready for the commit: one line, an empty one, and what changes.
    """

    name: str
    offers: tuple[Offer, ...]
    diff: str
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """How often the command of `--verify` ran; `complete` is false where the limit came before the end."""

    command: str
    runs: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class FixResult:
    """What would change (`diffs`, `offered`), which files did (`written`), and what was left alone.

    `pieces` are the same rewrites again, cut as the request says; `notes` are remarks about single files.
    """

    diffs: tuple[FileDiff, ...]
    written: tuple[str, ...] = ()
    offered: tuple[Offer, ...] = ()
    refused: tuple[Refusal, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    pieces: tuple[Piece, ...] = ()
    trial: Trial | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule of the catalogue; `doc` is its docstring (Markdown), `ruff` the Ruff codes it answers."""

    code: str
    name: str
    summary: str
    doc: str
    ruff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """Where the cache lies (absolute path), how many entries and bytes it holds."""

    folder: str
    entries: int
    size: int
