"""What has been fixed, what is new, and what remains, since a revision or since the baseline?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.gate.entries import is_live, standings
from broadcatch.gate.matching import pair
from broadcatch.gate.ratchet import BY_OUTCOME, slack, worse
from broadcatch.gate.shelf import read_entries
from broadcatch.model.baseline import Entry, Standing
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.progress import Course, Moved, ProgressResult
from broadcatch.model.ranking import HandlerRisk
from broadcatch.runs.afterwards import NO_TEXTS
from broadcatch.runs.baselining import held, place_of
from broadcatch.runs.checking import checked
from broadcatch.runs.gather import Gathered, gather
from broadcatch.runs.ranking import ranking
from broadcatch.runs.seeing import found_in
from broadcatch.runs.sides import sides_of, top_of
from broadcatch.source.git import commit
from broadcatch.source.paths import display

Progress = Callable[[int, int], None]
Risks = Mapping[tuple[str, int], HandlerRisk]
"""Path and line of a handler -> its risk."""
TIERS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class _Between:
    """What was there and what is there, with the pairs by index; entries without codes had no findings."""

    then: Sequence[Entry]
    now: Sequence[Standing]
    pairs: Mapping[int, int]
    risks: Risks
    failures: tuple[Failure, ...] = ()


def progress(
    paths: Sequence[str], since: str, config: Config, told: Progress | None = None
) -> ProgressResult:
    """What became of the handlers below `paths` since the revision `since`, or since the baseline ("").

    Raises PathError, and BroadcatchError where git or the baseline cannot be asked.
    """
    file = place_of(paths, config)
    if not since:
        entries = read_entries(file)
        found = gather(paths, config, told)
        between = _from_baseline(entries, found, paths, config)
        return _result(between, found, display(file), "")
    root = top_of(paths)
    name = commit(root, since)
    found = gather(paths, config, told)
    return _result(_from_revision(root, name, found, paths, config), found, since, name)


def _from_baseline(
    entries: Sequence[Entry], found: Gathered, paths: Sequence[str], config: Config
) -> _Between:
    run = held(entries, found.facts, found_in(found, config), paths, config)
    pairs, gone = dict(run.weighed.pairs), {id(one.entry) for one in run.weighed.stale}
    told = [at for at, entry in enumerate(run.meant) if at in pairs or id(entry) in gone]
    again = {index: pairs[at] for index, at in enumerate(told) if at in pairs}
    return _Between([run.meant[at] for at in told], run.before, again, _risks(found.facts, config))


def _from_revision(root: Path, name: str, found: Gathered, paths: Sequence[str], config: Config) -> _Between:
    """What Ruff reports cannot be asked of a revision, so nothing is left to it, then and now."""
    sides = sides_of(root, name, paths, found.facts, config)
    risks = _risks(found.facts, config)
    before = _risks((*sides.then, *sides.same), config, sides.texts)
    same = _standings(sides.same, config)
    then = [_known(one, before) for one in _standings(sides.then, config)]
    then += [_known(one, risks) for one in same]
    now = [*_standings(sides.now, config), *same]
    pairs = pair(then, [one.entry for one in now], sides.renames)
    return _Between(then, now, dict(pairs), risks, sides.failures)


def _standings(facts: Sequence[FileFacts], config: Config) -> list[Standing]:
    return [place for each in facts for place in standings(each, checked(each, config), config)]


def _risks(facts: Sequence[FileFacts], config: Config, texts: Mapping[str, bytes] = NO_TEXTS) -> Risks:
    return {(one.path, one.line): one for one in ranking(facts, config, texts)[1]}


def _known(place: Standing, risks: Risks) -> Entry:
    """A place as an entry with the codes of what is live there, and its tier."""
    codes = tuple(sorted({one.code for one in place.findings if is_live(one)}))
    risk = risks.get((place.entry.path, place.line))
    return replace(place.entry, codes=codes, tier=risk.tier if risk else "")


def _result(between: _Between, found: Gathered, since: str, name: str) -> ProgressResult:
    moved = tuple(sorted(_moved(between), key=_order))
    then = Counter(one.before.tier for one in moved if one.before and one.before.codes)
    now = Counter(one.after.tier for one in moved if one.after and one.course not in ("fixed", "silenced"))
    failures = (*found.failures, *between.failures)
    return ProgressResult(since, moved, name, then, now, failures, found.skipped)


def _moved(between: _Between) -> Iterator[Moved]:
    for index, before in enumerate(between.then):
        at = between.pairs.get(index)
        if at is not None:
            yield from _paired(before, between.now[at], between.risks)
        elif before.codes:
            yield Moved("fixed", before, None, why="narrowed or removed")
    known = set(between.pairs.values())
    for at, place in enumerate(between.now):
        if at not in known and any(map(is_live, place.findings)):
            yield _told("new", None, place, between.risks)


def _paired(before: Entry, place: Standing, risks: Risks) -> Iterator[Moved]:
    live = {one.code for one in place.findings if is_live(one)}
    outcomes = f"{before.outcome} → {place.entry.outcome}" if before.outcome != place.entry.outcome else ""
    if live and not before.codes:
        yield _told("new", before, place, risks, "it had no findings before")
    elif live:
        why, better = worse(before, place.entry), slack(before, place)
        also = sorted(live - {*before.codes, *BY_OUTCOME})
        if why or also:
            yield _told("worse", before, place, risks, why or f"also {', '.join(also)}")
        else:
            yield _told("better" if better else "remaining", before, place, risks, better.partition(": ")[2])
    elif before.codes:
        silenced = any(one.suppressed for one in place.findings)
        yield _told("silenced" if silenced else "fixed", before, place, risks, outcomes)


def _told(course: Course, before: Entry | None, place: Standing, risks: Risks, why: str = "") -> Moved:
    risk = risks.get((place.entry.path, place.line))
    return Moved(course, before, _known(place, risks), place.line, risk.score if risk else 0.0, why)


def _order(one: Moved) -> tuple[int, float, str, int, str]:
    tier = TIERS.index(one.entry.tier) if one.entry.tier in TIERS else len(TIERS)
    return tier, -one.score, one.entry.path, one.line, one.entry.scope
