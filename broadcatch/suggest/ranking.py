"""Which of the possible exceptions would a person catch? Near before far, explicit before implied.

The score of a type is the best over its evidence: weight of the kind (explicit raise 1.2, known of the callee
0.9, operation 0.8, documented only 0.7), times 0.55 for each call in between, times 0.3 if it is possible
but not what people expect there. Confidence: high from 0.75, medium from 0.4. Below 0.28 nothing is
proposed, unless the set is closed and there is nothing better.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from broadcatch.model.raising import Confidence, Evidence, EvidenceKind, Raised, RaiseSet
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.raises.solve import rank

WEIGHT = {"raise": 1.2, "knowledge": 0.9, "operation": 0.8, "documented": 0.7, "usage": 0.5, "observed": 1.2}
DECAY = 0.55
UNUSUAL = 0.3
LEAST = 0.28
LEAST_PROBED = 0.2
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
        return "high" if self.score >= 0.75 else "medium" if self.score >= 0.4 else "low"


def score(one: Raised) -> float:
    """How much one piece of evidence speaks for catching its type."""
    value: float = WEIGHT[one.evidence.kind] * DECAY ** len(one.evidence.via)
    return value if one.usual else value * UNUSUAL


def candidates(found: RaiseSet, body: list[ast.stmt], hierarchy: Hierarchy) -> list[Candidate]:
    """The types worth considering, best first; programming errors only where a one-line body probes."""
    by_type: dict[str, list[Raised]] = {}
    for one in found.raised:
        if _is_proposable(one, body, hierarchy):
            by_type.setdefault(one.type, []).append(one)
    made = [_candidate(type_, those) for type_, those in by_type.items()]
    proper = [one for one in made if one.type not in PROGRAMMING]
    probed = [one for one in made if one.type in PROGRAMMING]
    kept = proper + [one for one in probed if not proper or _by_callee(one)]
    likely = [one for one in kept if one.score >= (LEAST_PROBED if one.type in PROGRAMMING else LEAST)]
    chosen = likely or (proper if found.closed else [])
    return sorted(chosen, key=lambda one: (-one.score, one.type))


def _candidate(type_: str, those: list[Raised]) -> Candidate:
    evidence = tuple(one.evidence for one in sorted(those, key=rank))
    return Candidate(type_, max(map(score, those)), any(one.transient for one in those), evidence)


def _is_proposable(one: Raised, body: list[ast.stmt], hierarchy: Hierarchy) -> bool:
    if one.type in NEVER or hierarchy.is_subclass(one.type, "Exception") is False:
        return False
    if one.type in PROGRAMMING:
        return not one.evidence.via and _probes(body, one.evidence.kind)
    return one.type != "StopIteration" or not one.evidence.via


def _probes(body: list[ast.stmt], kind: EvidenceKind) -> bool:
    """One simple statement: what its callee is known for, its own operations only if it calls nothing."""
    if len(body) != 1 or not isinstance(body[0], (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)):
        return False
    calls = any(isinstance(node, ast.Call) for node in ast.walk(body[0]))
    return kind == "knowledge" or (kind == "operation" and not calls)


def _by_callee(one: Candidate) -> bool:
    return one.evidence[0].kind == "knowledge"
