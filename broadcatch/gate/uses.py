"""What did each suppression silence, and would its own linter have needed it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcatch.gate.meanings import NAMES, meaning
from broadcatch.gate.reach import Place, Silencer, covers, of_handler
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.findings import Finding, NamedCode, RuffRow, Use
from broadcatch.model.span import Span

_EXACT = frozenset({"BLE001", "B904"})
"""Codes of Ruff of which we know every row."""
_PASSING = frozenset({"S110", "S112"})
"""Codes that Ruff can be told to report for specific classes too, of which we do not know every row."""
_RAISES = frozenset({"raise-missing-from", "W0707"})
_BROAD = frozenset({"builtins.Exception", "builtins.BaseException", "Exception", "BaseException"})


_FIRST = re.compile(r"#[\s#]*(?:(?:broadcatch|ruff|flake8|pylint)\s*:|noqa|noinspection)", re.IGNORECASE)
"""A comment that begins with a suppression."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One suppression silenced one finding, by this code (None: by naming none)."""

    silencer: Silencer
    code: str | None
    finding: Finding


def uses(
    found: Sequence[Silencer], hits: Sequence[Hit], findings: Sequence[Finding], facts: FileFacts
) -> tuple[Use, ...]:
    """The suppressions of a file with what they silenced; those of pylint that only `enable` left out."""
    rows = [row for finding in findings for row in finding.ruff]
    return tuple(
        _use(one, [hit for hit in hits if hit.silencer is one], rows, facts)
        for one in found
        if one.flaw or one.directive.verb != "enable"
    )


def _use(one: Silencer, hits: Sequence[Hit], rows: Sequence[RuffRow], facts: FileFacts) -> Use:
    comment, directive = one.comment, one.directive
    hidden = dict.fromkeys((hit.finding.code, hit.finding.severity) for hit in hits)
    used = {hit.code for hit in hits}
    return Use(
        span=Span(comment.line, comment.column, comment.line, comment.column + len(comment.text)),
        text=comment.text,
        by=directive.by,
        reach=one.reach,
        codes=tuple(_named(one, code, code in used, rows, facts) for code in directive.codes or ()),
        reason=directive.reason,
        hidden=tuple(hidden),
        flaw=one.flaw,
    )


def _named(one: Silencer, code: str, used: bool, rows: Sequence[RuffRow], facts: FileFacts) -> NamedCode:
    by = one.directive.by
    if one.comment.above and not _FIRST.match(one.comment.text):
        return NamedCode(code)  # the comment is code that was commented out, suppression and all
    if by == "broadcatch" or code.startswith("BC"):
        return NamedCode(code, (code,), used, own=True)
    needs = meaning(by, code).needs
    if used or not needs:
        return NamedCode(code, needs, used)
    name = NAMES.get(code, code)
    if name in _EXACT:
        return NamedCode(code, needs, any(row.code == name and covers(one, _at(row)) for row in rows))
    near = any(covers(one, place) for place in _places(name, facts, meaning(by, code).clause == "bare"))
    if name in _PASSING:
        reported = any(row.code == name and covers(one, _at(row)) for row in rows)
        return NamedCode(code, needs if near else (), reported)
    return NamedCode(code, needs, near)


def _at(row: RuffRow) -> Place:
    return Place((row.row,), row.row, row.row)


def _places(name: str, facts: FileFacts, bare: bool) -> Iterator[Place]:
    """Where a linter may report `name`, as far as we know: where a clause is bare or broad, or one raises."""
    for handler in facts.handlers:
        if name in _RAISES:
            yield Place(range(handler.span.line, handler.end_line + 1), handler.span.line, handler.span.line)
        elif handler.bare or (not bare and _is_broad(handler)):
            yield of_handler(handler)


def _is_broad(handler: Handler) -> bool:
    return any(one.name in _BROAD or one.qualified in _BROAD for one in handler.caught)
