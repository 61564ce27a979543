"""Which evidence is the best, and what comes out of a region so far? Sets that keep the best of each type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from broadcatch.model.raising import Evidence, Raised, Step
from broadcatch.raises.regions import Open

_KINDS = ("raise", "knowledge", "documented", "operation", "usage", "observed")


def rank(one: Raised) -> tuple[object, ...]:
    """Sort key: nearest and most certain evidence first; total, so that ties do not depend on order.

    What is only documented comes after all that the code shows.
    """
    why = one.evidence
    return (
        why.kind == "documented",
        len(why.via),
        not one.usual,
        _KINDS.index(why.kind),
        why.path,
        why.line,
        one.line,
        why.detail,
        tuple((step.call, step.path, step.line) for step in why.via),
    )


def nearness(one: Open) -> tuple[object, ...]:
    """Sort key: the nearest open point first."""
    return (one.hops, one.line, one.call, one.why)


def stands_for_subclasses(one: Raised) -> bool:
    """Whether what is raised may be of a subclass: what a `raise` statement makes is what it says.

    `OSError(number, text)` makes the subclass that the number means.
    """
    return one.evidence.kind != "raise" or one.type == "OSError"


@dataclass(slots=True)
class Escapes:
    """What comes out: exceptions with their evidence, and what stays open.

    With `all_evidence` every way is kept, else the best evidence for each type and the nearest open point.
    """

    all_evidence: bool = False
    raised: dict[object, Raised] = field(default_factory=dict)
    open: dict[object, Open] = field(default_factory=dict)

    def add(self, one: Raised) -> None:
        """One more way in which a type may come out."""
        key = one if self.all_evidence else one.type
        known = self.raised.get(key)
        if known is None or (known is not one and rank(one) < rank(known)):
            self.raised[key] = one

    def add_open(self, one: Open) -> None:
        """One more thing that is not resolved."""
        key = one if self.all_evidence else ""
        known = self.open.get(key)
        if known is None or (known is not one and nearness(one) < nearness(known)):
            self.open[key] = one

    def update(self, other: Escapes) -> None:
        """All of `other` too."""
        for one in other.raised.values():
            self.add(one)
        for point in other.open.values():
            self.add_open(point)

    def wants(self, type_: str, hops: int) -> bool:
        """Whether evidence for the type that is so many calls away could be better than what is there."""
        if self.all_evidence:
            return True
        known = self.raised.get(type_)
        if known is None or known.evidence.kind == "documented":
            return True
        return hops <= len(known.evidence.via)

    def split(self, types: Iterable[str], catches: Callable[[str, str], bool]) -> tuple[Escapes, Escapes]:
        """(what a clause of these types stops, the rest); all that is open stops at Exception.

        A type that stands for its subclasses may be stopped as one of them, and stays in the rest.
        """
        names = tuple(types)
        stopped, left = Escapes(self.all_evidence), Escapes(self.all_evidence)
        for key, one in self.raised.items():
            if any(catches(name, one.type) for name in names):
                stopped.raised[key] = one
                continue
            left.raised[key] = one
            for name in names if stands_for_subclasses(one) else ():
                if catches(one.type, name):
                    stopped.add(replace(one, type=name))
        everything = "Exception" in names or "BaseException" in names
        (stopped if everything else left).open = dict(self.open)
        return stopped, left


@dataclass(frozen=True, slots=True)
class Summary:
    """What a function lets out: the best evidence for each type, and the nearest open point."""

    raised: tuple[Raised, ...] = ()
    open: Open | None = None


def summary_of(escapes: Escapes) -> Summary:
    """The summary that makes of what comes out of a function's body."""
    best = sorted(escapes.raised.values(), key=lambda one: one.type)
    return Summary(tuple(best), next(iter(escapes.open.values()), None))


def farther(one: Raised, step: Step) -> Raised:
    """The same exception one call further away, at the line of the call."""
    why = one.evidence
    evidence = Evidence(why.kind, why.path, why.line, why.detail, (step, *why.via))
    return Raised(one.type, step.line, evidence, one.transient, one.usual, one.by_data)


def moved(one: Raised, path: str, line: int) -> Raised:
    """The same exception as it comes out at another place: where a function that was passed is called."""
    why = one.evidence
    if why.via and not why.via[0].line:
        first = replace(why.via[0], path=path, line=line)
        why = replace(why, via=(first, *why.via[1:]))
    return Raised(one.type, line, why, one.transient, one.usual, one.by_data)
