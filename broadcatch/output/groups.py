"""What is one finding for a person? All that the rules say about one handler, the gravest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from broadcatch.model.findings import SEVERITIES, Finding, Severity


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one handler: the one to show, and the others."""

    primary: Finding
    others: tuple[Finding, ...] = ()


def live(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody has suppressed."""
    return [finding for finding in findings if finding.suppressed is None]


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """One group a handler, in order of path and line; suppressed findings are left out."""
    handlers: dict[tuple[str, str], list[Finding]] = {}
    for finding in live(findings):
        handlers.setdefault((finding.path, finding.handler), []).append(finding)
    groups = [_group(members) for members in handlers.values()]
    return tuple(sorted(groups, key=lambda group: (group.primary.path, group.primary.span)))


def visible(findings: Iterable[Finding], verbose: bool) -> tuple[Group, ...]:
    """The groups that a text format shows: notes only on request."""
    return grouped(finding for finding in findings if verbose or finding.severity != "note")


def summary(findings: Iterable[Finding]) -> str:
    """`12 handlers: 4 errors, 6 warnings, 2 notes in 9 files`; "" where there is nothing."""
    groups = grouped(findings)
    if not groups:
        return ""
    severities = Counter(group.primary.severity for group in groups)
    parts = [plural(severities[kind], kind) for kind in reversed(SEVERITIES) if severities[kind]]
    files = len({group.primary.path for group in groups})
    return f"{plural(len(groups), 'handler')}: {', '.join(parts)} in {plural(files, 'file')}"


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def points(score: float) -> str:
    """A handler's score with one digit, never rounded up: what is shown as 6.0 is at least 6."""
    return f"{round(score * 100) // 10 / 10:.1f}"


def gravity(severity: Severity) -> int:
    """A number that grows with severity."""
    return SEVERITIES.index(severity)


def _group(members: list[Finding]) -> Group:
    first, *others = sorted(members, key=lambda one: (-gravity(one.severity), one.code, one.span))
    return Group(first, tuple(others))
