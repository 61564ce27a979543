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
    function `target`, not run yet), `json.value` (anything that `json.loads` returns). `exact` rules out
    subclasses.
    """

    name: str
    args: tuple[Type, ...] = ()
    target: Class | Function | None = None
    exact: bool = False


STR, INT, FLOAT = Type("builtins.str"), Type("builtins.int"), Type("builtins.float")
BOOL, BYTES, NONE = Type("builtins.bool"), Type("builtins.bytes"), Type("builtins.NoneType")
JSON = Type("json.value")
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


def element(of: Type | None) -> Type | None:
    """What iterating over such a value yields; None if unknown."""
    if of is None:
        return None
    if of.name in SEQUENCES | SETS | DICTS:
        return of.args[0] if of.args else None
    fixed = {
        "builtins.str": STR,
        "builtins.bytes": INT,
        "json.value": JSON,
        "builtins.range": INT,
        "io.TextIOWrapper": STR,
        "io.BufferedReader": BYTES,
    }
    return fixed.get(of.name)


def item(of: Type | None) -> Type | None:
    """What `value[key]` gives for such a value; None if unknown."""
    if of is not None and of.name in DICTS:
        return of.args[1] if len(of.args) > 1 else None
    return element(of)


def common(types: Iterable[Type | None]) -> Type | None:
    """The one type that all share, int widened to float; `None` values do not count; None if none."""
    found = {one for one in types if one != NONE}
    if None in found or not found:
        return NONE if types and not found else None
    if len(found) == 1:
        return found.pop()
    if found <= set(NUMBERS):
        return FLOAT if FLOAT in found else INT
    names = {one.name for one in found if one}
    if len(names) == 1 and not any(one.target for one in found if one):
        return Type(names.pop())
    return None


@cache
def returns() -> dict[str, Type]:
    """Callable or attribute of the standard library -> type of its value, from the data file."""
    text = (Path(__file__).parent / "returns.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return {name: Type(result) for result, names in table.items() for name in names}
