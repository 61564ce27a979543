"""What has become of the handlers since a revision of git? The work tree is read and left as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.gate.entries import clause_of
from broadcatch.model.facts import FileFacts
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.reporting import TIERS, Change, Comparison, FileChange, HandlerChange
from broadcatch.runs.pairing import Known, pair
from broadcatch.runs.sides import Sides, sides_of, top_of
from broadcatch.runs.texts import gather_texts
from broadcatch.source.git import commit
from broadcatch.source.read import read_bytes

Ranked: TypeAlias = tuple[tuple[FileRisk, ...], tuple[HandlerRisk, ...]]
Rank: TypeAlias = Callable[[Sequence[FileFacts], Config, Mapping[str, bytes]], Ranked]
STEP = 1.0
"""A handler that keeps its tier is worse or better from so many points of its score on."""


def compared(
    revision: str, paths: Sequence[str], facts: Sequence[FileFacts], after: Ranked, config: Config, rank: Rank
) -> Comparison:
    """What has changed between `revision` and `facts`, which are ranked `after`.

    Raises BroadcatchError where git does not know the revision, or `paths` lie in no repository.
    """
    root = top_of(paths)
    name = commit(root, revision)
    sides = sides_of(root, name, paths, facts, config)
    before = _before(sides, after, config, rank)
    changes = tuple(sorted(_handlers(sides, before[1], after[1], config), key=_order))
    counts: Counter[str] = Counter(one.tier for one in before[1] if not one.suppressed)
    return Comparison(
        revision,
        name,
        changes,
        tuple(_files(changes, before[0], after[0], sides.renames)),
        {tier: counts[tier] for tier in TIERS},
        sides.failures,
    )


def _before(sides: Sides, after: Ranked, config: Config, rank: Rank) -> Ranked:
    """Files that are as they were keep their rank: what others say of them does not count as a change."""
    files, handlers = rank((*sides.then, *sides.same), config, sides.texts)
    same = {one.path for one in sides.same}
    return (
        (*(one for one in files if one.path not in same), *(one for one in after[0] if one.path in same)),
        (*(one for one in handlers if one.path not in same), *(one for one in after[1] if one.path in same)),
    )


def _handlers(
    sides: Sides, before: Sequence[HandlerRisk], after: Sequence[HandlerRisk], config: Config
) -> Iterator[HandlerChange]:
    """Narrow handlers take part, so that one that was narrowed is not taken for its broad neighbour."""
    now = {one.path: data for one in sides.now if isinstance(data := read_bytes(one.path), bytes)}
    old, new = _known(sides.texts, before, config), _known(now, after, config)
    pairs = pair([known for known, _ in old], [known for known, _ in new], sides.renames)
    stayed, come = {first for first, _ in pairs}, {second for _, second in pairs}
    became = [(old[first][1], new[second][1], clause_of(new[second][0][1])) for first, second in pairs]
    became += [(one, None, "") for at, (_, one) in enumerate(old) if at not in stayed]
    became += [(None, one, "") for at, (_, one) in enumerate(new) if at not in come]
    for was, is_now, clause in became:
        kind = _kind(was, is_now)
        if kind is not None:
            yield HandlerChange(kind, was, is_now, clause if kind == "fixed" else "")


def _known(
    texts: Mapping[str, bytes], risks: Sequence[HandlerRisk], config: Config
) -> list[tuple[Known, HandlerRisk | None]]:
    """All handlers in the texts, in their order, each with its risk if it is broad."""
    risk_at = {(one.path, one.line): one for one in risks}
    read = gather_texts(texts, replace(config, typed=True)).values()
    return [
        ((facts, one), risk_at.get((facts.path, one.span.line)))
        for facts in read
        if isinstance(facts, FileFacts)
        for one in facts.handlers
    ]


def _kind(before: HandlerRisk | None, after: HandlerRisk | None) -> Change | None:
    if before is None or after is None:
        return "new" if after else "fixed" if before else None
    then, now = TIERS.index(before.tier), TIERS.index(after.tier)
    if then == now and abs(before.score - after.score) < STEP:
        return None
    return "worse" if (now, after.score) > (then, before.score) else "better"


def _order(one: HandlerChange) -> tuple[float, str, int]:
    return -one.risk.score, one.risk.path, one.risk.line


def _files(
    changes: Sequence[HandlerChange],
    before: Sequence[FileRisk],
    after: Sequence[FileRisk],
    renames: Mapping[str, str],
) -> Iterator[FileChange]:
    """The files with changed handlers, or of another tier, as they stand now, riskiest first; those that are
    gone last."""
    then = {renames.get(one.path, one.path): one for one in before}
    now = {one.path: one for one in after}
    counts: dict[str, Counter[Change]] = {}
    for one in changes:
        path = renames.get(one.risk.path, one.risk.path)
        counts.setdefault(path, Counter())[one.kind] += 1
    places = {path: place for place, path in enumerate(now)}
    for path in sorted({*then, *now}, key=lambda path: (places.get(path, len(places)), path)):
        change = FileChange(path, then.get(path), now.get(path), dict(counts.get(path, {})))
        if change.counts or change.tiers[0] != change.tiers[1]:
            yield change
