"""How does `check` speak to a person? Like a careful compiler: place, code, caret, path of the error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import east_asian_width

from broadcatch.model.findings import Finding
from broadcatch.model.results import CheckResult
from broadcatch.model.span import Span
from broadcatch.output.groups import Group, visible
from broadcatch.output.headline import STYLES, closing, headline
from broadcatch.output.paint import Paint, painter, printable
from broadcatch.output.view import SourceLines, View

ARROW = " → "
STEP_WIDTH = 100
_CLAUSE = re.compile(r"\s*(except\b[^:#]*)")


def render(result: CheckResult, view: View, source: SourceLines) -> str:
    """One block for each handler, then the summary; `source` gives the lines of a path."""
    paint = painter(view.color)
    lines_of = lru_cache(maxsize=1)(source)  # the groups of a file stand together
    lines: list[str] = []
    for group in visible(result.findings, view.verbose):
        lines += _block(group, lines_of(group.primary.path), paint)
        lines.append("")
    lines += closing(result, view)
    return "".join(line + "\n" for line in lines)


def _block(group: Group, source: Sequence[str], paint: Paint) -> Iterator[str]:
    one = group.primary
    gutter = " " * len(str(one.span.line))
    bar = paint("|", "cyan")
    yield headline(group, paint)
    if one.span.line <= len(source):
        line = source[one.span.line - 1]
        yield f"{gutter} {bar}"
        yield f"{paint(str(one.span.line), 'cyan')} {bar} {printable(line)}"
        yield f"{gutter} {bar} {paint_caret(line, one, paint)}"
    for text in wrapped(_steps(group, source)):
        yield f"{gutter} {paint('=', 'cyan')} {text}"
    if one.fix is not None:
        yield f"{gutter} {paint('=', 'cyan')} fix ({one.fix.safety}): {printable(one.fix.title)}"


def paint_caret(line: str, finding: Finding, paint: Paint) -> str:
    """The underline of the finding in the colour of its severity."""
    before, marks = underline(line, finding.span)
    return before + paint(marks, STYLES[finding.severity])


def underline(line: str, span: Span) -> tuple[str, str]:
    """Blanks as wide as what stands before the span, and carets as wide as the span on its first line."""
    end = span.end_column if span.end_line == span.line else len(line.rstrip())
    before = "".join("\t" if char == "\t" else " " * _cells(char) for char in line[: span.column])
    width = sum(_cells(char) for char in line[span.column : end])
    return before, "^" * max(width, 1)


def wrapped(steps: Sequence[tuple[int, str]]) -> list[str]:
    """The steps as `line 14: … → line 15: …`, broken before an arrow where too long."""
    lines: list[str] = []
    for row, text in steps:
        step = f"line {row}: {printable(text)}"
        if lines and len(lines[-1]) + len(ARROW) + len(step) <= STEP_WIDTH:
            lines[-1] += ARROW + step
        else:
            lines.append(ARROW.strip() + " " + step if lines else step)
    return lines


def _steps(group: Group, source: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """The path of the error, from the clause that catches it."""
    steps = next((one.steps for one in (group.primary, *group.others) if one.steps), ())
    row = handler_row(group.primary)
    if not steps or steps[0][0] == row or not 0 < row <= len(source):
        return steps
    clause = _CLAUSE.match(source[row - 1])
    return ((row, clause[1].strip()), *steps) if clause else steps


def handler_row(finding: Finding) -> int:
    """The line of the clause that a finding belongs to, 0 if it belongs to none."""
    row = finding.handler.rpartition(":")[2]
    return int(row) if row.isdecimal() else 0


def _cells(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1
