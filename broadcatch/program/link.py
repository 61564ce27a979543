"""What do the names in a file's clauses mean beyond the file? Constants, aliases and ancestors.

At a glance first (`program.outline`), then by parsing the few files that something hangs on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from broadcatch.model.facts import FileFacts
from broadcatch.model.links import HERE, Constants
from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Class, Module
from broadcatch.program.names import absolute
from broadcatch.program.outline import Found, Outlines, Outside, Somewhere
from broadcatch.program.project import External, Project, Symbol, Value
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import is_builtin
from broadcatch.source.bindings import class_names

_DEEPEST = 12


class Linker:
    """The clauses of the files under `root`.

    `broad` are the last parts of the names that a constant must hold to matter; `minor` is the lowest
    Python 3 that the project runs on; `texts` stands in for files on disk (absolute paths).
    """

    def __init__(
        self, root: Path, broad: frozenset[str], minor: int, texts: Mapping[str, bytes] | None = None
    ) -> None:
        given = {os.path.abspath(path): b"\n" + data for path, data in (texts or {}).items()}
        self._outlines = Outlines(os.fspath(root), given)
        self._given = given
        self._project = Project(root)
        self._resolver = Resolver(self._project)
        self._resolver.hierarchy = Hierarchy(self._resolver.base_names, minor)
        self._broad = broad
        self._lineages: dict[Found, frozenset[Found]] = {}

    def constants(self, facts: FileFacts) -> Constants:
        """What the imported names stand for that are constants or aliases and hold something broad."""
        path = os.path.abspath(facts.path)
        asked = [name for name in facts.links.imported if self._may_be_broad(name, path)]
        asked += [
            name
            for pair in facts.links.pairs
            for name in pair
            if self._is_value(self._outlines.meaning(name, path))
        ]
        found = ((name, self._classes(name, path)) for name in sorted(set(asked)))
        return tuple((name, classes) for name, classes in found if classes)

    def hides(self, facts: FileFacts) -> bool:
        """Whether one clause of the file may catch all of a later one, as far as a glance can tell."""
        path = os.path.abspath(facts.path)
        return any(self._may_hide(first, second, path) for first, second in facts.links.pairs)

    def ancestry(self, facts: FileFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names in `facts.clauses`, each with its canonical name and those of its ancestors."""
        path = os.path.abspath(facts.path)
        names = {
            one.qualified
            for try_ in facts.clauses
            for clause in try_.caught
            for one in clause
            if one.qualified
        }
        found = ((name, self._ancestors(name, path)) for name in sorted(names))
        return tuple((name, known) for name, known in found if known)

    def _may_be_broad(self, name: str, path: str) -> bool:
        found = self._outlines.meaning(name, path)
        if isinstance(found, Outside):  # re-exported under another name, or by another module
            return found.name != name and found.name.rpartition(".")[2] in self._broad
        if found is None:
            return False
        return found.bases is None or self._is_broad(name)

    def _is_value(self, found: Found) -> bool:
        return isinstance(found, Somewhere) and found.bases is None

    def _may_hide(self, first: str, second: str, path: str) -> bool:
        upper, lower = (self._outlines.meaning(name, path) for name in (first, second))
        if upper is None or lower is None:
            return False
        if self._is_value(upper) or self._is_value(lower):
            return True
        return _same(upper, self._resolver.hierarchy) in self._lineage(lower)

    def _lineage(self, found: Found, depth: int = 0) -> frozenset[Found]:
        hierarchy = self._resolver.hierarchy
        if found is None or depth > _DEEPEST:
            return frozenset()
        if isinstance(found, Outside):
            known, _ = hierarchy.ancestors(hierarchy.canonical(found.name))
            return frozenset(map(Outside, known))
        if found not in self._lineages:
            bases = (self._base(base, found.path) for base in found.bases or ())
            above = (self._lineage(base, depth + 1) for base in bases)
            self._lineages[found] = frozenset({found}).union(*above)
        return self._lineages[found]

    def _base(self, name: str, path: str) -> Found:
        found = self._outlines.meaning(name, path)
        return Outside(name.removeprefix(HERE)) if found is None and name.startswith(HERE) else found

    def _classes(self, name: str, path: str) -> tuple[str, ...]:
        """The classes that a name stands for under another name; () where it is a class itself, or open."""
        module = self._module(path)
        symbol = self._symbol(name, module)
        classes = tuple(dict.fromkeys(self._expanded(symbol)))
        if not any(classes) or classes == (name,):
            return ()
        return classes if any(map(self._is_broad, classes)) or isinstance(symbol, Value) else ()

    def _is_broad(self, name: str) -> bool:
        return name.rpartition(".")[2] in self._broad

    def _symbol(self, name: str, module: Module) -> Symbol | None:
        if name.startswith(HERE):
            return self._project.member(module, name[len(HERE) :]) if "." not in name[len(HERE) :] else None
        if name.startswith("builtins."):
            return External(name)
        plain = name.lstrip(".")
        level = len(name) - len(plain)
        full = absolute(module.name, module.is_package, level, plain)
        found = self._project.resolve(full, module) if full else None
        return None if level and isinstance(found, External) and found.name == full else found

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
        symbol = self._symbol(name, self._module(path))
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


def _same(found: Found, hierarchy: Hierarchy) -> Found:
    return Outside(hierarchy.canonical(found.name)) if isinstance(found, Outside) else found


def _names(value: Value) -> tuple[str, ...]:
    """The names that a module's constant is made of; () where more than one assignment decides."""
    only = value.bindings[0]
    plain = len(value.bindings) == 1 and value.owner is None and only.how == "value"
    if not plain or only.expr is None or value.name in value.module.rebound:
        return ()
    return class_names(only.expr)
