"""What must a person see to decide about one rewrite? The code, the change, its level and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.results import Choice
from broadcatch.output.fix_diff import painted
from broadcatch.output.paint import painter, printable

QUESTION = "Apply this rewrite [y,n,a,q,?]? "
HELP = (
    "y - apply it\n"
    "n - leave it\n"
    "a - apply it and all that follow\n"
    "q - leave it and all that follow; what was chosen so far is applied\n"
)
SHOWN = 40
"""How many lines of code are shown; of more, the beginning and the end."""


def render(choice: Choice, color: bool) -> str:
    """Everything about one rewrite, ending in a newline."""
    paint, offer = painter(color), choice.offer
    where = f"{printable(offer.path)}:{offer.line}"
    level = f"{offer.kind}, {offer.safety}" if offer.kind else offer.safety
    lines = [
        "",
        paint(f"({choice.number}/{choice.total}) {where}: {offer.title} ({level})", "bold"),
        *_reasons(choice),
        "",
        *(paint(line, "dim") for line in _code(choice)),
        "",
    ]
    return "".join(line + "\n" for line in lines) + painted(choice.diff, color)


def _reasons(choice: Choice) -> Iterator[str]:
    if choice.offer.codes:
        yield f"  for {', '.join(choice.offer.codes)}"
    if choice.offer.reason:
        yield f"  {choice.offer.safety}: {printable(choice.offer.reason)}"
    if choice.offer.lands:
        yield "  what now escapes:"
        yield from (f"    {printable(line)}" for line in choice.offer.lands)


def _code(choice: Choice) -> Iterator[str]:
    lines = [f"  {number:5} | {printable(text)}".rstrip() for number, text in choice.code]
    if len(lines) <= SHOWN:
        yield from lines
        return
    yield from lines[: SHOWN // 4]
    yield f"        : {len(lines) - SHOWN} lines"
    yield from lines[len(lines) - (SHOWN - SHOWN // 4) :]
