"""What do the rules say of the new text? A rewrite must mend what asked for it and bring nothing worse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from broadcatch.mend.case import clause_of
from broadcatch.model.facts import Failure
from broadcatch.model.findings import SEVERITIES, Finding
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.moved import Moved
from broadcatch.rewrite.values import Rewrite

Rules: TypeAlias = Callable[[str], Sequence[Finding] | Failure]
"""The findings in a text that stands for the file."""
STAGED: frozenset[Kind] = frozenset({"split", "translate", "worker"})
"""Kinds that leave a broad clause behind, or copies of its body, on purpose."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The lines of one handler: its `except`, its last one, and its `try`."""

    line: int
    end_line: int
    try_line: int


@dataclass(frozen=True, slots=True)
class Review:
    """What is found in one file before its rewrites, and how it is found in the text after them."""

    before: tuple[Finding, ...]
    clauses: tuple[Clause, ...]
    rules: Rules
    codes: dict[Rewrite, tuple[str, ...]] = field(default_factory=dict)

    def objections(self, before: str, after: str, rewrites: Sequence[Rewrite]) -> Mapping[Rewrite, str]:
        """Rewrites that must not be made, with the reason. Notes which findings the others answer."""
        found = self.rules(after)
        if isinstance(found, Failure):
            return dict.fromkeys(rewrites, f"the result cannot be read: {found.message}")
        now = _live(found)
        moved = Moved(before, after, [edit for one in rewrites for edit in one.edits])
        idle = dict(self._idle(rewrites, now, moved))
        return idle or dict(self._worse(rewrites, now, moved))

    def asked_by(self, rewrite: Rewrite) -> tuple[Finding, ...]:
        """The findings that a rewrite is for: those at its place, else those of the handler around it."""
        at = [one for one in self.before if one.span.line == rewrite.line]
        within = [one for one in self.before if clause_of(one) == rewrite.line]
        if at or within:
            return tuple(at or within)
        around = [one.line for one in self.clauses if one.line <= rewrite.line <= one.end_line]
        return tuple(one for one in self.before if around and clause_of(one) == max(around))

    def _idle(
        self, rewrites: Sequence[Rewrite], now: Sequence[Finding], moved: Moved
    ) -> Iterator[tuple[Rewrite, str]]:
        """Rewrites after which every finding that asked for them stands as it stood."""
        standing: dict[tuple[str, int], int] = {}
        for one in now:
            standing[one.code, one.span.line] = SEVERITIES.index(one.severity)
        for rewrite in rewrites:
            asked = self.asked_by(rewrite)
            mended = [
                one
                for one in asked
                if standing.get((one.code, moved.line(one.span.line, one.span.column)), -1)
                < SEVERITIES.index(one.severity)
            ]
            self.codes[rewrite] = tuple(dict.fromkeys(one.code for one in mended or asked))
            if asked and not mended and rewrite.kind not in STAGED:
                yield rewrite, f"the finding would stand as before: {asked[0].code}"

    def _worse(
        self, rewrites: Sequence[Rewrite], now: Sequence[Finding], moved: Moved
    ) -> Iterator[tuple[Rewrite, str]]:
        """The rewrite nearest to each line that has more findings than before, or graver ones.

        A clause that is copied on purpose may bring again what its function had.
        """
        earlier = _by_line((moved.line(one.span.line, one.span.column), one) for one in self.before)
        kept = [one for one in now if not self._takes_the_place(one, rewrites, moved)]
        for line, found in _by_line((one.span.line, one) for one in kept).items():
            grades = [_grade(one) for one in earlier[line]] + [-1] * len(found)
            if all(_grade(one) <= grade for one, grade in zip(found, grades, strict=False)):
                continue
            known = {one.code for one in earlier[line]}
            new = next((one for one in found if one.code not in known), found[0])
            nearest = min(rewrites, key=lambda one: abs(moved.line(one.line) - line))
            had = {one.code for one in self.before if one.function == new.function}
            if nearest.kind not in STAGED or new.code not in had:
                yield nearest, f"it would bring {new.code}: {new.message}"

    def _takes_the_place(self, new: Finding, rewrites: Sequence[Rewrite], moved: Moved) -> bool:
        """Whether a finding of a clause only tells of it what a mended one, no milder, had the word for.

        A record that gains the traceback still is where the error ends.
        """
        asked = (each for one in rewrites if one.kind == "traceback" for each in self.asked_by(one))
        there = [one for one in asked if moved.line(clause_of(one)) == clause_of(new) != 0]
        return any(_grade(one) >= _grade(new) and one.code != new.code for one in there)


def _by_line(findings: Iterable[tuple[int, Finding]]) -> Mapping[int, Sequence[Finding]]:
    """The findings of each line that a run may fail for, the gravest first."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for line, one in sorted(findings, key=lambda pair: _grade(pair[1]), reverse=True):
        if one.severity != "note":
            found[line].append(one)
    return found


def _grade(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _live(findings: Sequence[Finding]) -> Sequence[Finding]:
    return [one for one in findings if one.suppressed is None]
