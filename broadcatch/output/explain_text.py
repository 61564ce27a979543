"""How does `check --explain` speak to a person? One section a question, the decisive line first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from broadcatch.model.explaining import Catch, Explanation, HandlerStory, RuffSaid, Said, Way
from broadcatch.model.results import ExplainResult
from broadcatch.output.check_text import wrapped
from broadcatch.output.headline import STYLES
from broadcatch.output.paint import Paint, painter, printable
from broadcatch.output.view import SourceLines, View

INDENT = " " * 10
STAKES = 8
_ORDER = ("reported", "suppressed", "off")
_VERBS = {"call": "calls", "write": "sets"}


def render(result: ExplainResult, view: View, source: SourceLines) -> str:
    """One block for each place."""
    paint = painter(view.color)
    lines_of = lru_cache(maxsize=1)(source)
    blocks = ["\n".join(_block(one, lines_of(one.path), view, paint)) for one in result.explanations]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(one: Explanation, source: Sequence[str], view: View, paint: Paint) -> Iterator[str]:
    place = paint(f"{printable(one.path)}:{one.line}", "bold")
    yield f"{place}  {one.function or 'module level'}"
    yield from _code(one, source, paint)
    if one.story is not None:
        yield from _story(one.story, view, paint)
    yield from _section("rules", _rules(one.rules, view, paint), paint)
    if one.story is not None:
        yield from _section("Ruff", _ruff(one), paint)


def _code(one: Explanation, source: Sequence[str], paint: Paint) -> Iterator[str]:
    """The line of the try and that of the clause, or the line that was asked for."""
    rows = [one.story.try_line, one.story.span.line] if one.story else [one.line]
    rows = [row for row in dict.fromkeys(rows) if 0 < row <= len(source)]
    width = len(str(one.line))
    for row in rows:
        yield f"  {paint(f'{row:>{width}} |', 'cyan')} {printable(source[row - 1])}"


def _story(story: HandlerStory, view: View, paint: Paint) -> Iterator[str]:
    yield from _section("catches", [_catch(one) for one in story.catches], paint)
    yield from _section("paths", _ways(story.ways, paint), paint)
    yield from _section("zone", _zone(story), paint)
    stakes = list(_stakes(story))
    shown = stakes if view.verbose else stakes[:STAKES]
    if len(shown) < len(stakes):
        shown.append(f"and {len(stakes) - len(shown)} more lines (all with --verbose)")
    yield from _section("at stake", shown, paint)


def _stakes(story: HandlerStory) -> Iterator[str]:
    """What the try body calls and sets, line by line."""
    for row, stakes in groupby(sorted(story.stakes, key=lambda one: one.line), lambda one: one.line):
        texts = (f"{_VERBS[one.kind]} {printable(one.text)}" for one in stakes)
        yield f"line {row} {', '.join(texts)}"


def _section(title: str, lines: Iterable[str], paint: Paint) -> Iterator[str]:
    for number, line in enumerate(lines):
        head = paint(f"{title:<{len(INDENT)}}", "cyan") if number == 0 else INDENT
        yield head + line


def _catch(one: Catch) -> str:
    kind = " is broad: " if one.broad else ": "
    via = f" through {one.via}" if one.via else ""
    full = one.qualified.removeprefix("builtins.")
    name = full if one.via else one.name
    known = f" ({full})" if full not in ("", name) else ""
    return f"{name or 'everything'}{known}{via}{kind}{one.why}"


def _ways(ways: Sequence[Way], paint: Paint) -> Iterator[str]:
    """The worst way first; all others in the order of the text."""
    for way in sorted(ways, key=lambda one: not one.worst):
        mark = "worst: " if way.worst and len(ways) > 1 else ""
        yield f"{mark}{paint(way.path.outcome, 'bold')}, {printable(way.words)}"
        steps = [(step.line, step.text) for step in way.path.steps]
        for line in wrapped(steps):
            yield f"  {line}"


def _zone(story: HandlerStory) -> Iterator[str]:
    yield f"{story.zone}: {printable(story.zone_reason) or 'no other kind of place was recognised'}"
    if story.logging:
        meaning = {"excuses": "a log record excuses the handler", "never": "a log record is no excuse"}
        same = story.logging_reason == story.zone_reason
        yield f"{meaning[story.logging]}, says {'that table' if same else printable(story.logging_reason)}"


def _rules(rules: Sequence[Said], view: View, paint: Paint) -> Iterator[str]:
    """What is said; why the others are silent only where nothing is, or on request."""
    spoken = [one for one in rules if one.status != "silent"]
    yield from (_said(one, paint) for one in sorted(spoken, key=lambda one: _ORDER.index(one.status)))
    live = any(one.status == "reported" and one.severity != "note" for one in spoken)
    if live and not view.verbose:
        return
    reasons: dict[str, list[str]] = {}
    for one in rules:
        if one.status == "silent":
            reasons.setdefault(one.text or "nothing to say", []).append(one.code)
    for reason, codes in sorted(reasons.items(), key=lambda pair: pair[0] == "nothing to say"):
        yield f"{'silent':<10} {', '.join(codes)}: {printable(reason)}"


def _said(one: Said, paint: Paint) -> str:
    label = one.severity if one.status == "reported" and one.severity else one.status
    styled = f"{label:<10}"
    if one.status == "reported" and one.severity:
        styled = paint(styled, STYLES[one.severity])
    line = f", line {one.line}" if one.line else ""
    because = f"  [{one.because}{line}]" if one.because else ""
    hidden = "  (a note: shown with --verbose)" if one.severity == "note" and one.status == "reported" else ""
    return f"{styled} {one.code} {one.name}: {printable(one.text)}{because}{hidden}"


def _ruff(one: Explanation) -> Iterator[str]:
    for row in one.ruff:
        yield f"{row.code} in line {row.row}: {_agreement(row)}"
    live = [said for said in one.rules if said.status == "reported" and said.severity != "note"]
    if not one.ruff:
        yield "reports nothing here" + (f"; {_codes(live)} does" if live else "")


def _agreement(row: RuffSaid) -> str:
    if not row.ours:
        return "not said by a rule that is on"
    if row.severity == "note":
        return f"only a note here ({row.ours})"
    return f"as {row.ours}"


def _codes(rules: Sequence[Said]) -> str:
    return ", ".join(one.code for one in rules)
