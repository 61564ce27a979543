"""Which of the possible exceptions would a person catch? Near before far, explicit before implied.

The score of a type is the best over its evidence: weight of the kind (explicit raise 1.2, known of the callee
0.9, operation 0.8, documented only 0.7), times 0.55 for each call in between, times 0.3 if it is possible
but not what people expect there. Confidence: high from 0.75, medium from 0.4. Below 0.28 nothing is
proposed, unless the set is closed: then every proper type is, so that the answer stops all that can come.
A programming error alone must have at least medium confidence; one that the data decides is as proper as
any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from broadcatch.model.raising import Confidence, Evidence, EvidenceKind, Raised, RaiseSet
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.raises.evidence import rank

WEIGHT = {"raise": 1.2, "knowledge": 0.9, "operation": 0.8, "documented": 0.7, "usage": 0.5, "observed": 1.2}
DECAY = 0.55
UNUSUAL = 0.3
LEAST = 0.28
LEAST_PROBED = 0.2
MEDIUM = 0.4
NEVER = frozenset({"StopAsyncIteration", "GeneratorExit", "Exception", "Warning"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type that may be proposed, with its evidence, best first."""

    type: str
    score: float
    transient: bool
    evidence: tuple[Evidence, ...]

    @property
    def confidence(self) -> Confidence:
        return "high" if self.score >= 0.75 else "medium" if self.score >= MEDIUM else "low"


def score(one: Raised) -> float:
    """How much one piece of evidence speaks for catching its type."""
    value: float = WEIGHT[one.evidence.kind] * DECAY ** len(one.evidence.via)
    return value if one.usual else value * UNUSUAL


def candidates(found: RaiseSet, body: list[ast.stmt], hierarchy: Hierarchy) -> list[Candidate]:
    """The types worth considering, best first: of a closed set all proper ones, else the likely ones.

    Programming errors count only where a one-line body probes, or where the data decides.
    """
    proper = [
        one
        for one in _by_type(one for one in found.raised if _is_proper(one, hierarchy, found.closed))
        if found.closed or one.score >= LEAST
    ]
    known = {one.type for one in proper}
    probed = [
        one
        for one in _by_type(one for one in found.raised if _is_probed(one, body) and one.type not in known)
        if (one.score >= LEAST_PROBED and _by_callee(one) if proper else one.score >= MEDIUM)
    ]
    if all(one.type in PROGRAMMING and one.score < MEDIUM for one in proper):
        proper = []
    return sorted([*proper, *probed], key=lambda one: (-one.score, one.type))


def _by_type(found: Iterable[Raised]) -> list[Candidate]:
    by_type: dict[str, list[Raised]] = {}
    for one in found:
        by_type.setdefault(one.type, []).append(one)
    return [_candidate(type_, those) for type_, those in by_type.items()]


def _candidate(type_: str, those: list[Raised]) -> Candidate:
    evidence = tuple(one.evidence for one in sorted(those, key=rank))
    return Candidate(type_, max(map(score, those)), any(one.transient for one in those), evidence)


def _is_proper(one: Raised, hierarchy: Hierarchy, closed: bool) -> bool:
    """Whether the type is an error of what the program works on, not of the program."""
    if one.type in NEVER or hierarchy.is_subclass(one.type, "Exception") is False:
        return False
    if one.type in PROGRAMMING:
        return one.by_data
    return closed or one.type != "StopIteration" or not one.evidence.via


def _is_probed(one: Raised, body: list[ast.stmt]) -> bool:
    return one.type in PROGRAMMING and not one.evidence.via and _probes(body, one.evidence.kind)


def _probes(body: list[ast.stmt], kind: EvidenceKind) -> bool:
    """One simple statement: what its callee is known for, its own operations only if it calls nothing."""
    if len(body) != 1 or not isinstance(body[0], (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)):
        return False
    calls = any(isinstance(node, ast.Call) for node in ast.walk(body[0]))
    return kind == "knowledge" or (kind == "operation" and not calls)


def _by_callee(one: Candidate) -> bool:
    return one.evidence[0].kind == "knowledge"
