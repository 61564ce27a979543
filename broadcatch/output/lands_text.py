"""How does `raises --lands` speak to a person? Each end of the way up, and the calls that lead there."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.escaping import Landed, Landing, LandsAnswer
from broadcatch.model.results import LandsResult
from broadcatch.output.groups import plural
from broadcatch.output.paint import Paint, Style, painter, printable
from broadcatch.output.raises_text import heading, short
from broadcatch.output.suggest_text import CHAIN, OPEN, clause
from broadcatch.output.view import View

SHOWN = 12
_FIRST = ("handler", "suppressed", "finally", "entry", "module", "passed", "nobody")
_STYLES: dict[str, Style] = {"handler": "green", "suppressed": "yellow", "finally": "yellow", "entry": "cyan"}


def render(result: LandsResult, view: View) -> str:
    """One paragraph for each function, in it one for all types that land alike."""
    paint = painter(view.color)
    return "\n".join("".join(f"{line}\n" for line in _block(one, view, paint)) for one in result.answers)


def _block(one: LandsAnswer, view: View, paint: Paint) -> Iterator[str]:
    yield heading(one.path, one.line, one.kind, one.function, paint)
    for group in one.groups:
        yield from _group(group, one.closed, view, paint)
    if not one.groups:
        yield "  nothing leaves it"


def _group(group: Landed, closed: bool, view: View, paint: Paint) -> Iterator[str]:
    names = [short(one) for one in group.types]
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    shown = names if view.verbose else names[:SHOWN]
    unknown = "  (and whatever its open calls raise)" if not closed and "Exception" in group.types else ""
    yield f"  {paint(', '.join(shown), 'bold')}{'' if view.verbose else rest}{unknown}"
    ends = [one for kind in _FIRST for one in group.landings if one.kind == kind]
    for end in ends if view.verbose else ends[:SHOWN]:
        yield from _landing(end, view, paint)
    if len(ends) > SHOWN and not view.verbose:
        yield paint(f"    {plural(len(ends) - SHOWN, 'more end')} (all with --verbose)", "dim")
    yield from _many(group, "test", "reaches {}", view, paint)
    yield from _many(group, "possible", "{} on objects of unknown type may lead here", view, paint)


def _landing(end: Landing, view: View, paint: Paint) -> Iterator[str]:
    place = paint(f"{printable(end.path)}:{end.line}", _STYLES.get(end.kind, "bold"))
    yield f"    {place}  {_where(end)}{_what(end)}"
    steps = [f"{one.function or 'module level'} ({one.path}:{one.line})" for one in end.chain]
    if len(steps) > CHAIN and not view.verbose:
        steps = [*steps[: CHAIN - 1], "…", steps[-1]]
    if end.lost:
        yield paint(f"      {end.lost}", "yellow")
    if steps:
        yield paint(f"      called by {printable(' ← '.join(steps))}", "dim")
    for path, line in end.through:
        yield paint(f"      raised again by the handler at {printable(path)}:{line}", "dim")


def _where(end: Landing) -> str:
    return f"{printable(end.function)}: " if end.function else ""


def _what(end: Landing) -> str:
    if end.kind == "suppressed":
        return f"suppress({', '.join(end.caught)})"
    if end.kind == "handler":
        words = f": {end.words}" if end.words else ""
        doubt = "" if end.sure else "  (if it is of that class)"
        return f"{clause(end.caught)}{words}{', or raised again' if end.passes else ''}{doubt}"
    names = {"entry": "goes out of the program's own code", "passed": "called from elsewhere"}
    return f"{names[end.kind]}: {printable(end.detail)}" if end.kind in names else printable(end.detail)


def _many(group: Landed, kind: str, words: str, view: View, paint: Paint) -> Iterator[str]:
    """Ends that are only counted, with the first places."""
    those = [one for one in group.landings if one.kind == kind]
    if not those:
        return
    noun = "test" if kind == "test" else "call"
    shown = those if view.verbose else those[:OPEN]
    places = ", ".join(f"{printable(one.path)}:{one.line}" for one in shown)
    more = ", …" if len(shown) < len(those) else ""
    yield paint(f"    {words.format(plural(len(those), noun))}: {places}{more}", "dim")
