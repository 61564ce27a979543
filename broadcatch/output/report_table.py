"""How does `report` speak to a person? Which files first, which handlers to open, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from broadcatch.model.ranking import FileRisk, HandlerRisk, Tier
from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural
from broadcatch.output.paint import printable
from broadcatch.output.view import View

FILES = 15
HANDLERS = 10
REASONS = 3
BAR = 5
TOP = 100.0
"""The highest score of a file."""
LEFT = 22
"""Columns before a file's name."""
_TIERS: dict[Tier, str] = {"high": "bold red", "medium": "yellow", "low": "green"}


def render(result: ReportResult, view: View) -> str:
    """Files by risk with their reasons, then the handlers to open first; all of them when verbose."""
    console = _console(view)
    if not result.handlers:
        return "" if view.quiet else "No broad handlers.\n"
    if not view.quiet:
        console.print(Text(_summary(result), style="bold"))
    for part in (*_files(result, view), *_handlers(result, view)):
        console.print(part)
    stream = console.file
    text = stream.getvalue() if isinstance(stream, StringIO) else ""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def bar(score: float) -> str:
    """A bar of five cells, full for a score of 100."""
    filled = min(round(BAR * score / TOP), BAR)
    return "█" * filled + "░" * (BAR - filled)


def _console(view: View) -> Console:
    return Console(
        file=StringIO(),
        width=view.width,
        force_terminal=view.color,
        no_color=not view.color,
        color_system="standard" if view.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _summary(result: ReportResult) -> str:
    handlers, files = len(result.handlers), len(result.files)
    tiers = ", ".join(f"{sum(one.tier == tier for one in result.files)} {tier}" for tier in _TIERS)
    return f"{plural(handlers, 'broad handler')} in {plural(files, 'file')} ({tiers})"


def _files(result: ReportResult, view: View) -> Iterable[RenderableType]:
    shown = result.files if view.verbose else result.files[:FILES]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=False)
    table.add_column("tier")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("file and reasons")
    for risk in shown:
        table.add_row(*_file_row(risk, view))
    yield Text()
    yield table
    yield from _rest(len(result.files) - len(shown), "file")


def _file_row(risk: FileRisk, view: View) -> tuple[RenderableType, ...]:
    style = _TIERS[risk.tier]
    path = Text(broken(printable(risk.path), view.width - LEFT), style="bold")
    reasons = _items([("-", text) for text in (plural(risk.handlers, "handler"), *risk.reasons[:REASONS])])
    return (
        Text(risk.tier, style=style),
        Text(f"{bar(risk.score)} {risk.score:5.1f}", style=style),
        Group(path, reasons),
    )


def broken(path: str, width: int) -> str:
    """A path with a line break after a slash wherever the next part does not fit."""
    lines = [""]
    for part in re.findall(r"[^/]*/|[^/]+", path):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _items(items: Sequence[tuple[str, str]]) -> Table:
    """Sentences behind a dash or a number, the lines of one hanging below each other."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for mark, text in items:
        grid.add_row(mark, Text(printable(text), style="dim"))
    return grid


def _handlers(result: ReportResult, view: View) -> Iterable[RenderableType]:
    shown = result.handlers if view.verbose else result.handlers[:HANDLERS]
    yield Text()
    yield Text("Open first" if len(shown) < len(result.handlers) else "Handlers", style="bold")
    for risk in shown:
        yield Padding(_handler_line(risk, view), (0, 0, 0, 2))
        yield Padding(_items(_details(risk, view)), (0, 0, 0, 4))
    yield from _rest(len(result.handlers) - len(shown), "handler")


def _handler_line(risk: HandlerRisk, view: View) -> Text:
    place = f"{printable(risk.path)}:{risk.line}"
    what = f"{printable(risk.function) or 'module level'}  {risk.outcome}  {risk.score:.1f}"
    what += "  (suppressed)" if risk.suppressed else ""
    fits = len(place) + len(what) + 4 <= view.width
    line = Text(broken(place, view.width - 2), style=_TIERS[risk.tier])
    return line.append(f"  {what}" if fits else f"\n  {what}", style="not bold default")


def _details(risk: HandlerRisk, view: View) -> list[tuple[str, str]]:
    """The factors as sentences, the weightiest first; those that lower the score say so."""
    factors = sorted(risk.factors, key=lambda factor: -abs(factor.value))
    shown = factors if view.verbose else factors[:REASONS]
    return [(f"{factor.value:+.1f}", f"{factor.name}: {factor.detail}") for factor in shown]


def _rest(count: int, noun: str) -> Iterable[RenderableType]:
    if count > 0:
        yield Text(f"  and {plural(count, f'more {noun}')} (all with --verbose)", style="dim")
