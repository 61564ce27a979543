"""How does `report` speak to a person? Which files first, which handlers to open, and why."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
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
BAR = 10
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
    return stream.getvalue() if isinstance(stream, StringIO) else ""


def bar(score: float, top: float) -> str:
    """A bar of ten cells, full for the riskiest."""
    filled = round(BAR * score / top) if top > 0 else 0
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
    table.add_column("risk", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("handlers", justify="right")
    table.add_column("file and reasons", overflow="fold")
    top = max((risk.score for risk in result.files), default=0.0)
    for risk in shown:
        table.add_row(*_file_row(risk, top))
    yield Text()
    yield table
    yield from _rest(len(result.files) - len(shown), "file")


def _file_row(risk: FileRisk, top: float) -> tuple[RenderableType, ...]:
    style = _TIERS[risk.tier]
    what = Text(printable(risk.path), style="bold")
    for reason in risk.reasons[:REASONS]:
        what.append(f"\n{printable(reason)}", style="not bold dim")
    return (
        Text(risk.tier, style=style),
        Text(bar(risk.score, top), style=style),
        Text(f"{risk.score:.1f}"),
        Text(str(risk.handlers)),
        what,
    )


def _handlers(result: ReportResult, view: View) -> Iterable[RenderableType]:
    shown = result.handlers if view.verbose else result.handlers[:HANDLERS]
    yield Text()
    yield Text("Open first" if len(shown) < len(result.handlers) else "Handlers", style="bold")
    for risk in shown:
        yield _handler_line(risk)
        yield from (Padding(_reason(text), (0, 0, 0, 4)) for text in _details(risk, view))
    yield from _rest(len(result.handlers) - len(shown), "handler")


def _handler_line(risk: HandlerRisk) -> Text:
    line = Text("  ")
    line.append(f"{printable(risk.path)}:{risk.line}", style=_TIERS[risk.tier])
    line.append(f"  {printable(risk.function) or 'module level'}  {risk.outcome}  {risk.score:.1f}")
    if risk.suppressed:
        line.append("  (suppressed)", style="dim")
    return line


def _details(risk: HandlerRisk, view: View) -> list[str]:
    """The factors as sentences, the weightiest first; those that lower the score say so."""
    factors = sorted(risk.factors, key=lambda factor: -abs(factor.value))
    shown = factors if view.verbose else factors[:REASONS]
    return [f"{factor.value:+.1f} {factor.name}: {printable(factor.detail)}" for factor in shown]


def _reason(text: str) -> Text:
    return Text(text, style="dim")


def _rest(count: int, noun: str) -> Iterable[RenderableType]:
    if count > 0:
        yield Text(f"  and {plural(count, f'more {noun}')} (all with --verbose)", style="dim")
