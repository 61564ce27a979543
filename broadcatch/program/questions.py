"""Which questions are being asked just now, and what did one that led back to itself answer before?

Where questions go round in a circle, an answer holds only under the questions around it, and cannot be kept
for good. Asked again for every way into the circle, the ways multiply. So it is kept with what it rests on:
the questions that were cut short, and those that were asked beneath it. Where the former are being asked
again, and none of the latter, asking would take the very same course.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable
from typing import TypeAlias, TypeVar

T = TypeVar("T")
_MOST = 8
"""Answers kept for a question, the latest ones."""
_FRAMES = 10_000
"""Frames that may be open at once. What a function returns hangs on what the next one returns: thirty of them
are a thousand frames, which is all that Python allows by itself."""
_DEEP = 300
"""So many questions may be asked within each other. One that is deeper is answered first, by itself."""
Waiting: TypeAlias = "tuple[Hashable, Callable[[], object]]"


class _TooDeep(Exception):
    """A question stands too deep in others."""

    def __init__(self, key: Hashable, answer: Callable[[], object]) -> None:
        super().__init__()
        self.question: Waiting = (key, answer)


class Questions:
    """The questions being asked, innermost last; `cuts` counts those that led back to themselves."""

    def __init__(self) -> None:
        sys.setrecursionlimit(max(_FRAMES, sys.getrecursionlimit()))
        self.cuts = 0
        self._busy: set[object] = set()
        self._under: list[tuple[set[object], set[object]]] = []
        self._kept: dict[object, list[tuple[frozenset[object], frozenset[object], object]]] = {}
        self._deep: dict[object, object] = {}

    def guarded(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """The answer, or None where the question leads back to itself (counted in `cuts`, not remembered)."""
        if key in self._busy:
            self._note((key,), ())
            return None
        return self._asked(key, answer)

    def kept(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """As `guarded`, for a key that decides the answer, but for the questions around it."""
        if key in self._busy:
            self._note((key,), ())
            return None
        for cut, beneath, known in self._kept.get(key, ()):
            if cut <= self._busy and self._busy.isdisjoint(beneath):
                self._note(cut, beneath)
                return known  # type: ignore[return-value]
        return self._asked(key, answer, keep=True)

    def _asked(self, key: Hashable, answer: Callable[[], T], keep: bool = False) -> T:
        if not self._under:
            return self._from_outside(key, answer, keep)
        if len(self._under) < _DEEP:
            return self._within(key, answer, keep)
        if key not in self._deep:
            raise _TooDeep(key, answer)
        return self._deep[key]  # type: ignore[return-value]

    def _from_outside(self, key: Hashable, answer: Callable[[], T], keep: bool) -> T:
        """The answer to a question that is asked in no other; what is too deep in it is asked before.

        What leads back to one that waits for it has no answer there, as in any circle.
        """
        waiting: list[Waiting] = []
        while True:
            try:
                if not waiting:
                    return self._within(key, answer, keep)
                self._deep[waiting[-1][0]] = self._within(*waiting[-1])
                waiting.pop()
            except _TooDeep as deep:
                if deep.question[0] in (key, *(one for one, _ in waiting)):
                    self._deep[deep.question[0]] = None
                else:
                    waiting.append(deep.question)

    def _within(self, key: Hashable, answer: Callable[[], T], keep: bool = False) -> T:
        before = self.cuts
        cut: set[object] = set()
        beneath: set[object] = {key}
        self._busy.add(key)
        self._under.append((cut, beneath))
        try:
            found = answer()
        finally:
            self._busy.discard(key)
            self._under.pop()
        if self.cuts != before:
            cut.discard(key)
            self._pass_on(cut, beneath)
            if keep:
                kept = self._kept.setdefault(key, [])
                kept.insert(0, (frozenset(cut), frozenset(beneath), found))
                del kept[_MOST:]
        return found

    def _note(self, cut: Iterable[object], beneath: Iterable[object]) -> None:
        self.cuts += 1
        self._pass_on(cut, beneath)

    def _pass_on(self, cut: Iterable[object], beneath: Iterable[object]) -> None:
        if self._under:
            self._under[-1][0].update(cut)
            self._under[-1][1].update(beneath)
