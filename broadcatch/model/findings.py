"""What is wrong, and how could it be mended? The values that every output shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.span import Span

Severity: TypeAlias = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""From least to most severe."""

Safety: TypeAlias = Literal["safe", "unsafe", "display"]


@dataclass(frozen=True, slots=True)
class RuffRow:
    """What Ruff reports here: its code, and the row it gives."""

    code: str
    row: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Who silenced a finding (`noqa`, `ruff`, `pylint`, `broadcatch`, `baseline`…), and the reason given.

    `owner` answers for it, `until` the last day on which it holds (`2027-03-01`); "" for nothing said.
    """

    by: str
    reason: str = ""
    owner: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `span` by `content`."""

    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding, how far they may be trusted, and why."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a finding is recognised by after the code around it has moved."""

    path: str
    scope: str
    rule: str
    ordinal: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class Because:
    """A type that a change lets reach the handler: it comes out of `function`, whose text has changed.

    `path` and `line` are where that function raises or calls what raises; `line_of_call` is the line of the
    try body that it comes by, `calls` the functions on the way, the first of them called there.
    """

    type: str
    function: str
    path: str
    line: int
    line_of_call: int
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word on one place. `handler` ties the findings of one handler: `path:line`.

    `deferred` are the codes by which Ruff reports the same row, where that made it a note. `because` is what
    changes elsewhere let reach its handler, where that is why it is told.
    """

    code: str
    name: str
    message: str
    path: str
    span: Span
    severity: Severity
    handler: str
    function: str
    outcome: str
    identity: Identity
    noqa_row: int
    ruff: tuple[RuffRow, ...] = ()
    suppressed: Suppressed | None = None
    fix: Fix | None = None
    steps: tuple[tuple[int, str], ...] = ()
    deferred: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()


Reach: TypeAlias = Literal["line", "block", "file"]


@dataclass(frozen=True, slots=True)
class NamedCode:
    """One code of a suppression, and what became of it.

    `needs` are the rules of ours that must be on before its silence says anything (prefixes and names
    are as written); () for a code that nothing can be said about. `used`: it silenced a finding of ours,
    or a row that its own linter reports. `own`: it is meant for broadcatch.
    """

    code: str
    needs: tuple[str, ...] = ()
    used: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """One suppression in a comment, and what it silenced.

    `span` and `text` are those of the comment. `by` names the tool it is written for, `reach` how much it
    speaks for. `codes` is () where all is meant. `hidden` are the findings of ours that it silenced: code
    and severity. `flaw` says why it cannot work at all, "" where it can.
    """

    span: Span
    text: str
    by: str
    reach: Reach
    codes: tuple[NamedCode, ...] = ()
    reason: str = ""
    hidden: tuple[tuple[str, Severity], ...] = ()
    flaw: str = ""

    @property
    def blanket(self) -> bool:
        """Whether it names no code."""
        return not self.codes and not self.flaw
