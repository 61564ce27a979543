"""What does a piece of code do about exceptions? A small tree for the solver, without any syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.model.raising import Raised
from broadcatch.program.module import Function


@dataclass(frozen=True, slots=True)
class Open:
    """Something unresolved: it may raise anything. `hops` counts the calls between here and it."""

    line: int
    call: str
    why: str
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function, as something whose value may be called."""

    function: Function
    name: str


@dataclass(frozen=True, slots=True)
class Invoke:
    """A call that runs a function with source; it stands in the file `path`.

    `passed`: what runs when the function calls one of its parameters, as far as the call tells. `later`:
    the call only makes a coroutine or generator, which runs where the caller of the code around runs it.
    """

    line: int
    name: str
    function: Function
    path: str = ""
    passed: Passed = ()
    later: bool = False


@dataclass(frozen=True, slots=True)
class CallParameter:
    """A call of a parameter in the file `path`: what the caller passed is run.

    `run`: the coroutine or generator that it makes, too.

    `why` is the reason to give where the caller's argument is not known.
    """

    line: int
    name: str
    parameter: Parameter
    run: bool = False
    path: str = ""
    why: str = "a parameter is called"


@dataclass(frozen=True, slots=True)
class Within:
    """A region in which parameters of functions around have known values (a closure that was returned).

    Where `line` is given, everything comes out at that line. `later` as that of an `Invoke`.
    """

    passed: Passed
    body: Region
    line: int = 0
    path: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Yield:
    """Where a generator hands over; what is thrown into it comes out here."""

    line: int


@dataclass(frozen=True, slots=True)
class Spliced:
    """`with function(): body`, for a generator that is a context manager: the body runs at its yield."""

    call: Invoke
    body: Region


@dataclass(frozen=True, slots=True)
class PutBack:
    """`raise` of what a clause caught; `level` 0 is the innermost clause around."""

    line: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class ClauseRegion:
    """A clause that stops `types` (what cannot be resolved is left out: it stops nothing).

    `line` is the row of the `except` or the `with`, in the same file as the code that it guards.
    """

    types: tuple[str, ...]
    body: Region = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Guarded:
    """A try statement, or a `suppress`; `swallows`: the finally block ends by leaving."""

    body: Region
    clauses: tuple[ClauseRegion, ...]
    orelse: Region = ()
    final: Region = ()
    swallows: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a parameter stands for is a constant, by its `repr`, or no more than its classes are known.

    `kinds` are the full names of its class and all above it; it is of that very class, and never None. As
    something that is run it does nothing.
    """

    value: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of a parameter against constants, by their `repr`, and whether it `holds`.

    `test`: "truth", "is", "==", "in" (any of `values`), or "isinstance" (full names of classes). Where all
    conditions of one of `unless` are met, the parameter was bound to something else before.
    """

    parameter: Parameter
    test: str
    values: tuple[str, ...] = ()
    holds: bool = True
    unless: tuple[tuple[Condition, ...], ...] = ()


def mentioned(conditions: tuple[Condition, ...]) -> Iterator[Parameter]:
    """The parameters that conditions are about."""
    for one in conditions:
        yield one.parameter
        for others in one.unless:
            yield from mentioned(others)


@dataclass(frozen=True, slots=True)
class Under:
    """A region that runs only where all conditions are met."""

    conditions: tuple[Condition, ...]
    body: Region


Item: TypeAlias = (
    "Raised | Open | Invoke | CallParameter | Within | Yield | Spliced | PutBack | Guarded | Known | Under"
)
Region: TypeAlias = "tuple[Item, ...]"
Passed: TypeAlias = "tuple[tuple[Parameter, Region], ...]"


def parts(item: Guarded) -> Iterator[Region]:
    """The regions directly inside a try statement."""
    yield item.body
    for clause in item.clauses:
        yield clause.body
    yield item.orelse
    yield item.final
