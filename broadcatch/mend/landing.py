"""Where does it land? Each unsafe rewrite is told where what now escapes is caught next, and graded by it.

What ends where nobody hears of it (a thread, a task that nobody waits for, `__del__`, a callback of C) is
only shown, unless the request allows such escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.mend.landing_words import ANYTHING, ends_words, lost_words, waiting_words
from broadcatch.model.escaping import Landed, Landing
from broadcatch.model.findings import Edit
from broadcatch.model.fixing import FixRequest
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.callers import Callers
from broadcatch.rewrite.values import Rewrite
from broadcatch.runs.asking import callers_of, judge_of
from broadcatch.runs.landing import landed_beyond

Grade: TypeAlias = Callable[[Sequence[Rewrite]], tuple[Rewrite, ...]]
NEAR = 2
"""So many calls away from the clause an end is near."""
MOST_TYPES = 12
"""So many classes are followed for one rewrite; of a base and what derives from it only the base."""
MOST_FUNCTIONS = 200
"""So many functions are looked at on the way up, the nearest first."""


class Ways:
    """Follows what escapes up the calls of a project; its files are read on the first question."""

    def __init__(self, engine: Callable[[], Engine], config: Config, request: FixRequest) -> None:
        self._make = engine
        self._config = config
        self._request = request
        self._judge = judge_of(config)
        self._known: dict[tuple[str, int, str], tuple[Landed, ...]] = {}

    @cached_property
    def _engine(self) -> Engine:
        return self._make()

    @cached_property
    def _callers(self) -> Callers:
        return callers_of(self._engine, self._config)

    def graded(self, rewrites: Sequence[Rewrite]) -> tuple[Rewrite, ...]:
        """The rewrites of one file, the unsafe ones with where they land; those that lose errors only shown.

        Where one is only shown, so is every other that shares an edit with it.
        """
        found = [self._graded(one) for one in rewrites]
        demoted = [one for one, was in zip(found, rewrites, strict=True) if one.safety != was.safety]
        edits = {edit: one for one in demoted for edit in one.edits}
        return tuple(_with_others(one, edits) for one in found)

    def _graded(self, rewrite: Rewrite) -> Rewrite:
        if rewrite.safety != "unsafe" or not self._request.unsafe or not rewrite.leaves:
            return rewrite
        groups = self._landed(rewrite, rewrite.leaves)
        lands = (*(ends_words(one) for one in groups), *self._waiting(rewrite, groups))
        lost = [
            (one, end) for one in groups for end in one.landings if end.lost and _counts(rewrite, one, end)
        ]
        if lost and not self._request.allow_escape:
            return replace(rewrite, safety="display", reason=lost_words(*lost[0]), lands=lands)
        return replace(rewrite, lands=lands)

    def _waiting(self, rewrite: Rewrite, after: Iterable[Landed]) -> Iterator[str]:
        """Clauses that wait for what no longer leaves, and take nothing of what now does."""
        taken = {(end.path, end.line) for one in after for end in one.landings if end.kind == "handler"}
        for one in self._landed(rewrite, rewrite.gone):
            for end in one.landings:
                if end.kind == "handler" and (end.path, end.line) not in taken and not _is_broad(end):
                    yield waiting_words(one, end)

    def _landed(self, rewrite: Rewrite, types: Sequence[str]) -> tuple[Landed, ...]:
        line = rewrite.clause or rewrite.line
        return landed_beyond(rewrite.path, line, self._few(types), self._callers, self._judge, MOST_FUNCTIONS)

    def _few(self, types: Sequence[str]) -> list[str]:
        below = self._engine.resolver.hierarchy.is_subclass
        named = [one for one in types if one != ANYTHING]
        heads = [one for one in named if not any(one != other and below(one, other) for other in named)]
        return [*heads[:MOST_TYPES], *(one for one in types if one == ANYTHING)]


def _counts(rewrite: Rewrite, group: Landed, end: Landing) -> bool:
    """Whether a lost end speaks against the rewrite: of what is only thinkable the ends near by.

    Farther up every other call on the way may fail as well, and nobody hears of it either; and of a closed
    answer nothing is even thinkable but mistakes of the program.
    """
    return set(group.types) != {ANYTHING} or (len(end.chain) <= NEAR and not rewrite.closed)


def _with_others(rewrite: Rewrite, demoted: Mapping[Edit, Rewrite]) -> Rewrite:
    shared = next((demoted[edit] for edit in rewrite.edits if edit in demoted), None)
    if shared is None or rewrite.safety == "display":
        return rewrite
    return replace(rewrite, safety="display", reason=shared.reason)


def _is_broad(end: Landing) -> bool:
    return not end.caught or any(
        one.rpartition(".")[2] in ("Exception", "BaseException") for one in end.caught
    )
