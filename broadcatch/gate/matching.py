"""Which handler is which? Pairs what was there with what is there, from the surest sign to the least sure.

Exactly the same text comes first: in its place (where a slightly edited one comes next), elsewhere in its
file, then in a file that was renamed or anywhere. What is left is paired by likeness: in the same scope, then
in the same file, then under the same name elsewhere. Nothing is paired twice; of equal signs, the order of
the text decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from broadcatch.model.baseline import Entry, Matched

Word: TypeAlias = tuple[str, ...]
Key: TypeAlias = Callable[[Entry, str], Word]
"""What two entries must have in common, told from an entry and the path that its file has now."""
Pair: TypeAlias = tuple[int, int]

IN_PLACE = 0.6
"""How alike two must be that have the same clause in the same scope to be taken for one before a copy
elsewhere is."""
IN_SCOPE = 0.2
"""How alike two must be that have the same clause in the same scope: one broad handler stays one."""
OTHER_CLAUSE = 0.5
"""The same, where the clause is another one (`except:` became `except Exception:`)."""
IN_FILE = 0.6
"""The same, in another scope of the file: the function was renamed, or its code was moved."""
ELSEWHERE = 0.75
"""The same, in a function of the same name in another file."""
WINDOW = 12
"""In a large group, only so many neighbours on either side are compared."""
_TEXT_VOTE = 100
"""How many handlers of the same scope in files of the same name tell as much as one of the same text."""
_EMPTY = "."
_CHANCE = 1 / 16
"""How often two slots agree that have nothing to do with each other."""


def match(old: Sequence[Entry], new: Sequence[Entry], renames: Mapping[str, str] | None = None) -> Matched:
    """What became of the `old` entries in `new`. `renames`: old paths of files to new ones, where known."""
    found = pair(old, new, renames)
    taken_old, taken_new = {first for first, _ in found}, {second for _, second in found}
    return Matched(
        tuple((old[first], new[second]) for first, second in sorted(found, key=lambda one: one[::-1])),
        tuple(entry for index, entry in enumerate(old) if index not in taken_old),
        tuple(entry for index, entry in enumerate(new) if index not in taken_new),
    )


def pair(
    old: Sequence[Entry], new: Sequence[Entry], renames: Mapping[str, str] | None = None
) -> tuple[Pair, ...]:
    """As `match`, but the indices of the pairs alone, sorted."""
    state = _State(old, new, dict(renames or {}))
    state.exact(lambda one, path: (path, one.scope, one.text, one.clause))
    state.alike(lambda one, path: (path, one.scope, one.clause), IN_PLACE)
    state.exact(lambda one, path: (path, one.text, one.clause))
    if state.learn_renames():
        state.exact(lambda one, path: (path, one.scope, one.text, one.clause))
        state.exact(lambda one, path: (path, one.text, one.clause))
    state.exact(lambda one, _: (one.scope, one.text, one.clause))
    state.exact(lambda one, _: (one.text, one.clause))
    state.alike(lambda one, path: (path, one.scope, one.clause), IN_SCOPE)
    state.alike(lambda one, path: (path, one.scope), OTHER_CLAUSE)
    state.alike(lambda one, path: (path, one.clause), IN_FILE)
    state.alike(lambda one, _: (one.scope.rpartition(".")[2], one.clause), ELSEWHERE)
    return tuple(sorted(state.pairs))


def likeness(first: str, second: str) -> float:
    """How much two sketches of words have in common: 0 to 1; 0 where one of them is missing."""
    if not first or len(first) != len(second):
        return 0.0
    slots = [
        (one, other) for one, other in zip(first, second, strict=True) if (one, other) != (_EMPTY, _EMPTY)
    ]
    if not slots:
        return 0.0
    same = sum(one == other for one, other in slots) / len(slots)
    return max(0.0, (same - _CHANCE) / (1 - _CHANCE))


@dataclass(slots=True)
class _State:
    """What is not yet paired, by index; `moved` are old paths of files and their new ones."""

    old: Sequence[Entry]
    new: Sequence[Entry]
    moved: dict[str, str]
    pairs: list[Pair] = field(default_factory=list)
    left_old: list[int] = field(init=False)
    left_new: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.left_old = _in_order(self.old)
        self.left_new = _in_order(self.new)

    def exact(self, key: Key) -> None:
        """Pair those of the same key, in the order of the text."""
        self._take(found for olds, news in self._groups(key) for found in zip(olds, news, strict=False))

    def alike(self, key: Key, least: float) -> None:
        """Of those of the same key, pair the most alike first, down to `least`."""
        self._take(found for olds, news in self._groups(key) for found in self._best(olds, news, least))

    def learn_renames(self) -> bool:
        """Find out which files without any entry left are other files now; whether there are such."""
        stay = {one.path for one in self.new} | set(self.moved)
        known = {one.path for one in self.old}
        votes: Counter[tuple[str, str]] = Counter()
        for weight, key in ((_TEXT_VOTE, _text_key), (1, _scope_key)):
            for olds, news in self._groups(key):
                if len(olds) > WINDOW or len(news) > WINDOW:
                    continue  # what stands everywhere tells nothing
                for first, second in product(olds, news):
                    before, after = self.old[first].path, self.new[second].path
                    if before not in stay and after not in known:
                        votes[before, after] += weight
        found = _one_to_one(votes)
        self.moved |= found
        return bool(found)

    def _groups(self, key: Key) -> Iterator[tuple[list[int], list[int]]]:
        """The unpaired ones of each key that both sides have."""
        olds: dict[Word, list[int]] = {}
        news: dict[Word, list[int]] = {}
        for index in self.left_old:
            entry = self.old[index]
            olds.setdefault(key(entry, self.moved.get(entry.path, entry.path)), []).append(index)
        for index in self.left_new:
            news.setdefault(key(self.new[index], self.new[index].path), []).append(index)
        return iter([(found, news[word]) for word, found in olds.items() if word in news])

    def _best(self, olds: Sequence[int], news: Sequence[int], least: float) -> Iterator[Pair]:
        ranked = sorted(self._compared(olds, news, least))
        taken: tuple[set[int], set[int]] = (set(), set())
        for *_, first, second in ranked:
            if first not in taken[0] and second not in taken[1]:
                taken[0].add(first)
                taken[1].add(second)
                yield first, second

    def _compared(
        self, olds: Sequence[int], news: Sequence[int], least: float
    ) -> Iterator[tuple[float, int, int, int, int, int]]:
        """How far each two are apart: in their words, then in their order (the same from either side)."""
        whole = len(olds) * len(news) <= (2 * WINDOW) ** 2
        for at, first in enumerate(olds):
            low, high = (0, len(news)) if whole else (max(at - WINDOW, 0), min(at + WINDOW + 1, len(news)))
            for to in range(low, high):
                alike = likeness(self.old[first].words, self.new[news[to]].words)
                if alike >= least:
                    yield -alike, abs(at - to), at + to, min(at, to), first, news[to]

    def _take(self, found: Iterator[Pair]) -> None:
        taken = list(found)
        self.pairs += taken
        olds, news = {first for first, _ in taken}, {second for _, second in taken}
        self.left_old = [index for index in self.left_old if index not in olds]
        self.left_new = [index for index in self.left_new if index not in news]


def _in_order(entries: Sequence[Entry]) -> list[int]:
    def key(index: int) -> tuple[str, str, int, str, str]:
        one = entries[index]
        return one.path, one.scope, one.ordinal, one.clause, one.text

    return sorted(range(len(entries)), key=key)


def _text_key(one: Entry, _: str) -> Word:
    return (one.text, one.clause)


def _scope_key(one: Entry, path: str) -> Word:
    return (one.scope, one.clause, path.rpartition("/")[2])


def _one_to_one(votes: Counter[tuple[str, str]]) -> dict[str, str]:
    """Most votes first; of equal ones, those of the same name; each path once on either side."""
    found: dict[str, str] = {}
    taken: set[str] = set()

    def rank(pair: tuple[str, str]) -> tuple[int, bool, list[str]]:
        before, after = pair
        return -votes[pair], before.rpartition("/")[2] != after.rpartition("/")[2], sorted(pair)

    for before, after in sorted(votes, key=rank):
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found
