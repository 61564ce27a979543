"""Which of many changes break a command? Pure: a function tells whether it passes with some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
Group: TypeAlias = Sequence[Item]
"""Changes that are tried together before they are tried alone: those of one file."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Item]):
    """What can be kept: with all of `kept` the command passes.

    `dropped` are those with which it failed, each with what it said then; `undecided` are left out because
    the limit of runs came first.
    """

    kept: tuple[Item, ...]
    dropped: tuple[tuple[Item, str], ...] = ()
    undecided: tuple[Item, ...] = ()


def keep_passing(
    groups: Sequence[Group[Item]], fails: Callable[[Sequence[Item]], str | None], limit: int
) -> Found[Item]:
    """The changes with which the command passes, and those that break it beside them.

    `fails` is asked about some changes at once: None, or what the command said; it passes with none. It is
    asked at most `limit` times, and about a set at most once. Where a change that breaks the command does so
    whatever comes with it, nothing that was dropped could be added to what is kept.
    """
    search = _Search(fails, limit)
    try:
        search.accept([group for group in groups if group], None)
    except _EnoughError:
        pass
    decided = [*search.kept, *(item for item, _ in search.dropped)]
    rest = tuple(item for group in groups for item in group if item not in decided)
    return Found(tuple(search.kept), tuple(search.dropped), rest)


class _EnoughError(Exception):
    """The limit of runs is reached."""


class _Search(Generic[Item]):
    def __init__(self, fails: Callable[[Sequence[Item]], str | None], limit: int) -> None:
        self._fails = fails
        self._left = limit
        self.kept: list[Item] = []
        self.dropped: list[tuple[Item, str]] = []

    def accept(self, groups: Sequence[Group[Item]], failure: str | None) -> bool:
        """Keep what passes beside what is kept; whether that is all.

        `failure` is what the command said about these beside what is kept, where that is known already.
        """
        items = [item for group in groups for item in group]
        if not items:
            return True
        if failure is None:
            failure = self._ask([*self.kept, *items])
        if failure is None:
            self.kept += items
            return True
        if len(items) == 1:
            self.dropped.append((items[0], failure))
            return False
        first, second = _halves(groups)
        # With the first half kept, the second beside it is what has just failed.
        self.accept(second, failure if self.accept(first, None) else None)
        return False

    def _ask(self, items: Sequence[Item]) -> str | None:
        if self._left <= 0:
            raise _EnoughError
        self._left -= 1
        return self._fails(items)


def _halves(groups: Sequence[Group[Item]]) -> tuple[Sequence[Group[Item]], Sequence[Group[Item]]]:
    """Two parts: of the groups while there are several, else of the only one."""
    if len(groups) > 1:
        middle = len(groups) // 2
        return groups[:middle], groups[middle:]
    middle = len(groups[0]) // 2
    return [groups[0][:middle]], [groups[0][middle:]]
