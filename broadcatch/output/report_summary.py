"""What is there in all? Counts by tier and outcome, and what makes handlers risky."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from broadcatch.model.outcome import OUTCOMES
from broadcatch.model.ranking import HandlerRisk, History
from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural
from broadcatch.output.report_parts import STYLES, bar
from broadcatch.output.view import View

REASONS = 5
CELLS = 20
YEAR = 365


def summary(result: ReportResult, view: View) -> Iterator[RenderableType]:
    """One line, then handlers and files by tier with bars, the outcomes, and the usual reasons."""
    yield Text(headline(result), style="bold")
    if not result.handlers:
        return
    yield Text()
    yield _tiers(result, view)
    yield Text()
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_row("outcomes", Text(", ".join(outcomes(result.handlers)), style="dim"))
    reasons = usual_reasons(result.handlers)
    if reasons:
        told = ", ".join(f"{name} {count}" for name, count in reasons)
        grid.add_row("reasons", Text(f"{told} (of those that are high or medium)", style="dim"))
    yield grid


def headline(result: ReportResult) -> str:
    """`12 broad handlers in 3 files (1 high, 0 medium, 2 low)`."""
    handlers, files = len(result.handlers), len(result.files)
    tiers = ", ".join(f"{sum(one.tier == tier for one in result.files)} {tier}" for tier in STYLES)
    return f"{plural(handlers, 'broad handler')} in {plural(files, 'file')} ({tiers})"


def outcomes(handlers: Sequence[HandlerRisk]) -> Sequence[str]:
    """How many handlers end how, the most hidden first."""
    counts = Counter(one.outcome for one in handlers)
    return [f"{name} {counts[name]}" for name in reversed(OUTCOMES) if counts[name]]


def usual_reasons(handlers: Sequence[HandlerRisk]) -> Sequence[tuple[str, int]]:
    """The factors that raise most of the handlers that are not low, how the error ends aside."""
    names = Counter(
        factor.name
        for one in handlers
        if one.tier != "low" and not one.suppressed
        for factor in one.factors
        if factor.value > 0 and factor.name not in OUTCOMES
    )
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))[:REASONS]


def history_words(known: History | None) -> str:
    """`12 commits by 3 people in a year, the last 5 days ago`, as seen from the last commit of all."""
    if known is None:
        return "not in git"
    if not known.commits:
        return "no commit in a year"
    when = "today" if known.days == 0 else f"{plural(known.days, 'day')} ago"
    if known.commits == 1:
        return f"1 commit in a year, {when}"
    people = "1 person" if known.authors == 1 else f"{known.authors} people"
    return f"{plural(known.commits, 'commit')} by {people} in a year, the last {when}"


def _tiers(result: ReportResult, view: View) -> Table:
    total = len(result.handlers)
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    cells = CELLS if view.width < 120 else 2 * CELLS
    for tier, style in STYLES.items():
        count = sum(one.tier == tier for one in result.handlers)
        files = sum(one.tier == tier for one in result.files)
        silenced = sum(one.tier == tier and one.suppressed for one in result.handlers)
        words = f"{plural(count, 'handler')}{f' ({silenced} suppressed)' if silenced else ''}"
        words += f", {plural(files, 'file')}"
        table.add_row(Text(tier, style=style), Text(bar(count, total, cells), style=style), words)
    return table
