"""What became of the baseline, and what does it hold? Lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from broadcatch.model.baseline import Entry, Stale, Standing
from broadcatch.model.results import BaselineResult
from broadcatch.output.groups import gravity, plural
from broadcatch.output.paint import printable

AGES = ((30, "up to a month"), (90, "up to three months"), (365, "up to a year"))
"""Days, and how an age up to them is called."""
OLDER, UNDATED = "over a year", "no date"
TIERS = ("high", "medium", "low", "")
SHOWN = 20
"""Of what was added or is stale, so many are named."""


def render_written(result: BaselineResult, configured: bool, verbose: bool) -> str:
    """What `baseline write` did, or why it did nothing."""
    lines = list(_added(result.added, verbose)) if result.refused or not result.made else []
    if result.refused:
        lines.append(
            f"{_handlers(len(result.added))} not covered by {printable(result.file)}; nothing was written. "
            "Mend them, or record them with --add."
        )
        return _text(lines)
    if not result.made:
        lines += _stale(result.stale, verbose)
    lines.append(_outcome(result))
    if result.made and not configured:
        lines.append(
            f'Hold `check` against it: set `baseline = "{printable(result.file)}"` in the configuration,'
        )
        lines.append(f"or run `broadcatch check --baseline {printable(result.file)}`.")
    return _text(lines)


def render_pruned(result: BaselineResult, verbose: bool) -> str:
    """What `baseline prune` did."""
    return _text([*_stale(result.stale, verbose), _outcome(result)])


def render_stale(stale: Sequence[Stale], named: bool) -> str:
    """What of the baseline says more than is there; each entry by name where that is wanted."""
    count = "1 entry of the baseline is" if len(stale) == 1 else f"{len(stale)} entries of the baseline are"
    lines = list(_stale(stale, True)) if named else []
    return _text([*lines, f"{count} stale: `broadcatch baseline prune` takes that back."])


def render_shown(result: BaselineResult, today: date) -> str:
    """What `baseline show` counts: by rule, by tier and by age, and by owner where there are some."""
    entries = result.entries
    lines = [_total(result)]
    for title, counts in tables(entries, today).items():
        if counts:
            width = max(len(str(count)) for count in counts.values())
            lines += [
                "",
                title,
                *(f"  {count:>{width}}  {printable(name)}" for name, count in counts.items()),
            ]
    return _text(lines)


def tables(entries: Sequence[Entry], today: date) -> dict[str, dict[str, int]]:
    """How many entries there are of each rule, tier, age, and owner."""
    codes = Counter(code for one in entries for code in one.codes)
    tiers = Counter(one.tier for one in entries)
    ages = Counter(age(one.since, today) for one in entries)
    owners = Counter(one.owner for one in entries if one.owner)
    return {
        "by rule": dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
        "by tier": {tier or "not ranked": tiers[tier] for tier in TIERS if tiers[tier]},
        "by age": {name: ages[name] for name in (*(name for _, name in AGES), OLDER, UNDATED) if ages[name]},
        "by owner": dict(sorted(owners.items(), key=lambda item: (-item[1], item[0]))),
    }


def age(since: str, today: date) -> str:
    """How long ago a date was, in words."""
    try:
        days = (today - date.fromisoformat(since)).days
    except ValueError:
        return UNDATED
    return next((name for most, name in AGES if days <= most), OLDER)


def _added(added: Iterable[Standing], verbose: bool) -> Iterator[str]:
    places = list(added)
    for one in places if verbose else places[:SHOWN]:
        first = max(one.findings, key=lambda finding: gravity(finding.severity))
        place = f"{printable(one.entry.path)}:{one.line}"
        yield f"  + {place}: {first.code} {first.name}: {printable(first.message)}"
    yield from _more(len(places), verbose)


def _stale(stale: Sequence[Stale], verbose: bool) -> Iterator[str]:
    for one in stale if verbose else stale[:SHOWN]:
        entry = one.entry
        scope = f" {printable(entry.scope)}" if entry.scope else ""
        place = f":{one.standing.line}" if one.standing else ""
        yield f"  - {printable(entry.path)}{place}{scope}: {', '.join(entry.codes)}: {one.why}"
    yield from _more(len(stale), verbose)


def _more(count: int, verbose: bool) -> Iterator[str]:
    if count > SHOWN and not verbose:
        yield f"  and {count - SHOWN} more (--verbose names them)"


def _outcome(result: BaselineResult) -> str:
    if not result.changed:
        return f"{printable(result.file)} is as it was: {_counted(result.entries)}."
    return f"{printable(result.file)}: {_counted(result.entries)}."


def _total(result: BaselineResult) -> str:
    return f"{printable(result.file)}: {_counted(result.entries)}"


def _counted(entries: Sequence[Entry]) -> str:
    return f"{plural(len(entries), 'handler')} in {plural(len({one.path for one in entries}), 'file')}"


def _handlers(count: int) -> str:
    return "1 handler is" if count == 1 else f"{count} handlers are"


def _text(lines: Iterable[str]) -> str:
    return "".join(line + "\n" for line in lines)
