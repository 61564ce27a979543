"""How does `progress` speak on a page of Markdown, for a pull request or a CI summary?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.model.progress import Moved, ProgressResult
from broadcatch.output.markdown import code_span, escaped
from broadcatch.output.progress_text import COMMIT, NEXT, TITLES, rows

SHOWN = 25
"""Of each kind so many are named, so that the page fits into a comment."""


def render(result: ProgressResult) -> str:
    """A heading, the counts, a table by tier, what has changed, and what to open next."""
    counts = ", ".join(f"**{len(result.of(course))}** {course}" for course, _, _ in TITLES)
    lines = [
        f"## Broad exception handlers since {_title(result)}",
        "",
        f"{counts}; **{len(result.live)}** there now.",
        "",
        "| tier | then | now | change |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {tier} | {then} | {now} | {now - then:+d} |" for tier, then, now in rows(result)),
    ]
    for course, title, _ in TITLES:
        lines += _part(title, result.of(course), SHOWN)
    lines += _part("Next", result.live, NEXT)
    return "\n".join(lines) + "\n"


def _title(result: ProgressResult) -> str:
    same = not result.commit or result.commit.startswith(result.since)
    name = code_span(result.since, cell=False)
    return name if same else f"{name} ({result.commit[:COMMIT]})"


def _part(title: str, moved: Sequence[Moved], most: int) -> Iterator[str]:
    if not moved:
        return
    yield from ("", f"### {title}", "", "| handler | codes | tier | |", "| --- | --- | --- | --- |")
    for one in moved[:most]:
        entry = one.entry
        place = f"{entry.path}:{one.line}" if one.line else entry.path
        codes = ", ".join(entry.codes or (one.before.codes if one.before else ()))
        scope = f" {code_span(entry.scope)}" if entry.scope else ""
        yield f"| {code_span(place)}{scope} | {codes} | {entry.tier} | {escaped(one.why or entry.outcome)} |"
    if len(moved) > most and title != "Next":
        yield f"\n…and {len(moved) - most} more."
