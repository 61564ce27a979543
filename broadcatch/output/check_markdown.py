"""How does `check` speak on a page? Markdown for a job's summary or a comment: counts, then a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from broadcatch.model.findings import SEVERITIES
from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, plural, summary, visible
from broadcatch.output.headline import plain_message
from broadcatch.output.markdown import escaped
from broadcatch.output.notices import failure_line
from broadcatch.output.view import View

MOST = 200
"""So many handlers stand in the table: a page of a job holds a megabyte."""


def render(result: CheckResult, view: View) -> str:
    """A heading with the counts, a table of rules and one of handlers, the gravest first."""
    groups = visible(result.findings, view.verbose)
    lines = [f"## broadcatch: {_title(result, groups)}", ""]
    if result.failures:
        lines += [f"- {escaped(failure_line(one))}" for one in result.failures] + [""]
    if groups:
        lines += [*_rules(groups), "", *_handlers(groups), ""]
    if len(groups) > MOST:
        lines += [f"… and {plural(len(groups) - MOST, 'more handler')}.", ""]
    return "\n".join(lines)


def _title(result: CheckResult, groups: Sequence[Group]) -> str:
    if groups:
        return summary(one for group in groups for one in (group.primary, *group.others))
    return "files could not be read" if result.failures else "nothing to report"


def _rules(groups: Sequence[Group]) -> Iterator[str]:
    yield "| rule | findings |"
    yield "| --- | ---: |"
    counts = Counter(f"{one.code} {one.name}" for group in groups for one in (group.primary, *group.others))
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {name} | {count} |"


def _handlers(groups: Sequence[Group]) -> Iterator[str]:
    yield "| | place | finding |"
    yield "| --- | --- | --- |"
    graver = sorted(groups, key=lambda group: -SEVERITIES.index(group.primary.severity))
    for group in graver[:MOST]:
        one = group.primary
        place = f"{escaped(one.path)}:{one.span.line}"
        yield f"| {one.severity} | {place} | **{one.code}** {one.name}: {escaped(plain_message(group))} |"
