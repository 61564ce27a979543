"""How is a baseline made, and how does it shrink? It never grows unless that is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.gate.entries import is_live
from broadcatch.gate.shelf import read_entries, write_entries
from broadcatch.model.baseline import Entry, Standing
from broadcatch.model.results import BaselineRequest, BaselineResult
from broadcatch.runs.baselining import Held, Tiers, as_now, fresh, held, kept, place_of
from broadcatch.runs.gather import Gathered, gather
from broadcatch.runs.ranking import ranking
from broadcatch.runs.seeing import found_in
from broadcatch.source.paths import display

Progress = Callable[[int, int], None]


def write(
    paths: Sequence[str], config: Config, request: BaselineRequest, progress: Progress | None = None
) -> BaselineResult:
    """Record what is there. Over an existing baseline, what it does not cover is refused unless `add` is set.

    Raises PathError, and BaselineError for a baseline that cannot be read, which is left as it is.
    """
    file = place_of(paths, config)
    made = not os.path.lexists(file)
    entries = () if made else read_entries(file)
    found, run = _run(entries, paths, config, progress)
    added = fresh(run)
    refused = bool(added) and not (made or request.add)
    tiers = _tiers(found, config)
    if refused:
        return _told(file, entries, run, found, added=added, refused=True)
    new = {id(one): _entry(one, tiers, request) for one in added}
    stay = [entry for entry, standing in kept(run, tiers) if id(standing) not in new]
    after = (*stay, *new.values())
    return _told(file, after, run, found, added=added, changed=write_entries(file, after), made=made)


def prune(paths: Sequence[str], config: Config, progress: Progress | None = None) -> BaselineResult:
    """Take out what is gone, lower what is better, and follow what was moved. Raises BaselineError."""
    file = place_of(paths, config)
    entries = read_entries(file)
    found, run = _run(entries, paths, config, progress)
    after = tuple(entry for entry, _ in kept(run, _tiers(found, config)))
    return _told(file, after, run, found, changed=write_entries(file, after))


def _run(
    entries: Sequence[Entry], paths: Sequence[str], config: Config, progress: Progress | None
) -> tuple[Gathered, Held]:
    found = gather(paths, config, progress)
    return found, held(entries, found.facts, found_in(found, config), paths, config)


def _tiers(found: Gathered, config: Config) -> Tiers:
    return {(one.path, one.line): one.tier for one in ranking(found.facts, config)[1]}


def _entry(marked: Standing, tiers: Tiers, request: BaselineRequest) -> Entry:
    """A place with all its findings, whether the baseline covered some of them or not."""
    by_us = (
        one for one in marked.findings if is_live(one) or (one.suppressed and one.suppressed.by == "baseline")
    )
    codes = tuple(sorted({one.code for one in by_us}))
    words = replace(marked.entry, since=request.since, reason=request.reason, owner=request.owner)
    return as_now(marked, tiers, words, codes)


def _told(
    file: str,
    entries: Sequence[Entry],
    run: Held,
    found: Gathered,
    added: tuple[Standing, ...] = (),
    refused: bool = False,
    changed: bool = False,
    made: bool = False,
) -> BaselineResult:
    return BaselineResult(
        display(file),
        tuple(entries),
        added,
        run.weighed.stale,
        refused,
        changed,
        made,
        found.failures,
        found.skipped,
    )
