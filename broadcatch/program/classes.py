"""What is a subclass of what? Builtins and standard library from data, classes of the project from source."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

from broadcatch.program.module import Class

Bases: TypeAlias = Callable[[Class], "tuple[str, ...] | None"]
"""Canonical names of the direct bases of a class of the project; None if one cannot be resolved."""

PROGRAMMING = frozenset(
    {
        "TypeError",
        "AttributeError",
        "NameError",
        "UnboundLocalError",
        "AssertionError",
        "NotImplementedError",
        "RecursionError",
        "MemoryError",
    }
)
"""Errors of the program itself: possible nearly everywhere, and left out of proposals and of `closed`."""


@cache
def standard_exceptions(minor: int) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name as imported -> (canonical name, bases) in Python 3.`minor`; later ones read as the last known."""
    text = (Path(__file__).parent / "stdlib_exceptions.json").read_text(encoding="utf-8")
    rows = json.loads(text)
    known = min(max(minor, min(row[3] for row in rows)), max(row[4] for row in rows))
    return {name: (real, tuple(bases)) for name, real, bases, first, last in rows if first <= known <= last}


class Hierarchy:
    """Exception classes by canonical name: bare for builtins, else under the module that defines them.

    `own_bases` tells the bases of the project's classes, `minor` which Python 3 the others are read for;
    `is_settled` whether none of those bases is being looked for just now.
    """

    def __init__(
        self,
        own_bases: Bases,
        minor: int = sys.version_info[1],
        is_settled: Callable[[], bool] = lambda: True,
    ) -> None:
        self._is_settled = is_settled
        self._own_bases = own_bases
        self._standard = standard_exceptions(minor)
        self._own: dict[str, Class] = {}
        self._declared: dict[str, tuple[str, ...]] = {}
        self._public: dict[str, str] = {}
        self._ancestors: dict[str, tuple[frozenset[str], bool]] = {}

    def canonical(self, name: str) -> str:
        """The defining name of a class: `json.JSONDecodeError` -> `json.decoder.JSONDecodeError`.

        A module may be named through another that imports it: `base64.binascii.Error` is `binascii.Error`.
        """
        short = name.removeprefix("builtins.")
        head, _, rest = short.partition(".")
        through = "." in rest and head in sys.stdlib_module_names and short not in self._standard
        known = self._standard.get(rest if through else short)
        return known[0] if known else self._public.get(name, name)

    def name_of(self, cls: Class) -> str:
        """The canonical name of a class of the project; remembers the class."""
        if self._own.get(cls.name) is not cls:
            self._own[cls.name] = cls
            self._ancestors.clear()
        return cls.name

    def declare(self, name: str, bases: tuple[str, ...]) -> None:
        """Put a class on record that no source defines: one that a library makes while it runs."""
        if self._declared.get(name) != bases:
            self._declared[name] = bases
            self._ancestors.clear()

    def rename(self, name: str, public: str) -> None:
        """Let a class be known by the name that it is imported under, not by that of a compiled module."""
        self._public[name] = public

    def is_known(self, name: str) -> bool:
        """Whether this is a class whose bases are on record."""
        return name in self._standard or name in self._own or name in self._declared

    def of_module(self, module: str) -> tuple[str, ...]:
        """The exceptions that a module of the standard library offers, by their canonical names."""
        names = (one for one in self._standard if one.rpartition(".")[0] == module)
        return tuple(dict.fromkeys(self._standard[one][0] for one in sorted(names)))

    def is_exception(self, name: str) -> bool:
        """Whether the class certainly derives from BaseException."""
        return self.is_subclass(name, "BaseException") is True

    def bases(self, name: str) -> tuple[str, ...] | None:
        """Direct bases, None for a class that is not on record."""
        if name in self._own:
            return self._own_bases(self._own[name])
        if name in self._declared:
            return self._declared[name]
        return self._standard[name][1] if name in self._standard else None

    def ancestors(self, name: str) -> tuple[frozenset[str], bool]:
        """(the class and all its known ancestors, whether they are complete)."""
        if name not in self._ancestors:
            found = self._climbed(name)
            if not (found[1] and self._is_settled()):  # what is not on record may come
                return found
            self._ancestors[name] = found
        return self._ancestors[name]

    def _climbed(self, name: str) -> tuple[frozenset[str], bool]:
        seen: set[str] = set()
        complete = True
        todo = [name]
        while todo:
            current = todo.pop()
            if current in seen or current in ("object", "builtins.object"):
                continue
            seen.add(current)
            bases = self.bases(current)
            complete = complete and bases is not None
            todo.extend(bases or ())
        return frozenset(seen), complete

    def is_subclass(self, name: str, base: str) -> bool | None:
        """Whether `name` is `base` or derives from it; None if some ancestor is not on record."""
        ancestors, complete = self.ancestors(name)
        if base in ancestors:
            return True
        return False if complete else None

    def catches(self, clause: str, raised: str) -> bool:
        """Whether `except clause` surely stops `raised`; a class of unknown bases counts as an Exception."""
        if clause == "BaseException":
            return True
        answer = self.is_subclass(raised, clause)
        return answer is True or (answer is None and clause == "Exception")
