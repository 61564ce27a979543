"""What does a report tell beside the ranking? What has changed, who owns it, and each handler from near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from broadcatch.model.explaining import Way
from broadcatch.model.facts import Failure
from broadcatch.model.findings import Safety, Severity
from broadcatch.model.raising import Suggestion
from broadcatch.model.ranking import FileRisk, HandlerRisk, History, Tier

TIERS: tuple[Tier, ...] = ("low", "medium", "high")
"""From least to most risky."""
Change: TypeAlias = Literal["new", "fixed", "worse", "better"]
CHANGES: tuple[Change, ...] = ("new", "worse", "better", "fixed")


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is asked for beside the ranking; each costs something.

    `compare` is a revision of git ("" for none). `history` asks git about each file, `owners` the CODEOWNERS,
    `details` the code and the findings of each handler, `suggestions` the inference, `reach` the call graph.
    `top`: only about so many handlers suggestions are made.
    """

    compare: str = ""
    history: bool = False
    owners: bool = False
    details: bool = False
    suggestions: bool = False
    reach: bool = False
    top: int | None = None


PLAIN_REPORT = ReportRequest()


@dataclass(frozen=True, slots=True)
class HandlerChange:
    """One handler that is not what it was; `before` is None for a new one, `after` for one that is fixed.

    `worse` and `better`: its tier differs, or its score by a point or more. `instead` is the clause of a
    fixed one that was narrowed (`except KeyError`), "" where it is gone.
    """

    kind: Change
    before: HandlerRisk | None
    after: HandlerRisk | None
    instead: str = ""

    @property
    def risk(self) -> HandlerRisk:
        """The handler as it is, or as it was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is one of something")
        return found


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file whose handlers are not what they were; `counts` says how many of them changed how."""

    path: str
    before: FileRisk | None
    after: FileRisk | None
    counts: Mapping[Change, int] = field(default_factory=dict)

    @property
    def rose(self) -> bool:
        """Whether its tier is higher than it was; a file without broad handlers counts as low."""
        return TIERS.index(self.tiers[0]) < TIERS.index(self.tiers[1])

    @property
    def tiers(self) -> tuple[Tier, Tier]:
        """Its tier before and after."""
        return self.before.tier if self.before else "low", self.after.tier if self.after else "low"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed since `revision` (as asked for; `commit` is its full name), riskiest first.

    `handlers` and `files` are those that changed, `before` the number of handlers of
    each tier then, suppressed ones aside.
    """

    revision: str
    commit: str
    handlers: tuple[HandlerChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    before: Mapping[Tier, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def count(self, kind: Change, tier: Tier | None = None) -> int:
        """How many handlers changed so; of `tier` alone (that before, for what is fixed)."""
        return sum(one.kind == kind and tier in (None, one.risk.tier) for one in self.handlers)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule says of a handler."""

    code: str
    name: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A rewrite that `fix` offers for a handler, or would if it were sure: `diff` holds its hunks."""

    title: str
    safety: Safety
    diff: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One handler from near: rows of its file that tell about it, in order, and what is known of it."""

    path: str
    line: int
    code: tuple[tuple[int, str], ...]
    ways: tuple[Way, ...] = ()
    rules: tuple[Rule, ...] = ()
    suggestion: Suggestion | None = None
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a report was asked for beside the ranking; the mappings are by path, `details` by path and line.

    Of files without owner or history there is no entry. `asked` tells an empty answer from none; `project` is
    the name of the folder that holds all.
    """

    asked: ReportRequest = PLAIN_REPORT
    comparison: Comparison | None = None
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    histories: Mapping[str, History] = field(default_factory=dict)
    details: Mapping[tuple[str, int], Detail] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    project: str = ""


NOTHING = Beside()
