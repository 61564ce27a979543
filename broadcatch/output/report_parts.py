"""Of what are the texts of `report` made? Bars, tiers, broken paths, lists, and what prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from broadcatch.model.ranking import Tier
from broadcatch.output.paint import printable
from broadcatch.output.view import View

BAR = 5
TOP = 100.0
"""The highest score of a file."""
STYLES: Mapping[Tier, str] = {"high": "bold red", "medium": "yellow", "low": "green"}


def printed(parts: Iterable[RenderableType], view: View) -> str:
    """The parts one below the other, as text for this view."""
    console = Console(
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
    for part in parts:
        console.print(part)
    stream = console.file
    text = stream.getvalue() if isinstance(stream, StringIO) else ""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def bar(score: float, top: float = TOP, cells: int = BAR) -> str:
    """A bar of `cells`, full for a score of `top`."""
    filled = min(round(cells * score / top), cells) if top else 0
    return "█" * filled + "░" * (cells - filled)


def broken(path: str, width: int) -> str:
    """A path with a line break after a slash wherever the next part does not fit."""
    lines = [""]
    for part in re.findall(r"[^/]*/|[^/]+", path):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def items(pairs: Sequence[tuple[str, str]]) -> Table:
    """Sentences behind a dash or a number, the lines of one hanging below each other."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for mark, text in pairs:
        grid.add_row(mark, Text(printable(text), style="dim"))
    return grid


def tier_cells(counts: Mapping[Tier, int]) -> Sequence[Text]:
    """How many are high, medium and low; nothing is a dot."""
    return [Text(str(counts[tier]), style=STYLES[tier]) if counts[tier] else Text("·") for tier in STYLES]
