"""Which exceptions come out of a region? Union, subtraction by clauses, and a fixpoint over calls.

Sets only grow while solving and each type keeps its least evidence, so the result is the least fixpoint
and does not depend on the order in which functions are visited.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from broadcatch.model.raising import Raised, Step
from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Function
from broadcatch.raises.regions import Guarded, Invoke, Open, PutBack, Region, invoked

_KINDS = ("raise", "knowledge", "documented", "operation", "usage", "observed")


@dataclass(frozen=True, slots=True)
class Escapes:
    """What comes out: exceptions with their evidence, and what stays open."""

    raised: frozenset[Raised] = frozenset()
    open: frozenset[Open] = frozenset()

    def __or__(self, other: Escapes) -> Escapes:
        return Escapes(self.raised | other.raised, self.open | other.open)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a function lets out: the best evidence for each type, and the nearest open point."""

    raised: dict[str, Raised] = field(default_factory=dict)
    open: Open | None = None


def rank(one: Raised) -> tuple[object, ...]:
    """Sort key: nearest and most certain evidence first; total, so that ties do not depend on order."""
    why = one.evidence
    return (
        len(why.via),
        not one.usual,
        _KINDS.index(why.kind),
        why.path,
        why.line,
        one.line,
        why.detail,
        why.via,
    )


def evaluate(
    region: Region,
    summary_of: Callable[[Function], Summary],
    hierarchy: Hierarchy,
    caught: tuple[Escapes, ...] = (),
) -> Escapes:
    """The escapes of a region, given the summaries of the functions it calls.

    `caught` holds what each clause around has stopped, innermost last.
    """
    raised: set[Raised] = set()
    opened: set[Open] = set()
    for item in region:
        if isinstance(item, Raised):
            raised.add(item)
            continue
        if isinstance(item, Open):
            opened.add(item)
            continue
        if isinstance(item, Invoke):
            out = lift(summary_of(item.function), item)
        elif isinstance(item, PutBack):
            out = caught[-1 - item.level] if item.level < len(caught) else Escapes()
            out = Escapes(frozenset(replace(one, line=one.line) for one in out.raised), out.open)
        else:
            out = _guarded(item, summary_of, hierarchy, caught)
        raised |= out.raised
        opened |= out.open
    return Escapes(frozenset(raised), frozenset(opened))


def _guarded(
    item: Guarded,
    summary_of: Callable[[Function], Summary],
    hierarchy: Hierarchy,
    caught: tuple[Escapes, ...],
) -> Escapes:
    left = evaluate(item.body, summary_of, hierarchy, caught)
    added = evaluate(item.orelse, summary_of, hierarchy, caught)
    for clause in item.clauses:
        stopped = subtracted(left, clause.types, hierarchy)
        left = Escapes(left.raised - stopped.raised, left.open - stopped.open)
        added |= evaluate(clause.body, summary_of, hierarchy, (*caught, stopped))
    final = evaluate(item.final, summary_of, hierarchy, caught)
    return final if item.swallows else left | added | final


def subtracted(escapes: Escapes, types: tuple[str, ...], hierarchy: Hierarchy) -> Escapes:
    """The part that a clause of these types surely stops; all that is open stops at Exception."""
    stopped = frozenset(
        one for one in escapes.raised if any(hierarchy.catches(caught, one.type) for caught in types)
    )
    everything = "Exception" in types or "BaseException" in types
    return Escapes(stopped, escapes.open if everything else frozenset())


def lift(summary: Summary, call: Invoke) -> Escapes:
    """A callee's summary as seen at the call: one hop further away, at the line of the call."""
    step = Step(call.name, call.path, call.line, call.function.qualname)
    raised = frozenset(
        replace(one, line=call.line, evidence=replace(one.evidence, via=(step, *one.evidence.via)))
        for one in summary.raised.values()
    )
    inner = summary.open
    if inner is None:
        return Escapes(raised)
    where = f"`{inner.call}` ({call.function.module.path}:{inner.line}): {inner.why}"
    why = inner.why if inner.hops else where
    return Escapes(raised, frozenset({Open(call.line, call.name, why, inner.hops + 1)}))


def summarise(escapes: Escapes) -> Summary:
    """The best evidence for each type, and the nearest open point."""
    best: dict[str, Raised] = {}
    for one in escapes.raised:
        if one.type not in best or rank(one) < rank(best[one.type]):
            best[one.type] = one
    nearest = min(escapes.open, key=lambda o: (o.hops, o.line, o.call, o.why), default=None)
    return Summary(best, nearest)


class Solver:
    """Summaries of functions, made when asked for and kept."""

    def __init__(self, region_of: Callable[[Function], Region], hierarchy: Hierarchy) -> None:
        self._region_of = region_of
        self._hierarchy = hierarchy
        self._regions: dict[Function, Region] = {}
        self._summaries: dict[Function, Summary] = {}

    def escapes(self, region: Region) -> Escapes:
        """What comes out of a region, with everything that it reaches solved first."""
        self._solve(self._reach(region))
        return evaluate(region, self._summary, self._hierarchy)

    def region(self, function: Function) -> Region:
        """The region of a function, made once."""
        if function not in self._regions:
            self._regions[function] = self._region_of(function)
        return self._regions[function]

    def _summary(self, function: Function) -> Summary:
        return self._summaries.get(function, Summary())

    def _reach(self, region: Region) -> list[Function]:
        """Functions reached and not yet solved, callees before callers where there is no circle."""
        order: list[Function] = []
        seen = set(self._summaries)
        stack: list[tuple[Function | None, list[Function]]] = [(None, list(invoked(region)))]
        while stack:
            function, left = stack[-1]
            if not left:
                stack.pop()
                if function is not None:
                    order.append(function)
                continue
            callee = left.pop()
            if callee not in seen:
                seen.add(callee)
                stack.append((callee, list(invoked(self.region(callee)))))
        return order

    def _solve(self, order: list[Function]) -> None:
        callers: dict[Function, set[Function]] = {}
        for function in order:
            for callee in invoked(self._regions[function]):
                callers.setdefault(callee, set()).add(function)
        position = {function: index for index, function in enumerate(order)}
        waiting = set(order)
        while waiting:
            for function in sorted(waiting, key=position.__getitem__):
                waiting.discard(function)
                new = summarise(evaluate(self._regions[function], self._summary, self._hierarchy))
                if new != self._summaries.get(function):
                    self._summaries[function] = new
                    waiting |= callers.get(function, set())
