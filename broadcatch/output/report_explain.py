"""How does `report --explain` speak? One handler after the other, with every factor and its code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from broadcatch.model.ranking import Factor, Group, HandlerRisk, Reach
from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural, points
from broadcatch.output.paint import printable
from broadcatch.output.report_code import code
from broadcatch.output.report_parts import STYLES, broken, items, printed
from broadcatch.output.report_summary import history_words
from broadcatch.output.report_table import handler_line
from broadcatch.output.view import SourceLines, View

GROUPS: tuple[Group, ...] = ("hidden", "at stake", "what follows", "reach", "discount")
CALLERS = 5


def render(result: ReportResult, view: View, source: SourceLines) -> str:
    """The files that the handlers stand in, then a block a handler."""
    return printed([*_files(result, view), *_handlers(result, view, source)], view)


def _files(result: ReportResult, view: View) -> Iterator[RenderableType]:
    for risk in result.files:
        line = Text(broken(printable(risk.path), view.width - 20), style="bold")
        yield line.append(f"  {risk.score:.1f} of 100, {risk.tier}", style=f"not bold {STYLES[risk.tier]}")
        if result.beside.asked.history:
            yield Text(f"  {history_words(result.beside.histories.get(risk.path))}", style="dim")
        yield Padding(items([("-", reason) for reason in risk.reasons]), (0, 0, 0, 2))


def _handlers(result: ReportResult, view: View, source: SourceLines) -> Iterator[RenderableType]:
    for risk in result.handlers:
        yield Text()
        yield handler_line(risk, view)
        near = code(risk, source(risk.path), view, indent=2)
        if near is not None:
            yield Padding(near, (1, 0, 1, 0))
        yield Padding(_factors(risk), (0, 0, 0, 2))
        if risk.reach is not None:
            yield Padding(Text(reach_words(risk.reach), style="dim"), (0, 0, 0, 2))


def _factors(risk: HandlerRisk) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for group in GROUPS:
        for place, factor in enumerate(_of(group, risk.factors)):
            label = Text(group if place == 0 else "", style="cyan")
            table.add_row(label, f"{factor.value:+.2f}", _factor(factor))
    total = sum(factor.value for factor in risk.factors)
    table.add_row(Text("together", style="cyan"), f"{total:+.2f}", _together(risk))
    return table


def _of(group: Group, factors: Sequence[Factor]) -> Sequence[Factor]:
    return sorted((one for one in factors if one.group == group), key=lambda one: -abs(one.value))


def _factor(factor: Factor) -> Text:
    told = f"line {factor.line}" in factor.detail
    line = f" (line {factor.line})" if factor.line and not told else ""
    return Text(factor.name, style="bold").append(f": {printable(factor.detail)}{line}", style="not bold")


def _together(risk: HandlerRisk) -> Text:
    doublings = "doublings: each makes the handler twice as risky"
    return Text(f"{doublings}; {points(risk.score)} of 10, ").append(risk.tier, style=STYLES[risk.tier])


def reach_words(reach: Reach) -> str:
    """Who calls the handler's function, and what leads there."""
    told = f"called from {plural(reach.count, 'place')}" if reach.count else "no call of it is known"
    if reach.callers:
        more = ", …" if reach.count > CALLERS else ""
        told += f" ({', '.join(printable(one) for one in reach.callers[:CALLERS])}{more})"
    return told + "".join(f"; {printable(one)}" for one in reach.entries)
