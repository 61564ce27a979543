"""How does `progress` speak to a person? What is done, what is new, what remains by tier, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.model.progress import Course, Moved, ProgressResult
from broadcatch.output.groups import points
from broadcatch.output.paint import painter, printable
from broadcatch.output.view import View

TIERS = ("high", "medium", "low", "")
SHOWN = 15
"""Of each kind so many are named; all with --verbose."""
NEXT = 5
COMMIT = 10
TITLES: tuple[tuple[Course, str, str], ...] = (
    ("fixed", "Fixed", "-"),
    ("better", "Better", "-"),
    ("silenced", "Silenced", "~"),
    ("new", "New", "+"),
    ("worse", "Worse", "+"),
)


def render(result: ProgressResult, view: View) -> str:
    """The counts, a table by tier, what has changed, and what to open next."""
    paint = painter(view.color)
    lines = [paint(headline(result), "bold"), "", *table(result)]
    for course, title, sign in TITLES:
        lines += _part(title, sign, result.of(course), view)
    ahead = result.live[:NEXT]
    if ahead:
        lines += [
            "",
            paint("Next", "bold"),
            *(f"  {number}. {told(one)}" for number, one in enumerate(ahead, 1)),
        ]
    return "".join(line + "\n" for line in lines)


def headline(result: ProgressResult) -> str:
    """`Since main (0123456789): 12 fixed, 2 better, 1 new; 400 there now.`"""
    counts = {course: len(result.of(course)) for course, _, _ in TITLES}
    parts = [
        f"{counts[course]} {course}" for course in counts if counts[course] or course in ("fixed", "new")
    ]
    return f"Since {title(result)}: {', '.join(parts)}; {len(result.live)} there now."


def title(result: ProgressResult) -> str:
    """What it is compared with."""
    name = result.commit[:COMMIT]
    same = not name or result.commit.startswith(result.since)
    return printable(result.since) if same else f"{printable(result.since)} ({name})"


def table(result: ProgressResult) -> Iterator[str]:
    """Tier, then, now, change."""
    yield f"{'tier':<10}  {'then':>5}  {'now':>5}  {'change':>6}"
    for tier, then, now in rows(result):
        yield f"{tier:<10}  {then:>5}  {now:>5}  {now - then:>+6}"


def rows(result: ProgressResult) -> Iterator[tuple[str, int, int]]:
    """The tiers that occur, with the counts then and now."""
    for tier in TIERS:
        then, now = result.then.get(tier, 0), result.now.get(tier, 0)
        if then or now or tier:
            yield tier or "not ranked", then, now


def told(one: Moved) -> str:
    """`app/x.py:14 Service.run (BC102, BC302; high 7.1): it was logged-text, now dropped`."""
    entry = one.entry
    place = f"{printable(entry.path)}:{one.line}" if one.line else printable(entry.path)
    scope = f" {printable(entry.scope)}" if entry.scope else ""
    codes = ", ".join(entry.codes or (one.before.codes if one.before else ()))
    risk = (
        f"; {entry.tier} {points(one.score)}"
        if entry.tier and one.score
        else f"; {entry.tier}"
        if entry.tier
        else ""
    )
    why = one.why or (_what(one) if one.course not in ("fixed", "silenced") else "")
    return f"{place}{scope} ({codes}{risk})" + (f": {printable(why)}" if why else "")


def _what(one: Moved) -> str:
    """What becomes of the error there, and what is at stake."""
    return "; ".join(part for part in (one.entry.outcome, *one.entry.stakes) if part)


def _part(name: str, sign: str, moved: Sequence[Moved], view: View) -> Iterator[str]:
    if not moved:
        return
    yield ""
    yield painter(view.color)(name, "bold")
    for one in moved if view.verbose else moved[:SHOWN]:
        yield f"  {sign} {told(one)}"
    if len(moved) > SHOWN and not view.verbose:
        yield f"  and {len(moved) - SHOWN} more (--verbose names them)"
