"""How is a handler's code shown on a terminal? Its `try` with the rows on the error's way marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from broadcatch.model.ranking import HandlerRisk
from broadcatch.output.paint import printable
from broadcatch.output.view import View

BEFORE = 8
"""So many rows of a long try body stand before its handler; the first row is shown too."""
AFTER = 14
TAB = 4
GAP = "⋮"
MARK, STEP = ">", "·"
"""What stands beside the clause, and beside what happens to the error behind it."""


def code(risk: HandlerRisk, source: Sequence[str], view: View, indent: int = 4) -> RenderableType | None:
    """The rows of a handler and its `try`, `indent` columns in; None where they cannot be had."""
    rows = [row for row in shown(risk) if 0 < row <= len(source)]
    if not rows:
        return None
    texts = _texts([printable(source[row - 1]).expandtabs(TAB) for row in rows], view.color)
    steps = {step.line for step in risk.steps}
    margin, digits = " " * indent, len(str(rows[-1]))
    lines, before = [], rows[0] - 1
    for row, text in zip(rows, texts, strict=True):
        if row > before + 1:
            lines.append(Text(f"{margin}{GAP:>{digits}}", style="dim"))
        mark = MARK if row == risk.line else STEP if row in steps else " "
        head = Text(f"{margin}{row:>{digits}} {mark} ", style="bold red" if row == risk.line else "dim")
        text.truncate(view.width - indent - digits - 3, overflow="ellipsis")
        lines.append(Text("").append_text(head).append_text(text))
        before = row
    return Text("\n").join(lines)


def shown(risk: HandlerRisk) -> Sequence[int]:
    """The rows to show: the `try`, what stands before the clause, and the clause with its body."""
    first = risk.try_line or risk.line
    last = min(max(risk.end_line, risk.line), risk.line + AFTER)
    steps = [step.line for step in risk.steps if first <= step.line <= risk.end_line]
    return sorted({first, *range(max(first, risk.line - BEFORE), last + 1), *steps})


def _texts(lines: Sequence[str], color: bool) -> Sequence[Text]:
    """The lines without the indentation that they share, coloured where that is wanted."""
    filled = [line for line in lines if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    cut = [line[margin:].rstrip() for line in lines]
    if not color:
        return [Text(line) for line in cut]
    from rich.syntax import Syntax

    painted = Syntax("", "python", theme="ansi_dark", background_color="default").highlight("\n".join(cut))
    return [*_padded(list(painted.split("\n", allow_blank=True)), len(cut))]


def _padded(lines: list[Text], count: int) -> Iterator[Text]:
    """Exactly `count` lines: a highlighter may end its text with a newline of its own."""
    for index in range(count):
        yield lines[index] if index < len(lines) else Text()
