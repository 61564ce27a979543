"""Do two answers name the same definition? By file and row, by constructor, by dotted name."""

from __future__ import annotations

import importlib
import io
import sys
import types
import typing
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from benchmarks.targets.places import Place

STANDARD = frozenset({*sys.stdlib_module_names, "builtins"})
CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "__call__"})


@dataclass(frozen=True, slots=True)
class Ours:
    """What broadcatch answers: definitions of the functions it follows, names of what it does not read.

    `classes` are those whose constructors the functions are, `above` the methods that the functions override;
    `why` is not empty if the call is left open.
    """

    functions: tuple[Place, ...] = ()
    classes: tuple[Place, ...] = ()
    above: tuple[Place, ...] = ()
    externals: tuple[str, ...] = ()
    why: str = ""

    @property
    def resolved(self) -> bool:
        """Whether the call has a target, and no part of it is open."""
        return bool(self.functions or self.externals or self.classes) and not self.why


def definite(places: Iterable[Place], callee: str) -> tuple[Place, ...]:
    """The functions and classes of the callee's name; a variable or a parameter is no answer to a call.

    A definition of another name is none either: for a name that it knows nothing of, a checker may answer
    with the call around it.
    """
    last = callee.rpartition(".")[2]
    return tuple(
        one for one in places if one.kind in ("function", "class") and one.name.rpartition(".")[2] == last
    )


def agree(ours: Ours, theirs: tuple[Place, ...]) -> bool:
    """Whether one of the checker's definitions is among ours."""
    return any(_among(ours, one) for one in theirs)


def overrides(ours: Ours, theirs: tuple[Place, ...]) -> bool:
    """Whether ours are overrides of what the checker names: the receiver is known better here, or the base's
    method does nothing."""
    return any(same_place(mine, one) for mine in ours.above for one in theirs)


def _among(ours: Ours, one: Place) -> bool:
    if any(same_place(mine, one) for mine in (*ours.functions, *ours.classes)):
        return True
    if any(same_name(name, one.name) for name in ours.externals):
        return True
    head, _, last = one.name.rpartition(".")
    owners = [mine.name for mine in ours.classes]
    return last in CONSTRUCTORS and any(same_name(name, head) for name in (*owners, *ours.externals))


def same_place(mine: Place, theirs: Place) -> bool:
    """The same row, or another definition of the same name in one file: an overload, a branch of an `if`.

    A stub stands for the source that it describes: there, the full names are compared.
    """
    if mine.file == theirs.file:
        return mine.line == theirs.line or mine.name == theirs.name
    return mine.name == theirs.name


def same_name(mine: str, theirs: str) -> bool:
    """Whether two dotted names mean one thing: the same object of the standard library, or a base's method.

    A method that a stub declares on a base (`Mapping.get`) is the one that a class below it has
    (`OrderedDict.get`).
    """
    mine, theirs = _made(mine), _made(theirs)
    if mine == theirs:
        return True
    if mine.split(".")[0] not in STANDARD or theirs.split(".")[0] not in STANDARD:
        return reexported(mine, theirs)
    first, second = found(mine), found(theirs)
    if first is None or second is None:
        return False
    return _plain(first) is _plain(second) or _inherited(mine, theirs)


def phantoms(ours: Ours) -> tuple[str, ...]:
    """The names of the standard library that we answer and that do not exist."""
    return tuple(
        name for name in ours.externals if name.split(".")[0] in STANDARD and found(_made(name)) is None
    )


def reexported(mine: str, theirs: str) -> bool:
    """Whether a package's name may be what its submodule defines: `numpy.where`, `numpy._core.x.where`."""
    (above, _, last), (home, _, name) = mine.rpartition("."), theirs.rpartition(".")
    same_parent = above.rpartition(".")[2] == home.rpartition(".")[2]
    return (
        last == name
        and mine.split(".")[0] == theirs.split(".")[0]
        and (same_parent or home.startswith(f"{above}."))
    )


def _made(name: str) -> str:
    """Making an object is calling its class."""
    head, _, last = name.rpartition(".")
    return head if last in ("__init__", "__new__") else name


def _inherited(mine: str, theirs: str) -> bool:
    above, _, last = theirs.rpartition(".")
    below, _, name = mine.rpartition(".")
    if last != name:
        return False
    first, second = _class(found(below)), _class(found(above))
    return first is not None and second is not None and issubclass(first, second)


def _class(value: object) -> type | None:
    """The class, that of an object (`sys.stderr`), or the one that a class of `typing` stands for."""
    value = getattr(value, "__origin__", value)
    if value in (typing.IO, typing.TextIO, typing.BinaryIO):
        return io.IOBase
    if value is None or isinstance(value, types.ModuleType):
        return None
    return value if isinstance(value, type) else type(value)


def _plain(value: object) -> object:
    return getattr(value, "__func__", value)


@cache
def found(name: str) -> object | None:
    """The object that a dotted name of the standard library means; None if there is none here."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        module = _module(".".join(parts[:cut]))
        if module is not None:
            return _walk(module, parts[cut:])
    return None


def _walk(value: object, rest: list[str]) -> object | None:
    for part in rest:
        if not hasattr(value, part):
            return None
        value = getattr(value, part)
    return value


@cache
def _module(name: str) -> types.ModuleType | None:
    if name.split(".")[0] not in STANDARD or name in ("antigravity", "this", "__main__"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        return None
