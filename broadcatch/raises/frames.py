"""In which circumstances is a region evaluated? What its parameters stand for, and what clauses caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from broadcatch.program.module import Function
from broadcatch.raises.branching import is_refuted
from broadcatch.raises.regions import (
    CallParameter,
    Guarded,
    Invoke,
    Open,
    Parameter,
    Passed,
    Region,
    Spliced,
    Under,
    Within,
    mentioned,
    parts,
)

DEEPEST = 4
"""Functions passed to functions passed to …: further than this, what is called counts as unknown."""


class Closure:
    """A region with the values of the parameters that it uses; equal ones are the same for the solver."""

    __slots__ = ("_hash", "depth", "env", "region")

    def __init__(self, region: Region, env: Env) -> None:
        self.region = region
        self.env = env
        self.depth: int = 1 + max((inner.depth for _, inner in env), default=0)
        self._hash = hash((region, env))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        same = isinstance(other, Closure) and self._hash == other._hash
        return same and self.region == other.region and self.env == other.env  # type: ignore[attr-defined]


Env = frozenset[tuple[Parameter, Closure]]
NOTHING: Env = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """A function together with what its parameters (and those of functions around it) stand for."""

    function: Function
    env: Env = NOTHING


@dataclass(frozen=True, slots=True)
class Call:
    """A call with what the parameters around it stand for; `spliced`: of a manager run around a body."""

    invoke: Invoke
    env: Env = NOTHING
    spliced: bool = False

    @property
    def function(self) -> Function:
        """The function that is called."""
        return self.invoke.function


class Frames:
    """Parameters that regions use, and the values they get at a call; remembered by function."""

    def __init__(self, region_of: Callable[[Function], Region]) -> None:
        self.region = region_of
        self._used: dict[Function, frozenset[Parameter]] = {}

    def calls(self, region: Region, env: Env) -> Iterator[Call]:
        """Every call that running the region may make directly."""
        todo: list[tuple[Region, Env]] = [(region, env)]
        while todo:
            current, around = todo.pop()
            for item in current:
                if isinstance(item, Invoke):
                    yield Call(item, around)
                elif isinstance(item, Guarded):
                    todo += [(part, around) for part in parts(item)]
                elif isinstance(item, Under):
                    if not is_refuted(item.conditions, regions_of(around)):
                        todo.append((item.body, around))
                elif isinstance(item, Within):
                    todo.append((item.body, self.within(item, around)))
                elif isinstance(item, CallParameter):
                    closure = lookup(around, item.parameter)
                    if closure is not None:
                        todo.append((closure.region, closure.env))
                elif isinstance(item, Spliced):
                    todo.append((item.body, around))
                    yield Call(item.call, around, spliced=True)

    def node(self, call: Invoke, env: Env) -> Node:
        """The function of a call with what the call passes; only what it uses is kept."""
        used = self.used_by(call.function)
        return Node(call.function, self._bound(used, call.passed, env)) if used else Node(call.function)

    def within(self, item: Within, env: Env) -> Env:
        """The values of parameters inside a returned closure."""
        return self._bound(self._used_in(item.body, ()), item.passed, env)

    def used_by(self, function: Function) -> frozenset[Parameter]:
        """Parameters, its own and those of functions around it, that running the function may call."""
        if function not in self._used:
            self._used[function] = self._used_in(self.region(function), (function,))
        return self._used[function]

    def _bound(self, used: Iterable[Parameter], passed: Passed, env: Env) -> Env:
        given = dict(passed)
        around = dict(env)
        found = set()
        for parameter in used:
            if parameter in given:
                closure = self._closed(given[parameter], around)
                if closure is not None:
                    found.add((parameter, closure))
            elif parameter in around:
                found.add((parameter, around[parameter]))
        return frozenset(found)

    def _closed(self, region: Region, around: dict[Parameter, Closure]) -> Closure | None:
        """The region with the parameters that it uses; one that is handed on is what it stands for."""
        if len(region) == 1 and isinstance(region[0], CallParameter) and not region[0].run:
            return around.get(region[0].parameter)
        used = self._used_in(region, ()) if around else frozenset()
        closure = Closure(region, frozenset(one for one in around.items() if one[0] in used))
        if closure.depth <= DEEPEST:
            return closure
        return Closure((Open(0, "", "functions are passed too deep to be followed"),), NOTHING)

    def _used_in(self, region: Region, seen: tuple[Function, ...]) -> frozenset[Parameter]:
        found: set[Parameter] = set()
        for item in region:
            if isinstance(item, CallParameter):
                found.add(item.parameter)
            elif isinstance(item, Guarded):
                for part in parts(item):
                    found |= self._used_in(part, seen)
            elif isinstance(item, Under):
                found |= self._used_in(item.body, seen) | set(mentioned(item.conditions))
            elif isinstance(item, Within):
                found |= self._used_in(item.body, seen) - {one for one, _ in item.passed}
                found |= self._used_in(_passed(item.passed), seen)
            elif isinstance(item, Spliced):
                found |= self._used_in(item.body, seen) | self._used_in((item.call,), seen)
            elif isinstance(item, Invoke):
                found |= self._used_in(_passed(item.passed), seen)
                found |= self._from_around(item.function, seen)
        return frozenset(found)

    def _from_around(self, function: Function, seen: tuple[Function, ...]) -> frozenset[Parameter]:
        """Parameters of functions around `function` that it uses."""
        if function.outer is None or function in seen:
            return frozenset()
        inner = self._used.get(function)
        if inner is None:
            inner = self._used_in(self.region(function), (*seen, function))
        return frozenset(one for one in inner if one.function is not function)


def _passed(passed: Passed) -> Region:
    return tuple(item for _, region in passed for item in region)


def regions_of(env: Env) -> dict[Parameter, Region]:
    """What each parameter runs when it is called, or the constant that it is."""
    return {parameter: closure.region for parameter, closure in env}


def lookup(env: Env, parameter: Parameter) -> Closure | None:
    """What the parameter stands for, None if that is not known."""
    for one, closure in env:
        if one == parameter:
            return closure
    return None
