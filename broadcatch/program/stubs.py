"""What do typeshed's stubs say about the standard library? Their definitions, by public dotted name."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from broadcatch.program.locate import Place, is_standard
from broadcatch.program.module import Class, Function, Module, exports
from broadcatch.program.names import Binding
from broadcatch.program.project import Project

_SPELLED = {"_hashlib.HASH": "hashlib._Hash", "os._Environ": "os.environ"}
"""The class of the environment has one object, by whose name it is known."""
_OBJECTS = {"os.environ": "os._Environ"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A name of a stub that is neither function nor class; `owner` is the class that declares it."""

    module: Module
    name: str
    bindings: tuple[Binding, ...]
    owner: Class | None = None


Found = Function | Class | Variable | Module | None


@cache
def stub_folder() -> Path | None:
    """Where the library `typeshed_client` keeps the stubs; None if it is not installed."""
    spec = importlib.util.find_spec("typeshed_client")
    for place in (spec.submodule_search_locations if spec else None) or ():
        folder = Path(place) / "typeshed"
        if (folder / "builtins.pyi").is_file():
            return folder
    return None


def is_typeshed(module: Module) -> bool:
    """Whether it is a stub of the standard library."""
    return module.origin == "stub" and (is_standard(module.name) or module.name == "_typeshed")


class Stubs:
    """The stubs of the standard library as a project's Python sees them, each read when first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._folder = stub_folder()
        self._modules: dict[str, Module | None] = {}
        self._found: dict[str, Found] = {}
        self._names: dict[Class, str] = {}
        self._paths: dict[str, Path | None] = {}

    def module(self, name: str) -> Module | None:
        """The stub of a module."""
        if name not in self._modules:
            path = self._path(name)
            place = Place(path, self._folder, "stub") if path and self._folder else None
            self._modules[name] = self._project.module_in(place) if place else None
        return self._modules[name]

    def _path(self, name: str) -> Path | None:
        if name not in self._paths:
            self._paths[name] = self._looked_for(name)
        return self._paths[name]

    def _looked_for(self, name: str) -> Path | None:
        if self._folder is None or not (is_standard(name) or name.startswith("_typeshed")):
            return None
        base = self._folder.joinpath(*name.split("."))
        for path in (base / "__init__.pyi", base.with_name(base.name + ".pyi")):
            if path.is_file():
                return path
        return None

    def find(self, name: str) -> Found:
        """The definition behind a dotted name; a builtin's goes without its module: `OSError.errno`."""
        full = name if self._path(name.partition(".")[0]) else f"builtins.{name}"
        if full not in self._found:
            self._found[full] = None  # where a name leads back to itself
            self._found[full] = self._find(full)
        return self._found[full]

    def cls(self, name: str) -> Class | None:
        """The class of this name."""
        found = self.find(_OBJECTS.get(name, name))
        return found if isinstance(found, Class) else None

    def _find(self, name: str) -> Found:
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            module = self.module(".".join(parts[:cut]))
            if module is not None:
                found: Found = module
                for part in parts[cut:]:
                    found = self._inside(found, part)
                return found
        return None

    def _inside(self, of: Found, name: str) -> Found:
        if isinstance(of, Module):
            return self.member(of, name)
        if isinstance(of, Class):
            bound = of.names.get(name, ())
            found = of.nested.get(name) or of.members.get(name)
            return found or (Variable(of.module, name, bound, of) if bound else None)
        return None

    def member(self, module: Module, name: str) -> Found:
        """What a stub binds a name to, through its imports."""
        bound = module.names.get(name)
        if bound:
            last = bound[-1]
            if last.how == "import":
                return self.find(last.target)
            if last.how == "def":
                return module.functions.get(name)
            if last.how == "class":
                return module.classes.get(name)
            alias = getattr(last.expr, "id", "") if last.how == "value" and not last.path else ""
            aliased = self.member(module, alias) if alias and alias != name else None
            return aliased or Variable(module, name, bound)
        for star in module.stars:
            source = self.module(star)
            given = source is not None and source is not module and exports(source, name)
            found = self.member(source, name) if source is not None and given else None
            if found is not None:
                return found
        return self.module(f"{module.name}.{name}") if module.is_package else None

    def holds(self, module: Module, name: str) -> bool:
        """Whether a stub binds the name, itself or by a star import."""
        return name in module.names or any(
            source is not None and source is not module and exports(source, name) and self.holds(source, name)
            for source in map(self.module, module.stars)
        )

    def public(self, cls: Class) -> str:
        """The name under which a class is known: `io.TextIOWrapper` for what `_io` defines."""
        if cls not in self._names:
            self._names[cls] = self._public(cls)
        return self._names[cls]

    def _public(self, cls: Class) -> str:
        if cls.name in _SPELLED:
            return _SPELLED[cls.name]
        *above, last = cls.module.name.split(".")
        homes = [".".join(above[:cut]) for cut in range(1, len(above) + 1)]
        if last.startswith("_"):
            homes.append(".".join([*above, last.lstrip("_")]))
        if cls.module.name == "typing":
            return cls.name
        for home in homes:
            if self._found_at(f"{home}.{cls.qualname}") is cls:
                return f"{home}.{cls.qualname}"
        return cls.name

    def _found_at(self, name: str) -> Found:
        return self.find(name) if not name.startswith(".") else None
