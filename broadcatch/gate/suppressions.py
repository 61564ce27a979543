"""Which findings has somebody silenced, and with what reason?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from broadcatch.config.options import Config
from broadcatch.config.selectors import matches_per_file
from broadcatch.gate.directives import Directive, directive
from broadcatch.model.facts import Comment, FileFacts
from broadcatch.model.findings import Finding, Suppressed

_BROAD = ("BC101", "BC102", "BC103", "BC203", "BC301", "BC302", "BC303")
"""What is said about a handler that is too broad: one `noqa` for it silences all of them."""

OTHER_TOOLS: Mapping[str, tuple[str, ...]] = {
    "BLE001": _BROAD,
    "E722": _BROAD,
    "B904": ("BC201",),
    "S110": ("BC301",),
    "S112": ("BC301",),
    "TRY400": ("BC303",),
}
"""Code of another linter → our codes that say the same; E722 counts for bare clauses only."""


@dataclass(frozen=True, slots=True)
class _Silencers:
    """The directives of one file: by the line they count on, and those that count everywhere."""

    lines: Mapping[int, tuple[Directive, ...]]
    file: tuple[Directive, ...]


def apply(findings: Sequence[Finding], facts: FileFacts, config: Config) -> tuple[Finding, ...]:
    """`findings` of one file, in their order, with `suppressed` set where a comment or the config says so.

    What is suppressed already stays as it is. A comment counts on any row of the clause, on the row
    where another linter reports the same, and, in the bracket form, on the line above.
    """
    silencers = _silencers(facts.comments)
    if not (silencers.lines or silencers.file or config.per_file_ignores):
        return tuple(findings)
    bare = frozenset(handler.span.line for handler in facts.handlers if handler.bare)
    return tuple(
        finding
        if finding.suppressed is not None
        else replace(finding, suppressed=_suppressed(finding, silencers, bare, config))
        for finding in findings
    )


def _silencers(comments: Iterable[Comment]) -> _Silencers:
    lines: dict[int, tuple[Directive, ...]] = {}
    everywhere: list[Directive] = []
    for comment in comments:
        found = directive(comment.text)
        if found is None:
            continue
        if found.scope == "line":
            row = _row(comment, found)
            lines[row] = (*lines.get(row, ()), found)
        elif comment.above:
            everywhere.append(found)
    return _Silencers(lines, tuple(everywhere))


def _row(comment: Comment, found: Directive) -> int:
    """The row that a directive counts on: only those in brackets speak for the code below them."""
    return comment.above if comment.above and found.by != "noqa" else comment.line


def _suppressed(
    finding: Finding, silencers: _Silencers, bare: frozenset[int], config: Config
) -> Suppressed | None:
    near = (found for row in _rows(finding) for found in silencers.lines.get(row, ()))
    for found in (*near, *silencers.file):
        if _silences(found, finding, _clause(finding) in bare):
            return Suppressed(found.by, found.reason)
    pattern = matches_per_file(finding.path, finding.code, config)
    return None if pattern is None else Suppressed("config", f"per-file-ignores: {pattern}")


def _rows(finding: Finding) -> list[int]:
    """The rows on which a comment counts, the clause itself first, each once."""
    span = range(finding.span.line, finding.span.end_line + 1)
    return list(dict.fromkeys([*span, finding.noqa_row, *(row.row for row in finding.ruff)]))


def _clause(finding: Finding) -> int:
    """The line of the `except` that a finding belongs to, 0 if it belongs to none."""
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


def _silences(found: Directive, finding: Finding, bare: bool) -> bool:
    if found.codes is None:
        return True
    return any(_means(code, found.by, finding, bare) for code in found.codes)


def _means(code: str, by: str, finding: Finding, bare: bool) -> bool:
    """Whether `code` stands for this finding; our own comments may give a prefix or the rule's name."""
    if by == "broadcatch":
        return code == finding.name or (code.startswith("BC") and finding.code.startswith(code))
    if code == "E722" and not bare:
        return False
    return code == finding.code or finding.code in OTHER_TOOLS.get(code, ())
