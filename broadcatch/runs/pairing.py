"""Which handler of then is which of now? Pairs them by their text, then by where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.lint.identity import text_hash
from broadcatch.model.facts import Handler

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A handler in its file."""

    path: str
    handler: Handler


def pair(old: Sequence[Known], new: Sequence[Known], renames: Mapping[str, str]) -> tuple[Pair, ...]:
    """Indices of what belongs together, sorted; `renames` are old paths of files to new ones."""
    texts = {id(one): text_hash(_matter(one.handler)) for one in (*old, *new)}
    left = set(range(len(old))), set(range(len(new)))
    found: list[Pair] = []
    for key in (
        lambda one: (_now(one, renames), _scope(one), texts[id(one)]),
        lambda one: (_now(one, renames), texts[id(one)]),
        lambda one: (_now(one, renames), _scope(one)),
        lambda one: (_scope(one), texts[id(one)]),
    ):
        taken = _paired(old, new, left, key)
        found += taken
        left = left[0] - {first for first, _ in taken}, left[1] - {second for _, second in taken}
    return tuple(sorted(found))


def _paired(
    old: Sequence[Known],
    new: Sequence[Known],
    left: tuple[set[int], set[int]],
    key: Callable[[Known], Hashable],
) -> list[Pair]:
    """Those of the same key, in the order of the text."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index in sorted(left[1], reverse=True):
        places[key(new[index])].append(index)
    return [
        (index, places[key(old[index])].pop()) for index in sorted(left[0]) if places.get(key(old[index]))
    ]


def _matter(handler: Handler) -> object:
    """What a handler says, wherever it stands."""
    return handler.caught, handler.attempt, handler.body


def _now(one: Known, renames: Mapping[str, str]) -> str:
    return renames.get(one.path, one.path)


def _scope(one: Known) -> str:
    return one.handler.place.qualname
