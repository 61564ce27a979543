"""How often do both answer, and how often the same? Counts, the differences, and what is left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.targets.agree import Ours, agree, definite, overrides, phantoms
from benchmarks.targets.places import Place
from benchmarks.targets.truth import Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One call with both answers."""

    package: str
    path: str
    line: int
    text: str
    ours: Ours
    theirs: Answer

    @property
    def told(self) -> tuple[Place, ...]:
        """The functions and classes that the checker names."""
        return definite(self.theirs.places, self.text)

    @property
    def differs(self) -> bool:
        """Whether both answer, and not the same."""
        both = self.ours.resolved and bool(self.told)
        return both and not agree(self.ours, self.told) and not self.overridden

    @property
    def overridden(self) -> bool:
        """Whether both answer, and ours are overrides of the checker's."""
        both = self.ours.resolved and bool(self.told)
        return both and not agree(self.ours, self.told) and overrides(self.ours, self.told)


@dataclass(slots=True)
class Score:
    """Numbers of calls. Of those that `both` resolve, `same` agree; `below`: ours override the checker's.

    `missed` are calls that only the checker resolves; in `phantoms`, our answer names nothing.
    """

    calls: int = 0
    ours: int = 0
    theirs: int = 0
    both: int = 0
    same: int = 0
    below: int = 0
    missed: int = 0
    phantoms: int = 0
    unanswered: Counter[str] = field(default_factory=Counter)


def score(rows: Iterable[Row]) -> Score:
    """The counts of all rows."""
    total = Score()
    for row in rows:
        mine, told = row.ours.resolved, bool(row.told)
        total.calls += 1
        total.ours += mine
        total.theirs += told
        total.both += mine and told
        total.same += mine and told and not row.differs and not row.overridden
        total.below += row.overridden
        total.missed += told and not mine
        total.phantoms += mine and bool(phantoms(row.ours))
        if not told:
            state = row.theirs.state
            total.unanswered["variable" if state == "answered" else state] += 1
    return total


@dataclass(frozen=True, slots=True)
class OpenClass:
    """Calls left open for one reason; `told` of them the checker resolves."""

    why: str
    calls: int
    told: int
    examples: tuple[str, ...]


def open_classes(rows: Iterable[Row], examples: int = 4) -> Iterator[OpenClass]:
    """The reasons for which calls are left open, most frequent first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if not row.ours.resolved:
            groups.setdefault(without_names(row.ours.why or "no target"), []).append(row)
    for why, those in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])):
        told = [row for row in those if row.told]
        shown = (told + [row for row in those if not row.told])[:: max(len(those) // examples, 1)][:examples]
        yield OpenClass(why, len(those), len(told), tuple(map(example, shown)))


def example(row: Row) -> str:
    """One line: place, callee, and what the checker says."""
    said = ", ".join(one.name for one in row.told[:2]) or row.theirs.state
    return f"{row.package}/{row.path}:{row.line} {row.text} [{row.ours.why}] -> {said}"


def without_names(why: str) -> str:
    """A reason without the names of the case, so that cases of one kind are counted together."""
    text = re.sub(r"`[^`]*`", "`…`", why)
    text = re.sub(r"^\S+ has no", "… has no", text)
    text = re.sub(r"import of \S+", "import of …", text)
    text = re.sub(r"decorated by [^,]+", "decorated by …", text)
    return re.sub(r"(`…` of) \S+", r"\1 …", text)
