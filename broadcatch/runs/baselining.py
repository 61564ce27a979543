"""What does the baseline know of what is there? A run is held against it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.gate.entries import is_live, standings
from broadcatch.gate.ratchet import Weighed, slack, weigh, worse
from broadcatch.lint.selection import selected_rules
from broadcatch.model.baseline import Entry, Standing
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.source.discover import taken
from broadcatch.source.paths import display
from broadcatch.source.project import project_root

FILE = ".broadcatch-baseline.json"
Tiers = Mapping[tuple[str, int], str]
"""Path and line of a handler -> its tier."""


def place_of(paths: Sequence[str], config: Config) -> str:
    """Where the baseline lies (absolute): as configured, else beside the configuration, else at the top."""
    if config.baseline:
        return os.path.abspath(config.baseline)
    root = config.root if config.source else project_root(Path(paths[0] if paths else "."))
    return os.path.join(root, FILE)


@dataclass(frozen=True, slots=True)
class Held:
    """A run held against a baseline: its entries, which of them were meant, and how they fared."""

    entries: tuple[Entry, ...]
    meant: tuple[Entry, ...]
    weighed: Weighed
    before: tuple[Standing, ...]

    def marked(self, parts: Sequence[Sequence[Finding]]) -> Sequence[Sequence[Finding]]:
        """The findings of each file, those that the baseline knows suppressed."""
        pairs = zip(self.before, self.weighed.standings, strict=True)
        now = {
            id(old): new for was, one in pairs for old, new in zip(was.findings, one.findings, strict=True)
        }
        return [[now.get(id(finding), finding) for finding in part] for part in parts]


def held(
    entries: Sequence[Entry],
    facts: Sequence[FileFacts],
    parts: Sequence[Sequence[Finding]],
    paths: Sequence[str],
    config: Config,
) -> Held:
    """Hold the findings of some files against a baseline.

    Entries of other files are left alone, unless these are gone: then what was in them may be here now.
    """
    seen = {one.path for one in facts}
    missing = {path for path in {one.path for one in entries} - seen if not os.path.lexists(path)}
    meant = tuple(one for one in entries if one.path in seen or one.path in missing)
    known = {one.path for one in meant}
    before = tuple(
        place
        for each, part in zip(facts, parts, strict=True)
        if part or each.path in known
        for place in standings(each, part, config)
    )
    return Held(tuple(entries), meant, weigh(meant, before, _decided(seen, missing, paths, config)), before)


def _decided(
    seen: set[str], missing: set[str], paths: Sequence[str], config: Config
) -> Callable[[Entry], bool]:
    """Which entries this run can call stale: all their rules were asked, of a file that it read or missed."""
    away = taken(
        [os.path.abspath(path) for path in sorted(missing)], [os.path.abspath(one) for one in paths], config
    )
    files = seen | {display(path) for path in away}
    codes = {rule.code for rule in selected_rules(config)}
    return lambda entry: entry.path in files and codes.issuperset(entry.codes)


def kept(run: Held, tiers: Tiers) -> Iterator[tuple[Entry, Standing | None]]:
    """The entries that stay, as what they mean stands now, with the place that each means, if it was seen.

    None allows more than it did.
    """
    stale = {id(one.entry) for one in run.weighed.stale}
    places = {id(run.meant[first]): second for first, second in run.weighed.pairs}
    for entry in run.entries:
        at = places.get(id(entry))
        standing = None if at is None else run.weighed.standings[at]
        if standing is None:
            if id(entry) not in stale:
                yield entry, None
        elif worse(entry, standing.entry) or (slack(entry, run.before[at or 0]) and id(entry) not in stale):
            yield entry, standing
        elif covered(standing):
            yield as_now(standing, tiers, entry, covered(standing)), standing


def covered(marked: Standing) -> tuple[str, ...]:
    """The codes of the findings at a place that the baseline covers."""
    return tuple(
        sorted({one.code for one in marked.findings if one.suppressed and one.suppressed.by == "baseline"})
    )


def as_now(standing: Standing, tiers: Tiers, old: Entry, codes: tuple[str, ...]) -> Entry:
    """What stands there now, with the words of an old entry."""
    now = standing.entry
    tier = tiers.get((now.path, standing.line), "")
    return replace(now, codes=codes, tier=tier, since=old.since, reason=old.reason, owner=old.owner)


def fresh(run: Held) -> tuple[Standing, ...]:
    """The places with findings that the baseline does not cover."""
    return tuple(one for one in run.weighed.standings if any(map(is_live, one.findings)))
