"""How does the terminal say what has changed since a revision?"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from broadcatch.model.reporting import CHANGES, Comparison, FileChange
from broadcatch.output.groups import plural
from broadcatch.output.paint import printable
from broadcatch.output.report_parts import STYLES, broken
from broadcatch.output.view import View

FILES = 10
SHORT = 10
"""Digits of a commit's name."""
LEFT = 46


def since(change: Comparison, view: View) -> Iterator[RenderableType]:
    """One line, then a row a file that changed."""
    if not view.quiet:
        yield Text()
    yield Text(since_words(change), style="bold")
    for failure in change.failures:
        yield Text(f"  {printable(failure.path)} could not be read as it was: {printable(failure.message)}")
    if not change.files:
        return
    shown = change.files if view.verbose and view.top is None else change.files[: view.top or FILES]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("tier", no_wrap=True)
    for kind in CHANGES:
        table.add_column(kind, justify="right", no_wrap=True)
    table.add_column("file")
    for one in shown:
        cells = [str(one.counts.get(kind, 0) or "·") for kind in CHANGES]
        table.add_row(_tiers(one), *cells, broken(printable(one.path), view.width - LEFT))
    yield table
    if len(shown) < len(change.files):
        more = plural(len(change.files) - len(shown), "more file")
        yield Text(f"  and {more} (all with --verbose)", style="dim")


def since_words(change: Comparison) -> str:
    """`since main (1a2b3c): 3 fixed, 2 new (1 high), 1 worse, 0 better`."""
    told = []
    for kind in ("fixed", "new", "worse", "better"):
        high = change.count(kind, "high")
        told.append(f"{change.count(kind)} {kind}" + (f" ({high} high)" if high else ""))
    return f"Since {revision_words(change)}: {', '.join(told)}"


def revision_words(change: Comparison) -> str:
    """`main (1a2b3c4d5e)`, or the commit alone where that was given."""
    if change.commit.startswith(change.revision):
        return change.commit[:SHORT]
    return f"{printable(change.revision)} ({change.commit[:SHORT]})"


def _tiers(one: FileChange) -> Text:
    before, after = one.tiers
    if one.after is None:
        return Text(f"{before} → gone", style="green")
    if one.before is None:
        return Text("new ").append(after, style=STYLES[after])
    if before == after:
        return Text(after, style=STYLES[after])
    return Text(f"{before} → ").append(after, style=STYLES[after])
