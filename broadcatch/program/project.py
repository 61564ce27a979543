"""Which file holds a module, and what does a dotted name mean? Files are read when first asked for."""

from __future__ import annotations

import builtins
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from broadcatch.program.module import Class, Function, Module, read_module
from broadcatch.program.names import Binding, dotted

_CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)[ \t]*\(([^)]*)\)", re.MULTILINE)


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
    """The sources under one root folder (absolute or not); nothing is imported, nothing executed."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).resolve()
        self._by_path: dict[Path, Module] = {}
        self._texts: dict[Path, str] = {}
        self._bases: dict[str, Path] = {}
        self._packages: dict[tuple[str, Path | None], bool] = {}
        self._roots = [self.root / "src", self.root]
        self._located: dict[tuple[str, Path | None], Path | None] = {}
        self._subclasses: dict[str, list[tuple[Path, str]]] | None = None

    def module_at(self, path: Path | str, source: str | None = None) -> Module:
        """The module in the file `path`; `source` stands in for what lies on disk."""
        return self._module((self.root / path).resolve(), source)

    def _module(self, where: Path, source: str | None = None) -> Module:
        if where not in self._by_path or (source is not None and self._texts.get(where) != source):
            self._by_path[where] = self._read(where, source)
        return self._by_path[where]

    def find(self, name: str, near: Module | None = None) -> Module | None:
        """The project's module called `name`, as a file of `near`'s folder tree would import it."""
        base = self._bases[near.path] if near else None
        key = (name, base)
        if key not in self._located:
            self._located[key] = self._locate(name, base)
        where = self._located[key]
        return self._module(where) if where else None

    def resolve(self, name: str, near: Module | None = None, depth: int = 0) -> Symbol | None:
        """What a dotted name means, through re-exports; None if it ends nowhere in the project."""
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            module = self.find(".".join(parts[:cut]), near)
            if module is not None:
                return self._walk(module, parts[cut:], depth)
        inside = self._is_package(parts[0], near)
        return None if inside else External(name)

    def member(self, module: Module, name: str, depth: int = 0) -> Symbol | None:
        """What `module.name` means: a definition, an import followed further, or a submodule."""
        if depth > 12:
            return None
        bound = module.names.get(name)
        if bound:
            return self._bound(module, name, bound, depth)
        submodule = self.find(f"{module.name}.{name}", module) if module.is_package else None
        if submodule is not None:
            return submodule
        for star in module.stars:
            source = self.find(star, module)
            found = self.member(source, name, depth + 1) if source and not name.startswith("_") else None
            if found is not None:
                return found
        return None

    def subclasses(self, name: str) -> list[tuple[Path, str]]:
        """(file, class name) of classes whose bases mention the last part of `name`; by text."""
        if self._subclasses is None:
            self._subclasses = self._index()
        return self._subclasses.get(name.rsplit(".", 1)[-1], [])

    def _bound(self, module: Module, name: str, bound: tuple[Binding, ...], depth: int) -> Symbol | None:
        useful = [b for b in bound if not _is_none(b)] or list(bound)
        first = useful[0]
        if any((b.how, b.target) != (first.how, first.target) for b in useful) and first.how == "import":
            return None
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
            found = self._walk_symbol(target, rest, depth) if target else None
            if found is not None:
                return found
            if target is None and head not in module.names and hasattr(builtins, head):
                return External(f"builtins.{alias}")
        return Value(module, name, bound)

    def _walk(self, module: Module, rest: list[str], depth: int) -> Symbol | None:
        return self._walk_symbol(module, rest, depth)

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

    def _read(self, where: Path, source: str | None) -> Module:
        base = self._import_root(where)
        name, is_package = _module_name(where, base)
        shown = self._shown(where)
        self._bases[shown] = base
        if source is None:
            try:
                with tokenize.open(where) as stream:
                    source = stream.read()
            except (OSError, SyntaxError, ValueError) as exc:
                return Module(name, shown, is_package, error=f"cannot be read: {exc}")
        self._texts[where] = source
        return read_module(source, name, shown, is_package)

    def _shown(self, where: Path) -> str:
        inside = where.is_relative_to(self.root)
        return where.relative_to(self.root).as_posix() if inside else where.as_posix()

    def _import_root(self, where: Path) -> Path:
        """The folder from which the file's own package is imported."""
        folder = where.parent
        if not (folder / "__init__.py").is_file():
            source_folder = self.root / "src"
            if folder.is_relative_to(source_folder):
                return source_folder
            return self.root if folder.is_relative_to(self.root) else folder
        while (folder / "__init__.py").is_file():
            folder = folder.parent
        return folder

    def _locate(self, name: str, base: Path | None) -> Path | None:
        parts = name.split(".")
        for root in self._search(base) if name else ():
            folder = root.joinpath(*parts)
            for candidate in (folder / "__init__.py", folder.with_name(f"{parts[-1]}.py")):
                if candidate.is_file():
                    return candidate
        return None

    def _search(self, base: Path | None) -> list[Path]:
        return list(dict.fromkeys([*([base] if base else []), *self._roots]))

    def _is_package(self, head: str, near: Module | None) -> bool:
        """Whether the project has a folder of this name with sources in it."""
        key = (head, self._bases[near.path] if near else None)
        if key not in self._packages:
            folders = [root / head for root in self._search(key[1])]
            self._packages[key] = any(next(folder.glob("**/*.py"), None) is not None for folder in folders)
        return self._packages[key]

    def _index(self) -> dict[str, list[tuple[Path, str]]]:
        found: dict[str, list[tuple[Path, str]]] = {}
        for path in sorted(self.root.rglob("*.py")):
            try:
                text = path.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            for match in _CLASS.finditer(text):
                for base in match[2].split(","):
                    last = base.split("[")[0].strip().rsplit(".", 1)[-1]
                    if last.isidentifier():
                        found.setdefault(last, []).append((path, match[1]))
        return found


def _is_none(binding: Binding) -> bool:
    value = getattr(binding.expr, "value", "")
    return binding.how == "value" and value is None and not hasattr(binding.expr, "attr")


def _module_name(where: Path, base: Path) -> tuple[str, bool]:
    is_package = where.name == "__init__.py"
    parts = where.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if is_package else parts), is_package
