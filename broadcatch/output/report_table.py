"""How does `report` speak to a person? What there is, which files first, which handlers to open, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.reporting import Beside
from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural, points
from broadcatch.output.paint import printable
from broadcatch.output.report_code import code
from broadcatch.output.report_groups import grouped
from broadcatch.output.report_parts import STYLES, bar, broken, items, printed, tier_cells
from broadcatch.output.report_since import since
from broadcatch.output.report_summary import history_words, summary
from broadcatch.output.view import SourceLines, View, no_source

FILES = 15
LOW_FILES = 5
HANDLERS = 10
CODE = 3
"""So many handlers are shown with their code."""
REASONS = 3
WIDE = 140
"""From so many columns on, reasons and code stand beside what they belong to."""
LEFT = 22
"""Columns before a file's name."""


def render(result: ReportResult, view: View, source: SourceLines = no_source) -> str:
    """A summary, the files (or groups) by risk with their reasons, and the handlers to open first."""
    change = result.beside.comparison
    if not result.handlers and change is None:
        return "" if view.quiet else "No broad handlers.\n"
    parts: list[RenderableType] = []
    if not view.quiet:
        parts += summary(result, view)
    if change is not None:
        parts += since(change, view)
    if result.handlers:
        parts += _files(result, view) if view.by == "file" else _groups(result, view)
        parts += _handlers(result, view, source)
    return printed(parts, view)


def _most(view: View, usual: int, total: int) -> int:
    return total if view.verbose and view.top is None else view.top or usual


def _shown(result: ReportResult, view: View) -> Sequence[FileRisk]:
    """Files of tier low are shown on request, or where there are no others."""
    worth = [one for one in result.files if one.tier != "low"]
    if view.verbose or view.top is not None or not worth:
        return result.files[: _most(view, FILES if worth else LOW_FILES, len(result.files))]
    return worth[:FILES]


def _files(result: ReportResult, view: View) -> Iterator[RenderableType]:
    shown = _shown(result, view)
    wide = view.width >= WIDE
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=False)
    table.add_column("tier")
    table.add_column("score", justify="right", no_wrap=True)
    for title in ("file", "reasons") if wide else ("file and reasons",):
        table.add_column(title)
    for risk in shown:
        style = STYLES[risk.tier]
        score = Text(f"{bar(risk.score)} {risk.score:5.1f}", style=style)
        table.add_row(Text(risk.tier, style=style), score, *_file(risk, result.beside, view))
    yield Text()
    yield table
    rest = len(result.files) - len(shown)
    low = ", none above low" if rest and all(one.tier == "low" for one in result.files[len(shown) :]) else ""
    yield from _rest(rest, "file", low)


def _file(risk: FileRisk, beside: Beside, view: View) -> tuple[RenderableType, ...]:
    """One cell with the path above the reasons, or one for each where there is room."""
    wide = view.width >= WIDE
    room = view.width // 2 - LEFT if wide else view.width - LEFT
    path = Text(broken(printable(risk.path), room), style="bold")
    facts = [plural(risk.handlers, "handler")]
    if beside.asked.history:
        facts.append(history_words(beside.histories.get(risk.path)))
    if beside.asked.owners:
        facts.append(", ".join(beside.owners.get(risk.path, ("no owner",))))
    reasons = list(risk.reasons[:REASONS])
    if wide:
        return Group(path, Text(printable(", ".join(facts)), style="dim")), items(
            [("-", one) for one in reasons]
        )
    told = [", ".join(facts), *reasons]
    if risk.tier == "low" and len(told) == 2 and len(": ".join(told)) <= room - 2:
        told = [": ".join(told)]
    return (Group(path, items([("-", text) for text in told])),)


def _groups(result: ReportResult, view: View) -> Iterator[RenderableType]:
    groups = grouped(result, view.by)
    shown = groups[: _most(view, FILES, len(groups))]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=False)
    for title in ("worst file", "high", "medium", "low", "files"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(view.by)
    for one in shown:
        name = Text(broken(printable(one.name), view.width - 50), style="bold")
        worst = Text(f"{bar(one.score)} {one.score:5.1f}", style=STYLES[one.tier])
        table.add_row(worst, *tier_cells(one.tiers), str(len(one.files)), name)
    yield Text()
    yield table
    yield from _rest(len(groups) - len(shown), view.by)


def _handlers(result: ReportResult, view: View, source: SourceLines) -> Iterator[RenderableType]:
    shown = result.handlers[: _most(view, HANDLERS, len(result.handlers))]
    yield Text()
    yield Text("Open first" if len(shown) < len(result.handlers) else "Handlers", style="bold")
    for place, risk in enumerate(shown):
        yield Padding(handler_line(risk, view), (0, 0, 0, 2))
        yield from _near(risk, view, source if place < CODE else no_source)
    yield from _rest(len(result.handlers) - len(shown), "handler")


def _near(risk: HandlerRisk, view: View, source: SourceLines) -> Iterator[RenderableType]:
    """The weightiest factors and the code: beside each other where there is room."""
    told = Padding(items(details(risk, view)), (0, 0, 0, 4))
    wide = view.width >= WIDE
    room = replace(view, width=view.width // 2 - 2) if wide else view
    near = code(risk, source(risk.path), room, indent=0 if wide else 4)
    if near is None:
        yield told
    elif wide:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=view.width // 2)
        grid.add_row(told, near)
        yield Padding(grid, (0, 0, 1, 0))
    else:
        yield told
        yield Padding(near, (1, 0, 1, 0))


def handler_line(risk: HandlerRisk, view: View) -> Text:
    """Where a handler stands, in which function, what becomes of the error, and its score."""
    place = f"{printable(risk.path)}:{risk.line}"
    what = f"{printable(risk.function) or 'module level'}  {risk.outcome}  {points(risk.score)}"
    what += "  (suppressed)" if risk.suppressed else ""
    fits = len(place) + len(what) + 4 <= view.width
    line = Text(broken(place, view.width - 2), style=STYLES[risk.tier])
    return line.append(f"  {what}" if fits else f"\n  {what}", style="not bold default")


def details(risk: HandlerRisk, view: View) -> Sequence[tuple[str, str]]:
    """The factors as sentences, the weightiest first; those that lower the score say so."""
    factors = sorted(risk.factors, key=lambda factor: -abs(factor.value))
    shown = factors if view.verbose else factors[:REASONS]
    return [(f"{factor.value:+.1f}", f"{factor.name}: {factor.detail}") for factor in shown]


def _rest(count: int, noun: str, of_those: str = "") -> Iterable[RenderableType]:
    if count > 0:
        yield Text(f"  and {plural(count, f'more {noun}')}{of_those} (all with --verbose)", style="dim")
