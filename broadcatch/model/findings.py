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
    """Who silenced a finding (`noqa`, `ruff`, `pylint`, `broadcatch`, `baseline`…), and the reason given."""

    by: str
    reason: str = ""


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
class Finding:
    """One rule's word on one place. `handler` ties the findings of one handler: `path:line`."""

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
