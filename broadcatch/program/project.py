"""Which file holds a module, and what does a dotted name mean? Files are read when first asked for."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from broadcatch.program.environment import Environment, bare_environment, find_environment
from broadcatch.program.locate import Locator, Place, is_standard, module_name
from broadcatch.program.module import Class, Function, Module, seen_from
from broadcatch.program.names import Binding, absolute, dotted, is_none, lazy_targets
from broadcatch.program.namesakes import hiding, namesake
from broadcatch.program.published import FOLDER as PUBLISHED
from broadcatch.program.reading import read_place
from broadcatch.program.shelves import Shelves, shelves_of
from broadcatch.program.subclassing import Derived
from broadcatch.program.unfold import read_module
from broadcatch.source.project import project_root


@dataclass(frozen=True, slots=True)
class External:
    """Something defined outside the project, under its dotted name (`json.loads`, `builtins.int`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """A module- or class-level name that is neither function nor class."""

    module: Module
    name: str
    bindings: tuple[Binding, ...]
    owner: Class | None = None


Symbol: TypeAlias = Function | Class | Module | External | Value


class Project:
    """The sources under one root folder and what they import; nothing is imported, nothing executed.

    Names of installed packages are followed into their sources, names of the standard library are not: they
    are `External`, and `standard` gives their source where it is asked for.
    """

    def __init__(
        self, root: Path | str, environment: Environment | None = None, shelves: Shelves | None = None
    ) -> None:
        self.root = Path(root).resolve()
        self.environment = environment or bare_environment()
        self.shelves = shelves or Shelves()
        self._locator = Locator(self.root, self.environment)
        self._by_path: dict[Path, Module] = {}
        self._texts: dict[Path, str] = {}
        self._places: dict[str, Place] = {}
        self._placed: dict[Path, Place] = {}
        self._subclasses: dict[Path, Derived] = {}
        self._derived: dict[tuple[Path, str, str], tuple[Class, ...]] = {}
        self._branching: set[tuple[str, str]] = set()
        self._members: dict[tuple[Module, str], Symbol | None] = {}

    def module_at(self, path: Path | str, source: str | None = None) -> Module:
        """The module in the file `path`; `source` stands in for what lies on disk."""
        return self.module_in(self._place_of(self.root / path), source)

    def _place_of(self, path: Path) -> Place:
        if path not in self._placed:
            self._placed[path] = self._locator.place_of(path.resolve())
        return self._placed[path]

    def apart(self, path: Path | str, source: str) -> Module:
        """The module that `path` would be with this source; all other modules see what lies on disk."""
        place = self._locator.place_of((self.root / path).resolve())
        name, is_package = module_name(place.path, place.base)
        shown = self._shown(place.path)
        self._places[shown] = place
        return read_module(source, name, shown, is_package, place.origin, self.environment.minor)

    @property
    def modules_read(self) -> int:
        """How many modules were needed so far."""
        return len(self._by_path)

    def module_in(self, place: Place, source: str | None = None) -> Module:
        """The module in a file that was found; `source` stands in for what lies on disk."""
        where = place.path
        if where not in self._by_path or (source is not None and self._texts.get(where) != source):
            self._by_path[where] = self._read(place, source)
        return self._by_path[where]

    def place(self, module: Module) -> Place:
        """Where the module lies, and from which folder it is imported."""
        return self._places[module.path]

    def find(self, name: str, near: Module | None = None) -> Module | None:
        """The module `name`, as `near` would import it; those of the standard library are not found."""
        if near is not None and near.origin == "standard":
            return None
        base = self._places[near.path].base if near else None
        place = self._locator.find(name, base, near.origin if near else "project") if name else None
        return self.module_in(place) if place else None

    def standard(self, name: str) -> Module | None:
        """The source of a module of the standard library, None where there is none."""
        place = self._locator.standard(name)
        return self.module_in(place) if place else None

    def resolve(self, name: str, near: Module | None = None, depth: int = 0) -> Symbol | None:
        """What a dotted name means, through re-exports; None if it ends nowhere in what can be read."""
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            module = self.find(".".join(parts[:cut]), near)
            if module is not None:
                meant = self._meant(module, near, depth) if cut == len(parts) > 1 else module
                return self._walk_symbol(meant, parts[cut:], depth)
        base = self._places[near.path].base if near else None
        inside = not is_standard(parts[0]) and self._locator.holds_package(parts[0], base)
        return None if inside else External(name)

    def _meant(self, module: Module, near: Module | None, depth: int) -> Symbol:
        """What the name of a module means in its package: the module, or what it is hidden by."""
        package = self.find(module.name.rpartition(".")[0], near)
        inner = namesake(package, module) if depth < 12 else ""
        found = self.resolve(inner, near, depth + 1) if inner else hiding(package, module)
        return module if found is None or isinstance(found, Module) else found

    def member(self, module: Module, name: str, depth: int = 0) -> Symbol | None:
        """What `module.name` means: a definition, an import followed further, or a submodule."""
        if depth or self._branching:
            return self._member(module, name, depth) if depth <= 12 else None
        key = (module, name)
        if key not in self._members:
            self._members[key] = self._member(module, name, depth)
        return self._members[key]

    def _member(self, module: Module, name: str, depth: int) -> Symbol | None:
        bound = module.names.get(name)
        if bound:
            return self._bound(module, name, bound, depth)
        submodule = self.find(f"{module.name}.{name}", module) if module.is_package else None
        if submodule is not None:
            return self._meant(submodule, module, depth)
        if module.is_package and self._locator.is_compiled(self._places[module.path].path.parent, name):
            return External(f"{module.name}.{name}")
        for star in () if name.startswith("_") else module.stars:
            source = self.find(star, module)
            found = self.member(source, name, depth + 1) if source else None
            if found is not None:
                return found
        return self._lazily(module, name, depth) or self._of_compiled(module, name)

    def _of_compiled(self, module: Module, name: str) -> External | None:
        """A name of the one extension module of which everything is imported, or beside a skeleton."""
        if self.place(module).base == PUBLISHED:
            return External(f"{module.name}.{name}")
        unread = [one for one in module.stars if self.find(one, module) is None]
        package, _, last = "".join(unread[:1]).rpartition(".")
        folder = self._places[module.path].path.parent
        only = not name.startswith("_") and len(unread) == 1 and package == module.name
        return External(f"{unread[0]}.{name}") if only and self._locator.is_compiled(folder, last) else None

    def _lazily(self, module: Module, name: str, depth: int) -> Symbol | None:
        """A name that the module's `__getattr__` imports, as a dict of it says; only what is really there."""
        if "__getattr__" not in module.functions or module.tree is None:
            return None
        for target in lazy_targets(module.tree, name):
            source, _, attribute = target.partition(":")
            path = source.lstrip(".")
            found = self.find(absolute(module.name, module.is_package, len(source) - len(path), path), module)
            if found is None or found is module:
                continue
            symbol = self.member(found, attribute or name, depth + 1)
            if symbol is not None:
                return symbol
        return None

    def subclasses(self, name: str, of: Module, method: str) -> tuple[Class, ...]:
        """Classes whose bases mention the last part of `name`; by text, so that not all derive from it.

        Left out are those of which neither they nor a subclass can define `method`. Asked are the project
        and the package that `of` belongs to.
        """
        last = name.rsplit(".", 1)[-1]
        return seen_from(of, [one for each in self._around(of) for one in self._below(each, last, method)])

    def holding_subclasses(self, name: str, of: Module, word: str) -> tuple[Class, ...]:
        """As `subclasses`, of those whose file, or that of a subclass, holds the word."""
        last = name.rsplit(".", 1)[-1]
        pairs = (pair for folder in self._around(of) for pair in self._index(folder).naming(last, word))
        return seen_from(of, self._classes_at(pairs))

    def overriding_files(self, name: str, of: Module, method: str) -> int:
        """How many files seem to override a method in a direct subclass; by text, none of them is read."""
        last = name.rsplit(".", 1)[-1]
        return sum(self._index(folder).files(last, method) for folder in self._around(of))

    def _around(self, of: Module) -> list[Path]:
        """Where subclasses of a module's classes are looked for."""
        if of.origin == "project":
            return [self.root]
        return [self.root, self._places[of.path].base / of.name.partition(".")[0]]

    def _below(self, folder: Path, base: str, method: str) -> tuple[Class, ...]:
        key = (folder, base, method)
        if key not in self._derived:
            self._derived[key] = tuple(self._classes_at(self._index(folder).below(base, method)))
        return self._derived[key]

    def _classes_at(self, pairs: Iterable[tuple[Path, str]]) -> Iterator[Class]:
        for path, name in pairs:
            yield from (one for one in self.module_at(path).classes.values() if one.short == name)

    def _bound(self, module: Module, name: str, bound: tuple[Binding, ...], depth: int) -> Symbol | None:
        useful = [b for b in bound if not is_none(b)] or list(bound)
        first = useful[0]
        if any((b.how, b.target) != (first.how, first.target) for b in useful):
            return self._of_branches(module, name, useful, depth)
        if first.how == "import":
            return self.resolve(first.target, module, depth + 1) if depth < 12 else None
        if first.how == "def" and all(b.how == "def" for b in useful):
            return module.functions.get(name)
        if first.how == "class" and len(useful) == 1:
            return module.classes.get(name)
        alias = dotted(first.expr) if first.how == "value" and len(useful) == 1 else ""
        if alias and name not in module.rebound and alias != name:
            head, *rest = alias.split(".")
            target = self.member(module, head, depth + 1)
            found = self._walk_symbol(target, rest, depth + 1) if target else None
            if found is not None:
                return found
            if target is None and head not in module.names and hasattr(builtins, head):
                return External(f"builtins.{alias}")
        return Value(module, name, bound)

    def _of_branches(self, module: Module, name: str, bound: list[Binding], depth: int) -> Symbol | None:
        """A name that branches bind differently; an import of what is not there binds nothing.

        Nor does one that leads back to the name itself.
        """
        key = (module.path, name)
        if key in self._branching:
            return None
        self._branching.add(key)
        kept = [one for one in bound if one.how != "import" or self._is_there(one.target, module, depth)]
        self._branching.discard(key)
        if len(kept) == 1 and len(bound) > 1:
            return self._bound(module, name, tuple(kept), depth)
        return Value(module, name, tuple(kept)) if kept else None

    def _is_there(self, target: str, module: Module, depth: int) -> bool:
        return depth < 12 and self.resolve(target, module, depth + 1) is not None

    def _walk_symbol(self, symbol: Symbol | None, rest: list[str], depth: int) -> Symbol | None:
        for part in rest:
            if isinstance(symbol, Module):
                symbol = self.member(symbol, part, depth)
            elif isinstance(symbol, Class):
                symbol = symbol.members.get(part) or symbol.nested.get(part)
            elif isinstance(symbol, External):
                symbol = External(f"{symbol.name}.{part}")
            else:
                return None
        return symbol

    def _read(self, place: Place, source: str | None) -> Module:
        where = place.path
        name, is_package = module_name(where, place.base)
        shown = self._shown(where)
        self._places[shown] = place
        if source is None:
            return read_place(place, name, is_package, shown, self.shelves.of(place), self.environment.minor)
        self._texts[where] = source
        self._derived.clear()
        self._members.clear()
        return read_module(source, name, shown, is_package, place.origin, self.environment.minor)

    def _shown(self, where: Path) -> str:
        inside = where.is_relative_to(self.root)
        return where.relative_to(self.root).as_posix() if inside else where.as_posix()

    def _index(self, folder: Path) -> Derived:
        if folder not in self._subclasses:
            store = self.shelves.classes(folder, folder == self.root)
            self._subclasses[folder] = Derived(folder, store)
        return self._subclasses[folder]


def project_of(start: Path, python: str = "", cache: str | None = None) -> Project:
    """The project that holds `start`, and what is installed for it; `python` as in `find_environment`.

    `cache` is the folder for what is known of files ("" for the usual ones); None keeps nothing.
    """
    root = project_root(start)
    shelves = None if cache is None else shelves_of(root, cache)
    return Project(root, find_environment(python, root), shelves)
