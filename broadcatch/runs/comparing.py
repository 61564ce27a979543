"""What has become of the handlers since a revision of git? The work tree is read and left as it is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.gate.entries import clause_of
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.reporting import TIERS, Change, Comparison, FileChange, HandlerChange
from broadcatch.runs.pairing import Known, pair
from broadcatch.runs.texts import gather_texts
from broadcatch.source.discover import taken
from broadcatch.source.git import changed, commit, contents, from_top, repository, tracked
from broadcatch.source.paths import display
from broadcatch.source.read import read_bytes

Ranked: TypeAlias = tuple[tuple[FileRisk, ...], tuple[HandlerRisk, ...]]
Rank: TypeAlias = Callable[[Sequence[FileFacts], Config, Mapping[str, bytes]], Ranked]
STEP = 1.0
"""A handler that keeps its tier is worse or better from so many points of its score on."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What differs: the facts of files then and now, and the old paths of those that were renamed.

    `same` are the files that are as they were, `texts` those of the others as they were; all paths are seen
    from the working directory.
    """

    then: tuple[FileFacts, ...]
    now: tuple[FileFacts, ...]
    same: tuple[FileFacts, ...]
    renames: Mapping[str, str]
    failures: tuple[Failure, ...]
    texts: Mapping[str, bytes]


def compared(
    revision: str, paths: Sequence[str], facts: Sequence[FileFacts], after: Ranked, config: Config, rank: Rank
) -> Comparison:
    """What has changed between `revision` and `facts`, which are ranked `after`.

    Raises BroadcatchError where git does not know the revision, or `paths` lie in no repository.
    """
    root = _root(paths)
    name = commit(root, revision)
    sides = _sides(root, name, paths, facts, config)
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


def _root(paths: Sequence[str]) -> Path:
    roots = {repository(path) for path in paths}
    if len(roots) > 1:
        raise BroadcatchError("the paths lie in several git repositories: compare one at a time")
    return roots.pop()


def _sides(root: Path, name: str, paths: Sequence[str], facts: Sequence[FileFacts], config: Config) -> _Sides:
    differing = changed(root, name)
    moved = {one.after: one.before for one in differing if one.after}
    known = frozenset(tracked(root, name))
    here = {from_top(root, one.path): one for one in facts}
    was = {path: moved.get(path, path if _was_there(path, known) else "") for path in here}
    fresh = {path: before for path, before in was.items() if path in moved or not before}
    wanted = {before: path for path, before in fresh.items() if before}
    away = [one.before for one in differing if one.before != one.after and one.after not in here]
    lost = taken([os.fspath(root / one) for one in away if one], paths, config)
    asked = {**{one: one for one in (from_top(root, path) for path in lost)}, **wanted}
    texts = {_shown(root, path): text for path, text in contents(root, name, asked).items()}
    read = gather_texts(texts, config)
    return _Sides(
        tuple(one for one in read.values() if isinstance(one, FileFacts)),
        tuple(here[path] for path in fresh),
        tuple(one for path, one in here.items() if path not in fresh),
        {_shown(root, before): _shown(root, path) for before, path in wanted.items() if before != path},
        tuple(one for one in read.values() if isinstance(one, Failure)),
        texts,
    )


def _was_there(path: str, known: frozenset[str]) -> bool:
    """Whether a file was there, or lies in what was: of another repository inside, nothing is told."""
    parents = (path[:index] for index, sign in enumerate(path) if sign == "/")
    return path in known or path.startswith("../") or any(parent in known for parent in parents)


def _shown(root: Path, path: str) -> str:
    return display(root / path)


def _before(sides: _Sides, after: Ranked, config: Config, rank: Rank) -> Ranked:
    """Files that are as they were keep their rank: what others say of them does not count as a change."""
    files, handlers = rank((*sides.then, *sides.same), config, sides.texts)
    same = {one.path for one in sides.same}
    return (
        (*(one for one in files if one.path not in same), *(one for one in after[0] if one.path in same)),
        (*(one for one in handlers if one.path not in same), *(one for one in after[1] if one.path in same)),
    )


def _handlers(
    sides: _Sides, before: Sequence[HandlerRisk], after: Sequence[HandlerRisk], config: Config
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
