"""What has become of the findings since then? The nouns of `progress`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from broadcatch.model.baseline import Entry
from broadcatch.model.facts import Failure, Skipped

Course: TypeAlias = Literal["fixed", "silenced", "better", "worse", "new", "remaining"]
COURSES: tuple[Course, ...] = ("fixed", "better", "silenced", "new", "worse", "remaining")
"""What became of a handler: `better` and `worse` ones are there still, `silenced` ones are suppressed now."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One handler and what became of it.

    `before` is what it was (None where it is new), `after` what it is (None where it is gone). `line` and
    `score` (0 to 10, 0 where it is not ranked) are those of now; `why` says more, "" where there is no more.
    """

    course: Course
    before: Entry | None
    after: Entry | None
    line: int = 0
    score: float = 0.0
    why: str = ""

    @property
    def entry(self) -> Entry:
        """What it is, or was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("what moved was something")
        return found


@dataclass(frozen=True, slots=True)
class ProgressResult:
    """What became of all handlers with findings since `since`: a revision (its name: `commit`) or a baseline.

    `then` and `now` count them by tier. `moved` is sorted, riskiest first.
    """

    since: str
    moved: tuple[Moved, ...]
    commit: str = ""
    then: Mapping[str, int] = field(default_factory=dict)
    now: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def of(self, *courses: Course) -> tuple[Moved, ...]:
        """Those of which this became."""
        return tuple(one for one in self.moved if one.course in courses)

    @property
    def live(self) -> tuple[Moved, ...]:
        """Those with findings now."""
        return self.of("better", "worse", "new", "remaining")
