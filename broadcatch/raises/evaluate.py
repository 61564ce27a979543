"""Which exceptions come out of a region? Union over what it runs, subtraction by clauses, in order."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace

from broadcatch.model.raising import Raised, Step
from broadcatch.program.module import Function
from broadcatch.raises.branching import is_refuted
from broadcatch.raises.evidence import Escapes, Summary, farther, moved
from broadcatch.raises.frames import NOTHING, Env, Frames, Node, lookup, regions_of
from broadcatch.raises.regions import (
    CallParameter,
    Guarded,
    Invoke,
    Item,
    Open,
    PutBack,
    Region,
    Spliced,
    Under,
    Within,
    Yield,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a region stands: values of parameters, what each clause around stopped (innermost last).

    `thrown`: what the body of a `with` throws in at the yields; `run`: what the region makes is run too;
    `inside`: the context managers whose text is being followed.
    """

    env: Env = NOTHING
    caught: tuple[Escapes, ...] = ()
    thrown: Escapes | None = None
    run: bool = False
    inside: tuple[Function, ...] = ()


class Evaluator:
    """Escapes of regions, given the summaries of the functions they call."""

    def __init__(
        self,
        frames: Frames,
        known: Callable[[Node], Summary],
        followed: Container[Function],
        catches: Callable[[str, str], bool],
    ) -> None:
        self._frames = frames
        self._known = known
        self._followed = followed
        self._catches = catches

    def of_function(self, node: Node) -> Escapes:
        """What comes out of a function."""
        return self.evaluate(self._frames.region(node.function), Frame(node.env))

    def evaluate(self, region: Region, frame: Frame, all_evidence: bool = False) -> Escapes:
        """What comes out of the region."""
        found = Escapes(all_evidence)
        for item in region:
            if isinstance(item, Raised):
                found.add(item)
            elif isinstance(item, Open):
                found.add_open(item)
            elif isinstance(item, Invoke):
                if frame.run or not item.later:
                    self._call(item, frame, found)
            else:
                found.update(self._nested(item, frame, all_evidence))
        return found

    def _call(self, call: Invoke, frame: Frame, into: Escapes) -> None:
        if call.function in self._followed:
            self._lift(call, self._known(self._frames.node(call, frame.env)), into)
        else:
            into.add_open(_beyond(call))

    def _nested(self, item: Item, frame: Frame, all_evidence: bool) -> Escapes:
        if isinstance(item, Guarded):
            return self._guarded(item, frame, all_evidence)
        if isinstance(item, Under):
            refuted = is_refuted(item.conditions, regions_of(frame.env))
            return Escapes(all_evidence) if refuted else self.evaluate(item.body, frame, all_evidence)
        if isinstance(item, CallParameter):
            return self._parameter(item, frame, all_evidence)
        if isinstance(item, Within):
            if item.later and not frame.run:
                return Escapes(all_evidence)
            inner = replace(frame, env=self._frames.within(item, frame.env))
            found = self.evaluate(item.body, inner, all_evidence)
            return _at(found, item.path, item.line) if item.line else found
        if isinstance(item, Spliced):
            return self._spliced(item, frame, all_evidence)
        if isinstance(item, PutBack) and item.level < len(frame.caught):
            return frame.caught[-1 - item.level]
        if isinstance(item, Yield) and frame.thrown is not None:
            return frame.thrown
        return Escapes(all_evidence)

    def _guarded(self, item: Guarded, frame: Frame, all_evidence: bool) -> Escapes:
        left = self.evaluate(item.body, frame, all_evidence)
        added = self.evaluate(item.orelse, frame, all_evidence)
        for clause in item.clauses:
            stopped, left = left.split(clause.types, self._catches)
            inner = replace(frame, caught=(*frame.caught, stopped))
            added.update(self.evaluate(clause.body, inner, all_evidence))
        final = self.evaluate(item.final, frame, all_evidence)
        if not item.swallows:
            final.update(left)
            final.update(added)
        return final

    def _parameter(self, item: CallParameter, frame: Frame, all_evidence: bool) -> Escapes:
        found = Escapes(all_evidence)
        closure = lookup(frame.env, item.parameter)
        if closure is None:
            found.add_open(Open(item.line, item.name, item.why))
            return found
        inner = Frame(closure.env, run=item.run or frame.run, inside=frame.inside)
        given = self.evaluate(closure.region, inner, all_evidence)
        for one in given.raised.values():
            found.add(moved(one, item.path, item.line))
        for point in given.open.values():
            why = point.why if point.hops else f"it is given `{point.call}`: {point.why}"
            found.add_open(Open(item.line, item.name, why if point.call else point.why, point.hops))
        return found

    def _spliced(self, item: Spliced, frame: Frame, all_evidence: bool) -> Escapes:
        """The text of a context manager around the body; what only passes through stays as it is."""
        function = item.call.function
        body = self.evaluate(item.body, frame, all_evidence)
        if function not in self._followed:
            body.add_open(_beyond(item.call))
            return body
        if function in frame.inside:
            body.add_open(Open(item.call.line, item.call.name, "a context manager that uses itself"))
            return body
        node = self._frames.node(item.call, frame.env)
        inner = Frame(node.env, thrown=body, inside=(*frame.inside, function))
        out = self.evaluate(self._frames.region(function), inner, all_evidence)
        through, own = Escapes(all_evidence), Escapes(all_evidence)
        for key, one in out.raised.items():
            (through if body.raised.get(key) is one else own).raised[key] = one
        for key, point in out.open.items():
            (through if body.open.get(key) is point else own).open[key] = point
        summary = Summary(tuple(own.raised.values()), None)
        self._lift(item.call, summary, through)
        for point in own.open.values():
            self._lift(item.call, Summary((), point), through)
        return through

    def _lift(self, call: Invoke, summary: Summary, into: Escapes) -> None:
        """A callee's summary as seen at the call: one hop further away, at the line of the call."""
        step = Step(call.name, call.path, call.line, call.function.qualname)
        for one in summary.raised:
            if into.wants(one.type, 1 + len(one.evidence.via)):
                into.add(farther(one, step))
        inner = summary.open
        if inner is not None:
            where = f"`{inner.call}` ({call.function.module.path}:{inner.line}): {inner.why}"
            why = inner.why if inner.hops else where
            into.add_open(Open(call.line, call.name, why, inner.hops + 1))


def _beyond(call: Invoke) -> Open:
    return Open(call.line, call.name, "too far away to be followed")


def _at(found: Escapes, path: str, line: int) -> Escapes:
    """The same, all of it coming out at one line."""
    here = Escapes(found.all_evidence)
    for one in found.raised.values():
        here.add(moved(one, path, line))
    for point in found.open.values():
        here.add_open(Open(line, point.call, point.why, point.hops))
    return here
