"""What do the names in a file's clauses mean beyond the file? Constants, aliases and ancestors.

At a glance first (`program.outline`), then by parsing the few files that something hangs on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from broadcatch.model.facts import FileFacts
from broadcatch.model.links import HERE, Constants, Endings
from broadcatch.program.classes import Hierarchy
from broadcatch.program.endings import Enders
from broadcatch.program.module import Class, Module
from broadcatch.program.outline import Found, Outlines, Outside, Somewhere
from broadcatch.program.project import External, Project, Symbol, Value
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import is_builtin
from broadcatch.source.bindings import class_names

_DEEPEST = 12


class Linker:
    """The clauses of the files under `root`.

    `broad` are the last parts of the names that a constant must hold to matter; `minor` is the lowest
    Python 3 that the project runs on; `texts` stands in for files on disk (absolute paths); `leaves` is
    whether a call of a name ends the process.
    """

    def __init__(
        self,
        root: Path,
        broad: frozenset[str],
        minor: int,
        texts: Mapping[str, bytes] | None = None,
        leaves: Callable[[str], bool] = lambda _: False,
    ) -> None:
        given = {os.path.abspath(path): b"\n" + data for path, data in (texts or {}).items()}
        self._outlines = Outlines(os.fspath(root), given)
        self._enders = Enders(self._outlines, leaves)
        self._given = given
        self._project = Project(root)
        self._resolver = Resolver(self._project)
        self._resolver.hierarchy = Hierarchy(self._resolver.base_names, minor, self._resolver.is_settled)
        self._broad = broad
        self._lineages: dict[Found, frozenset[Found]] = {}

    def further(self, facts: FileFacts) -> tuple[Constants, bool]:
        """What must be known to read the file, and whether one of its clauses may hide another.

        Known must be the constants and aliases of other files that hold something broad, and those that
        take part in the hiding.
        """
        path = os.path.abspath(facts.path)
        asked = {name for name in facts.links.imported if self._may_be_broad(name, path)}
        found = {name: classes for name in asked if self._any_broad(classes := self._classes(name, path))}
        hiding = [pair for pair in facts.links.pairs if self._may_hide(*pair, path)]
        for name in {name for pair in hiding for name in pair}:
            if _is_value(self._outlines.meaning(name, path)):
                found[name] = self._classes(name, path)
        return tuple(sorted((name, one) for name, one in found.items() if any(one))), bool(hiding)

    def endings(self, facts: FileFacts) -> Endings:
        """The imported functions that never return, of those that the handlers of the file call last."""
        calls = facts.links.calls
        return self._enders.among(calls, os.path.abspath(facts.path)) if calls else ()

    def ancestry(self, facts: FileFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names in `facts.clauses`, each with its canonical name and those of its ancestors."""
        path = os.path.abspath(facts.path)
        caught = (one for each in facts.clauses for classes in each.caught for one in classes)
        names = sorted({one.qualified for one in caught if one.qualified})
        found = ((name, self._ancestors(name, path)) for name in names)
        return tuple((name, known) for name, known in found if known)

    def _may_be_broad(self, name: str, path: str) -> bool:
        found = self._outlines.meaning(name, path)
        if isinstance(found, Outside):  # re-exported under another name, or by another module
            return found.name != name and self._is_broad(found.name)
        if isinstance(found, Somewhere) and found.is_class:
            return self._is_broad(name)
        return any(self._is_broad(_name(one)) for one in self._parts(found))

    def _is_broad(self, name: str) -> bool:
        return name.rpartition(".")[2] in self._broad

    def _any_broad(self, classes: tuple[str, ...]) -> bool:
        return any(map(self._is_broad, classes))

    def _parts(self, found: Found, depth: int = 0) -> Iterator[Found]:
        """The classes that a constant seems to be made of; a class itself."""
        if not isinstance(found, Somewhere) or found.is_class:
            yield found
        elif depth < _DEEPEST:
            for part in found.parts:
                yield from self._parts(self._part(part, found.path), depth + 1)

    def _part(self, name: str, path: str) -> Found:
        """What a name in a file means; one that nothing binds is a builtin."""
        found = self._outlines.meaning(name, path)
        return Outside(name.removeprefix(HERE)) if found is None and name.startswith(HERE) else found

    def _may_hide(self, first: str, second: str, path: str) -> bool:
        lower = self._outlines.meaning(second, path)
        upper = self._outlines.meaning(first, path) if lower is not None else None
        if upper is None:
            return False
        hierarchy = self._resolver.hierarchy
        above = {_canonical(one, hierarchy) for one in self._parts(upper)} - {None}
        return any(not above.isdisjoint(self._lineage(one)) for one in self._parts(lower))

    def _lineage(self, found: Found, depth: int = 0) -> frozenset[Found]:
        hierarchy = self._resolver.hierarchy
        if found is None or depth > _DEEPEST:
            return frozenset()
        if found not in self._lineages:
            if isinstance(found, Outside):
                known, _ = hierarchy.ancestors(hierarchy.canonical(found.name))
                self._lineages[found] = frozenset(map(Outside, known))
            else:
                bases = (self._part(base, found.path) for base in found.parts)
                above = (self._lineage(base, depth + 1) for base in bases)
                self._lineages[found] = frozenset({found}).union(*above)
        return self._lineages[found]

    def _classes(self, name: str, path: str) -> tuple[str, ...]:
        """The classes behind a name, "" for each that cannot be told; () where that is the name itself."""
        classes = tuple(dict.fromkeys(self._expanded(self._symbol(name, path))))
        return () if classes == (name,) else classes

    def _symbol(self, name: str, path: str) -> Symbol | None:
        found = self._outlines.meaning(name, path)
        if isinstance(found, Outside):
            return External(found.name)
        return self._project.member(self._module(found.path), found.name) if found else None

    def _expanded(self, symbol: Symbol | None, depth: int = 0) -> Iterator[str]:
        """The qualified names behind a symbol; "" for each that cannot be told."""
        if isinstance(symbol, Class):
            yield symbol.name
        elif isinstance(symbol, External):
            yield symbol.name
        elif isinstance(symbol, Value) and depth < _DEEPEST:
            for name in _names(symbol) or ("",):
                yield from self._expanded(self._in_module(name, symbol.module), depth + 1)
        else:
            yield ""

    def _in_module(self, name: str, module: Module) -> Symbol | None:
        head = name.partition(".")[0]
        if head not in module.names and is_builtin(head):
            return External(f"builtins.{name}")
        return self._project.resolve(f"{module.name}.{name}", module) if name else None

    def _ancestors(self, name: str, path: str) -> tuple[str, ...]:
        hierarchy = self._resolver.hierarchy
        symbol = self._symbol(name, path)
        if isinstance(symbol, Class):
            canonical = hierarchy.name_of(symbol)
        elif isinstance(symbol, External):
            canonical = hierarchy.canonical(symbol.name)
        else:
            return ()
        known, _ = hierarchy.ancestors(canonical)
        return (canonical, *sorted(known - {canonical}))

    def _module(self, path: str) -> Module:
        given = self._given.get(path)
        return self._project.module_at(path, given[1:].decode("utf-8", "replace") if given else None)


def _canonical(found: Found, hierarchy: Hierarchy) -> Found:
    return Outside(hierarchy.canonical(found.name)) if isinstance(found, Outside) else found


def _name(found: Found) -> str:
    return found.name if found else ""


def _is_value(found: Found) -> bool:
    return isinstance(found, Somewhere) and not found.is_class


def _names(value: Value) -> tuple[str, ...]:
    """The names that a module's constant is made of; () where more than one assignment decides."""
    only = value.bindings[0]
    plain = len(value.bindings) == 1 and value.owner is None and only.how == "value"
    if not plain or only.expr is None or value.name in value.module.rebound:
        return ()
    return class_names(only.expr)
