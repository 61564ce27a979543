"""What runs when a value is called? Functions, closures over parameters, and code in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from broadcatch.program.calls import is_deferred
from broadcatch.program.module import Function
from broadcatch.raises.regions import CallParameter, Invoke, Item, Parameter, Passed, Region, Within


@dataclass(frozen=True, slots=True)
class Made:
    """A function; `given`: what parameters of it, or of functions around it, stand for."""

    function: Function
    given: Given = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Whatever the caller passes for a parameter."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Code:
    """Anything else whose call runs a region: a lambda, a callable that the table knows.

    `later`: the call only makes a coroutine, which runs the region where it is awaited.
    """

    region: Region
    given: Given = ()
    later: bool = False


Value: TypeAlias = "Made | Held | Code"
Values: TypeAlias = "tuple[Value, ...]"
Given: TypeAlias = "tuple[tuple[Parameter, Values], ...]"
"""A value may be any of several; none at all means that it is not known."""
Place: TypeAlias = "tuple[str, int]"
"""File and line."""
NOWHERE: Place = ("", 0)
"""Where a function that is passed on is called shows only later."""


def settled(values: Values, given: Given) -> Values:
    """The values where parameters stand for what is given."""
    known = dict(given)
    found: list[Value] = []
    for value in values:
        if isinstance(value, Held):
            found += known.get(value.parameter, (value,))
        else:
            inner = tuple((one, settled(those, given)) for one, those in value.given)
            own = {one for one, _ in inner}
            kept = (*inner, *((one, those) for one, those in given if one not in own))
            found.append(replace(value, given=kept))
    return tuple(dict.fromkeys(found))


def passed(given: Given) -> Passed:
    """The same for the solver: the region that runs where the parameter is called."""
    return tuple((one, tuple(as_items(values, NOWHERE, one.name))) for one, values in given)


def as_items(
    values: Values, place: Place, name: str, run: bool | None = None, more: Given = ()
) -> Iterator[Item]:
    """Calling the value at a place. `run`: what it makes is run; None: that shows where the region is run."""
    path, line = place
    for value in values:
        if isinstance(value, Held):
            yield CallParameter(line, name, value.parameter, bool(run), path)
        elif isinstance(value, Made):
            later = is_deferred(value.function) and not run
            if not later or run is None:
                shown = name if run is not None else value.function.node.name
                yield Invoke(line, shown, value.function, path, passed((*more, *value.given)), later)
        elif value.later and run is False:
            continue
        elif value.given or line or value.later:
            body = _run(value.region) if run else value.region
            yield Within(passed(value.given), body, line, path, value.later and not run)
        else:
            yield from value.region


def _run(region: Region) -> Region:
    """The region where what it makes is run at once."""
    return tuple(replace(one, later=False) if isinstance(one, (Invoke, Within)) else one for one in region)
