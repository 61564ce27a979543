"""What is the one line that names a finding, and the one that ends the list?"""

from __future__ import annotations

from broadcatch.model.findings import Finding, Severity
from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, live, plural, summary, visible
from broadcatch.output.paint import Paint, Style, painter, printable
from broadcatch.output.view import View

STYLES: dict[Severity, Style] = {"error": "red", "warning": "yellow", "note": "blue"}


def headline(group: Group, paint: Paint) -> str:
    """`path:row:col: error BC102 broad-except: message  [+BC301 error-dropped]`."""
    one = group.primary
    place = paint(f"{printable(one.path)}:{one.span.line}:{one.span.column + 1}:", "bold")
    mark = paint(f"{one.severity} {one.code}", STYLES[one.severity])
    line = f"{place} {mark} {one.name}: {printable(one.message)}"
    if group.others:
        line += "  " + paint(f"[{_others(group.others)}]", "dim")
    return line


def plain_message(group: Group) -> str:
    """The message, with what else is wrong there: for formats that have a place of their own for the rest."""
    one = group.primary
    return f"{one.message}  [{_others(group.others)}]" if group.others else one.message


def closing(result: CheckResult, view: View) -> list[str]:
    """The last lines: a summary, "All clear." where a person is watching, or nothing."""
    if view.quiet:
        return []
    if visible(result.findings, view.verbose):
        return [_counts(result, view)]
    if view.terminal and not result.failures:
        return [_clear(result, view)]
    return []


def _counts(result: CheckResult, view: View) -> str:
    shown = visible(result.findings, view.verbose)
    notes = len(visible(result.findings, True)) - len(shown)
    tail = f" ({plural(notes, 'note')}, shown with --verbose)" if notes else ""
    members = (one for group in shown for one in (group.primary, *group.others))
    return painter(view.color)(summary(members), "bold") + tail + _left(result, view)


def _clear(result: CheckResult, view: View) -> str:
    notes = len(visible(result.findings, True))
    tail = f" ({plural(notes, 'note')}, shown with --verbose)" if notes else ""
    return painter(view.color)("All clear.", "green") + tail + _left(result, view)


def _left(result: CheckResult, view: View) -> str:
    """How many findings are left to Ruff, and how many somebody has silenced, for those who ask for all."""
    left = sum(bool(finding.deferred) for finding in live(result.findings))
    silenced = sum(finding.suppressed is not None for finding in result.findings)
    words = f" ({plural(left, 'finding')} left to Ruff)" if left else ""
    return words + (f" ({plural(silenced, 'finding')} suppressed)" if view.verbose and silenced else "")


def _others(others: tuple[Finding, ...]) -> str:
    names = dict.fromkeys(f"+{other.code} {other.name}" for other in others)
    return ", ".join(names)
