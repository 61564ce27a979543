"""Which classes stand above and below a class? Bases, order of look-up, overrides of a method."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from functools import cache

from broadcatch.program import members
from broadcatch.program.classes import Hierarchy
from broadcatch.program.meaning import Bound, Choice, Meaning
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External, Project
from broadcatch.program.scope import Scope, module_scope
from broadcatch.source.project import is_packages_folder

MOST_OVERRIDES = 25
NOBODY = "no override of it is in the project"
MAY = "whoever else overrides it is not known"
_is_installed = cache(is_packages_folder)


class Ancestry(ABC):
    """The part of the resolver that knows the classes around a class."""

    project: Project
    hierarchy: Hierarchy

    def __init__(self) -> None:
        self._bases: dict[Class, tuple[Class | External | None, ...]] = {}
        self._below: dict[tuple[Class, str, bool], list[Class]] = {}
        self._mro: dict[Class, list[Class | External | None]] = {}
        self._resolving = 0
        self._overrides: dict[tuple[Class, str], list[Function] | None] = {}

    @property
    @abstractmethod
    def cuts(self) -> int:
        """How many questions led back to themselves so far."""

    @abstractmethod
    def scope(self, function: Function) -> Scope:
        """The scope of a function's body."""

    @abstractmethod
    def meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        """What an expression stands for; None if that cannot be told."""

    def mro(self, cls: Class) -> list[Class | External | None]:
        """The class and its ancestors, depth first; None stands for a base that cannot be resolved."""
        if cls not in self._mro:
            found = self._lined_up(cls)
            if self._resolving:  # bases that are being resolved just now look empty
                return found
            self._mro[cls] = found
        return self._mro[cls]

    def _lined_up(self, cls: Class) -> list[Class | External | None]:
        found: list[Class | External | None] = [cls]
        for base in self.bases(cls):
            if isinstance(base, Class) and base is not cls and len(found) < 60:
                found += [one for one in self.mro(base) if one not in found or one is None]
            elif base not in found:
                found.append(base)
        return sorted(found, key=lambda one: 0 if isinstance(one, Class) else 1 if one else 2)

    def bases(self, cls: Class) -> tuple[Class | External | None, ...]:
        """The direct bases, resolved."""
        if cls not in self._bases:
            self._bases[cls] = ()  # while they are resolved
            self._resolving += 1
            try:
                found = self._resolved_bases(cls)
            finally:  # whoever interrupts the question may ask another one
                self._resolving -= 1
                del self._bases[cls]
            self._bases[cls] = found
        return self._bases[cls]

    def is_settled(self) -> bool:
        """Whether no bases are being resolved just now: those look empty meanwhile."""
        return not self._resolving

    def _resolved_bases(self, cls: Class) -> tuple[Class | External | None, ...]:
        around = self.scope(cls.outer) if cls.outer else module_scope(cls.module)
        plain = [b.value if isinstance(b, ast.Subscript) else b for b in cls.node.bases]
        found = [self.meaning(base, around) for base in plain]
        return tuple(b if isinstance(b, (Class, External)) else None for b in found)

    def base_names(self, cls: Class) -> tuple[str, ...] | None:
        """Canonical names of the direct bases; None if one cannot be resolved."""
        names = []
        for base in self.bases(cls):
            if base is None:
                return None
            is_own = isinstance(base, Class)
            names.append(self.hierarchy.name_of(base) if is_own else self.hierarchy.canonical(base.name))  # type: ignore[arg-type]
        return tuple(names) or ("object",)

    def overrides(self, cls: Class, name: str) -> list[Function] | None:
        """Implementations of a method in subclasses of the project; None if there are too many to follow."""
        key = (cls, name)
        if key in self._overrides:
            return self._overrides[key]
        before = self.cuts
        found = self._overriding(cls, name)
        if self.cuts == before and not self._resolving:
            self._overrides[key] = found
        return found

    def _overriding(self, cls: Class, name: str) -> list[Function] | None:
        found: dict[str, Function] = {}
        seen: set[Class] = {cls}
        todo = [cls]
        while todo:
            current = todo.pop()
            if self.project.overriding_files(current.qualname, current.module, name) > MOST_OVERRIDES:
                return None
            for below in self._direct_subclasses(current, name):
                if below not in seen:
                    seen.add(below)
                    todo.append(below)
                    if name in below.members:
                        found[below.members[name].key] = below.members[name]
            if len(found) > MOST_OVERRIDES or len(seen) > 20 * MOST_OVERRIDES:
                return None
        return [found[key] for key in sorted(found)]

    def all_below(self, cls: Class, attribute: str) -> list[Class]:
        """Subclasses of any depth that may bind the attribute."""
        found = [cls]
        for current in found:
            found += [one for one in self._direct_subclasses(current, attribute, True) if one not in found]
        return found[1:]

    def _direct_subclasses(self, cls: Class, name: str, as_word: bool = False) -> list[Class]:
        """Those of which they or a subclass can define a method; or hold its name as a word."""
        key = (cls, name, as_word)
        if key not in self._below:
            before = self.cuts
            ask = self.project.holding_subclasses if as_word else self.project.subclasses
            candidates = ask(cls.qualname, cls.module, name)
            found = [one for one in candidates if any(_is(cls, base) for base in self.bases(one))]
            if self.cuts != before:
                return found
            self._below[key] = found
        return self._below[key]

    def _bound(self, function: Function, cls: Class, name: str, exact: bool) -> Bound:
        if exact or name.startswith("__") and not name.endswith("__"):
            return Bound((function,))
        others = self.overrides(cls, name)
        if others is None:
            return Bound(
                (function,), declared=function, why=f"more than {MOST_OVERRIDES} classes override it"
            )
        if members.is_abstract(function):
            why = "" if others else "abstract, and no implementation is in the project"
            if _is_installed(self.project.place(function.module).base):
                why = why or "abstract, and other packages may implement it too"
            return Bound(tuple(others) or (function,), why=why, declared=function)
        hook = members.is_hook(function)
        why = "it does nothing here, and " + (MAY if others else NOBODY) if hook else ""
        return Bound((function, *others), why=why, declared=function)

    def _overridden(self, inherited: External, cls: Class, name: str) -> Meaning:
        """A method that a class has from outside of the project, or what its subclasses put in its place."""
        if name.startswith("__") and not name.endswith("__"):
            return inherited
        below = self.overrides(cls, name)
        if below is None:
            return Choice((inherited, Bound((), why=f"more than {MOST_OVERRIDES} classes override it")))
        return Choice((inherited, Bound(tuple(below)))) if below else inherited


def _is(cls: Class, base: Class | External | None) -> bool:
    """Whether it is this class, or the same one in another text of its file."""
    if base is cls or not isinstance(base, Class):
        return base is cls
    return (base.qualname, base.module.path) == (cls.qualname, cls.module.path)
