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
class Invoke:
    """A call that runs a function of the project; it stands in the file `path`."""

    line: int
    name: str
    function: Function
    path: str


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
    """A try statement, or a `suppress`; `swallows`: the finally block ends in a return."""

    body: Region
    clauses: tuple[ClauseRegion, ...]
    orelse: Region = ()
    final: Region = ()
    swallows: bool = False


Item: TypeAlias = "Raised | Open | Invoke | PutBack | Guarded"
Region: TypeAlias = "tuple[Item, ...]"


def invoked(region: Region) -> Iterator[Function]:
    """Every function that the region may run directly."""
    for item in region:
        if isinstance(item, Invoke):
            yield item.function
        elif isinstance(item, Guarded):
            for part in (item.body, *(clause.body for clause in item.clauses), item.orelse, item.final):
                yield from invoked(part)
