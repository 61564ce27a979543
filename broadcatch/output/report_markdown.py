"""How does `report` speak on a page of Markdown? What is done, what remains by tier, and what comes next.

Made for a comment on a pull request and for the summary of a CI job: tables of GitHub's Markdown, and never
more than a comment may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.model.ranking import FileRisk, HandlerRisk, Tier
from broadcatch.model.reporting import Change, Comparison, HandlerChange
from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural, points
from broadcatch.output.markdown import code_span, escaped
from broadcatch.output.report_groups import grouped
from broadcatch.output.report_summary import history_words
from broadcatch.output.view import View

LIMIT = 60_000
"""Bytes: a comment on GitHub holds 65,536 characters."""
CHANGED = 25
STEPS = 5
FILES = 20
"""So many rows of each kind."""
REASONS = 2
COMMIT = 10
TIERS: tuple[Tier, ...] = ("high", "medium", "low")
_MARKS = {"high": "🔴", "medium": "🟡", "low": "🟢"}


def render(result: ReportResult, view: View) -> str:
    """A heading, the counts, what has changed, what remains by tier, and the next steps."""
    lines = [f"## Broad exception handlers: {_title(result)}", ""]
    for part in (_since(result, view), _remaining(result, view), _steps(result, view), _unread(result)):
        lines += part
    return _cut(lines)


def _title(result: ReportResult) -> str:
    return ", ".join(f"{count} {tier}" for tier in TIERS if (count := _live(result, tier))) or "none"


def _live(result: ReportResult, tier: Tier) -> int:
    """Handlers of a tier that nobody has suppressed."""
    return sum(one.tier == tier and not one.suppressed for one in result.handlers)


def _since(result: ReportResult, view: View) -> Iterator[str]:
    change = result.beside.comparison
    if change is None:
        return
    same = change.commit.startswith(change.revision)
    name = change.commit[:COMMIT] if same else f"{code_span(change.revision)} ({change.commit[:COMMIT]})"
    told = ", ".join(f"**{change.count(kind)}** {kind}" for kind in ("fixed", "better", "new", "worse"))
    yield f"Since {name}: {told}."
    yield ""
    yield from _then_and_now(result, change)
    yield from _changes("Done", _of(change, "fixed", "better"), view)
    yield from _changes("New or worse", _of(change, "new", "worse"), view)


def _of(change: Comparison, *kinds: Change) -> Sequence[HandlerChange]:
    """The changes of these kinds, one kind after the other, each riskiest first."""
    return [one for kind in kinds for one in change.handlers if one.kind == kind]


def _then_and_now(result: ReportResult, change: Comparison) -> Iterator[str]:
    yield "| tier | then | now | change |"
    yield "| --- | ---: | ---: | ---: |"
    for tier in TIERS:
        then, now = change.before.get(tier, 0), _live(result, tier)
        yield f"| {_MARKS[tier]} {tier} | {then} | {now} | {now - then:+d} |"
    yield ""


def _changes(title: str, changes: Sequence[HandlerChange], view: View) -> Iterator[str]:
    if not changes:
        return
    yield f"### {title}"
    yield ""
    yield "| handler | was | is |"
    yield "| --- | --- | --- |"
    most = view.top or CHANGED
    for one in changes[:most]:
        gone = f"now {code_span(one.instead)}" if one.instead else "gone"
        was = _state(one.before) if one.before else "new"
        yield f"| {_place(one.risk)} | {was} | {_state(one.after) if one.after else gone} |"
    yield from _more(len(changes) - most, "handler")
    yield ""


def _state(risk: HandlerRisk) -> str:
    return f"{_MARKS[risk.tier]} {risk.tier} {points(risk.score)}, {risk.outcome}"


def _place(risk: HandlerRisk, cell: bool = True) -> str:
    where = code_span(f"{risk.path}:{risk.line}", cell)
    return f"{where} {escaped(risk.function, cell)}".rstrip()


def _remaining(result: ReportResult, view: View) -> Iterator[str]:
    yield "### Remaining" if result.beside.comparison else "### By tier"
    yield ""
    if not result.handlers:
        yield "No broad handlers."
        yield ""
        return
    yield "| tier | handlers | suppressed | files |"
    yield "| --- | ---: | ---: | ---: |"
    for tier in TIERS:
        inside = [one for one in result.handlers if one.tier == tier]
        silenced = sum(one.suppressed for one in inside)
        files = sum(one.tier == tier for one in result.files)
        yield f"| {_MARKS[tier]} {tier} | {len(inside) - silenced} | {silenced} | {files} |"
    yield ""
    yield from _files(result, view) if view.by == "file" else _groups(result, view)


def _files(result: ReportResult, view: View) -> Iterator[str]:
    worth = [one for one in result.files if one.tier != "low"]
    if not worth:
        return
    most = view.top or FILES
    yield "| | file | handlers | why |"
    yield "| --- | --- | ---: | --- |"
    for one in worth[:most]:
        score = f"{_MARKS[one.tier]} {one.score:.0f}"
        yield f"| {score} | {code_span(one.path)} | {one.handlers} | {_why(one, result)} |"
    yield from _more(len(worth) - most, "file")
    yield ""


def _why(one: FileRisk, result: ReportResult) -> str:
    reasons = [escaped(reason) for reason in one.reasons[:REASONS]]
    if result.beside.asked.history:
        reasons.append(history_words(result.beside.histories.get(one.path)))
    return "<br>".join(reasons)


def _groups(result: ReportResult, view: View) -> Iterator[str]:
    groups = grouped(result, view.by)
    most = view.top or FILES
    yield f"| {view.by} | high | medium | low | files | worst file |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for one in groups[:most]:
        counts = " | ".join(str(one.tiers[tier]) for tier in TIERS)
        worst = max(one.files, key=lambda file: file.score)
        yield f"| {code_span(one.name)} | {counts} | {len(one.files)} | {code_span(worst.path)} |"
    yield from _more(len(groups) - most, view.by)
    yield ""


def _steps(result: ReportResult, view: View) -> Iterator[str]:
    """The handlers to open first, as a list to tick off."""
    worth = [one for one in result.handlers if one.tier != "low" and not one.suppressed]
    if not worth:
        return
    yield "### Next steps"
    yield ""
    for one in worth[: view.top or STEPS]:
        reasons = sorted((each for each in one.factors if each.value > 0), key=lambda each: -each.value)
        why = "; ".join(escaped(f"{each.name}: {each.detail}", cell=False) for each in reasons[:REASONS])
        yield f"- [ ] {_MARKS[one.tier]} {_place(one, cell=False)}: {why}"
    first = worth[0]
    yield ""
    yield f"What to catch instead: {code_span(f'broadcatch suggest {first.path}:{first.line}', cell=False)}"
    yield ""


def _unread(result: ReportResult) -> Iterator[str]:
    if result.failures:
        yield f"{plural(len(result.failures), 'file')} could not be read."
        yield ""


def _more(count: int, noun: str) -> Iterator[str]:
    if count > 0:
        yield ""
        yield f"… and {plural(count, f'more {noun}')}."


def _cut(lines: Sequence[str]) -> str:
    """As many lines as fit; whole ones, so that no markup is torn."""
    size = 0
    kept: list[str] = []
    for line in lines:
        size += len(line.encode()) + 1
        if size > LIMIT:
            return "\n".join([*kept, "", "… the rest does not fit into a comment.", ""])
        kept.append(line)
    return "\n".join(kept)
