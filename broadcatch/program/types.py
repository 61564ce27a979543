"""How is the class of a value written down? `Type`, and the plain rules about containers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from broadcatch.program.module import Class, Function


@dataclass(frozen=True, slots=True)
class Type:
    """The class of a value: dotted name, element types, and the project's own definition if there is one.

    Besides class names: `class` (the class `target` itself), `super`, `coroutine` and `generator` (of the
    function `target`, not run yet; what it gives is its argument), `json.value` (anything that `json.loads`
    returns), `callable` (the meaning `callee` as a value), `union` (one of its arguments). A class outside
    the project as a value is a `class` whose argument is its instance. A tuple of one argument has any
    length, of more has as many. `exact` rules out subclasses.
    """

    name: str
    args: tuple[Type, ...] = ()
    target: Class | Function | None = None
    exact: bool = False
    callee: object = None


STR, INT, FLOAT = Type("builtins.str"), Type("builtins.int"), Type("builtins.float")
BOOL, BYTES, NONE = Type("builtins.bool"), Type("builtins.bytes"), Type("builtins.NoneType")
JSON = Type("json.value")
ANY = Type("typing.Any")
"""Stands for an argument that is not known, where others of the same type are."""

MOST_ALTERNATIVES = 12
NUMBERS = (BOOL, INT, FLOAT)
SEQUENCES = frozenset({"builtins.list", "builtins.tuple", "collections.deque"})
SETS = frozenset({"builtins.set", "builtins.frozenset"})
DICTS = frozenset(
    {"builtins.dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter"}
)

_GENERIC = {
    "typing.Dict": "builtins.dict",
    "typing.Mapping": "builtins.dict",
    "typing.MutableMapping": "builtins.dict",
    "collections.abc.Mapping": "builtins.dict",
    "collections.abc.MutableMapping": "builtins.dict",
    "typing.List": "builtins.list",
    "typing.Sequence": "builtins.list",
    "collections.abc.Sequence": "builtins.list",
    "typing.MutableSequence": "builtins.list",
    "typing.Set": "builtins.set",
    "typing.FrozenSet": "builtins.frozenset",
    "typing.Tuple": "builtins.tuple",
    "typing.Text": "builtins.str",
    "typing.DefaultDict": "collections.defaultdict",
    "typing.Deque": "collections.deque",
}


def standard(name: str) -> str:
    """The class behind a name of `typing` or `collections.abc` that stands for a builtin container."""
    return _GENERIC.get(name, name)


def plain(of: Type | None) -> Type | None:
    """The type, None for the placeholder of an unknown one."""
    return None if of == ANY else of


def argument(of: Type, index: int) -> Type | None:
    """The type argument at this place; None if it is not known."""
    return plain(of.args[index]) if index < len(of.args) else None


def alternatives(of: Type) -> tuple[Type, ...]:
    """The members of a union, or the type alone."""
    return of.args if of.name == "union" else (of,)


def common(types: Iterable[Type | None]) -> Type | None:
    """The type or the union of types that a value has; `None` values do not count; None if one is unknown.

    int is widened to float.
    """
    found = [one for each in types for one in (alternatives(each) if each else (None,))]
    if any(one is None or one == ANY for one in found) or not found:
        return None
    known = {one for one in found if one is not None and one != NONE}
    if not known:
        return NONE
    if len(known) > 1 and known <= set(NUMBERS):
        return FLOAT if FLOAT in known else INT
    return _united(known)


def _united(known: set[Type]) -> Type | None:
    groups: dict[tuple[object, ...], list[Type]] = {}
    for one in known:
        apart = one.args if one.name in ("class", "callable") else ()
        groups.setdefault((one.name, one.target, one.callee, apart), []).append(one)
    merged = sorted((_merged(group) for group in groups.values()), key=_order)
    if len(merged) > MOST_ALTERNATIVES:
        return None
    return merged[0] if len(merged) == 1 else Type("union", tuple(merged))


def _merged(group: list[Type]) -> Type:
    """One type for several of the same class."""
    first = group[0]
    if len(group) == 1:
        return first
    args: tuple[Type, ...] = ()
    if len({len(one.args) for one in group}) == 1:
        args = tuple(common(parts) or ANY for parts in zip(*(one.args for one in group), strict=True))
    return Type(first.name, args, first.target, all(one.exact for one in group), first.callee)


def _order(of: Type) -> tuple[str, ...]:
    runs = getattr(of.callee, "functions", (of.callee,))
    named = [getattr(one, "key", "") or getattr(one, "name", "") for one in (of.target, *runs)]
    return (of.name, *map(str, named), *(part for one in of.args for part in _order(one)))


@cache
def returns() -> dict[str, Type]:
    """Callable or attribute of the standard library -> type of its value, from the data file."""
    text = (Path(__file__).parent / "returns.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return {name: Type(result) for result, names in table.items() for name in names}
