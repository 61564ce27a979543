"""What would `fix` change? The unified diffs, coloured where a person is watching."""

from __future__ import annotations

from broadcatch.model.results import FixResult
from broadcatch.output.paint import Paint, painter
from broadcatch.output.view import View


def render(result: FixResult, view: View) -> str:
    """All diffs, one after the other; without colour exactly as made, so that `patch` can read them."""
    return painted("".join(diff.text for diff in result.diffs), view.color)


def painted(text: str, color: bool) -> str:
    """A unified diff, coloured if asked."""
    if not color:
        return text
    paint = painter(True)
    return "".join(_line(line, paint) for line in text.splitlines(keepends=True))


def _line(line: str, paint: Paint) -> str:
    body = line.rstrip("\r\n")
    end = line[len(body) :]
    if body.startswith(("--- ", "+++ ")):
        return paint(body, "bold") + end
    if body.startswith("@@"):
        return paint(body, "cyan") + end
    if body.startswith("-"):
        return paint(body, "red") + end
    if body.startswith("+"):
        return paint(body, "green") + end
    return line
