"""What do packages offer that callers meet? Writes the skeletons in broadcatch/program/published/.

`python -m benchmarks.publishing --python ENVIRONMENT PACKAGE …`, where a package is a dotted name of which
the knowledge files have rows or exceptions. It is read by broadcatch's own resolver, and neither imported nor
run.
Taken is what leads to a row: functions with one, the classes of such methods, what gives such classes, all
public exceptions, and their bases. Of these only facts are written: names, bases, and the class of a result.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path

from broadcatch.program.environment import Environment, find_environment
from broadcatch.program.libraries import libraries
from broadcatch.program.meaning import Arguments, Bound
from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.project import External, Project, Value
from broadcatch.program.published import FOLDER
from broadcatch.program.scope import is_classmethod, is_property, is_static, module_scope
from broadcatch.program.types import NONE, Type, alternatives
from broadcatch.raises.escapes import Engine

_BUILTIN = frozenset(f"builtins.{one}" for one in "str int float bool bytes dict list tuple set".split())
_LEFT_OUT = re.compile(
    r"(^|\.)(tests?|testing|_?vendor|vendored|migrations|conf\.locale|gis|examples|_internal)(\.|$)"
)
_DUNDER = re.compile(r"__\w+__$")
_SELF_NAMES = frozenset({"__init__", "__new__", "__doc__", "__slots__", "__module__", "__all__"})
_MOST_MODULES = 4000


@dataclass(slots=True)
class Skeleton:
    """The text of one module: what it imports, what it defines."""

    imports: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


class Publisher:
    """Writes one package."""

    def __init__(self, name: str, environment: Environment) -> None:
        self.name = name
        self.engine = Engine(Project(Path(__file__).parent / "targets", environment))
        self.project, self.resolver, self.table = self.engine.project, self.engine.resolver, self.engine.table
        self.public: dict[str, Function | Class | Value] = {}
        self.wanted: dict[Class | Function, None] = {}
        self.modules: dict[str, Skeleton] = {}

    def write(self, into: Path, version: str) -> int:
        """Write the modules below the folder; how many characters they have."""
        self._look_around()
        self._choose()
        self._define()
        total = 0
        for name, skeleton in sorted(self.modules.items()):
            path = self._path(into, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = self._text(name, skeleton, version)
            total += len(text)
            path.write_text(text, encoding="utf-8")
        return total

    def _path(self, into: Path, name: str) -> Path:
        is_package = any(one.startswith(f"{name}.") for one in self.modules)
        base = into.joinpath(*name.split("."))
        return base / "__init__.pyi" if is_package else base.with_name(f"{base.name}.pyi")

    def _text(self, name: str, skeleton: Skeleton, version: str) -> str:
        head = f"# Public names of {version}, found by benchmarks/publishing.py\n"
        body = "".join(f"{one}\n" for one in (*sorted(skeleton.imports), *skeleton.lines))
        return head + body

    def _look_around(self) -> None:
        """Every public dotted name of the package, and what it means."""
        for module in self._modules():
            for name in self._offered(module):
                symbol = None if name.startswith("_") else self.project.member(module, name)
                if isinstance(symbol, (Function, Class, Value)) and self._is_inside(symbol.module):
                    if "<" not in getattr(symbol, "qualname", ""):
                        self.public[f"{module.name}.{name}"] = symbol

    def _offered(self, module: Module, depth: int = 0) -> dict[str, None]:
        """The names of a module, with those that it takes from others by a star."""
        found = dict.fromkeys(module.names)
        for star in module.stars if depth < 5 else ():
            source = self.project.find(star, module)
            found |= self._offered(source, depth + 1) if source is not None else {}
        return found

    def _is_inside(self, module: Module) -> bool:
        return module.name == self.name or module.name.startswith(f"{self.name}.")

    def _modules(self) -> Iterator[Module]:
        top = self.project.find(self.name)
        if top is None:
            raise SystemExit(f"{self.name} is not installed there")
        yield top
        if not top.is_package:
            return
        folder = (self.project.root / top.path).parent
        for number, path in enumerate(sorted(folder.rglob("*.py"))):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join((self.name, *(parts[:-1] if parts[-1] == "__init__" else parts)))
            if number > _MOST_MODULES or "._" in name or _LEFT_OUT.search(name):
                continue
            module = self.project.find(name)
            if module is not None and module is not top:
                yield module

    def _choose(self) -> None:
        symbols = dict.fromkeys(self.public.values())
        classes = [one for one in symbols if isinstance(one, Class)]
        functions = [one for one in symbols if isinstance(one, Function)]
        for cls in classes:
            if self._is_exception(cls) or self._has_rows(cls):
                self._want(cls)
        for function in functions:
            known = self.table.lookup(function.name) or self.table.behind(function.name)
            if (known or function.name in libraries().returns) and function.owner is None:
                self.wanted[function] = None
        near = [one for one in classes if self.public.get(f"{self.name}.{one.qualname}") is one]
        given = [one for one in (*functions, *self._methods(near)) if self._gives(one)]
        for one in given:
            self._want(one.owner) if one.owner is not None else self.wanted.setdefault(one)

    def _methods(self, classes: list[Class]) -> Iterator[Function]:
        for cls in classes:
            yield from (one for name, one in cls.members.items() if not name.startswith("_"))

    def _gives(self, function: Function) -> bool:
        of = self._result(function, None)
        inner = [*alternatives(of), *of.args] if of is not None else []
        return any(isinstance(one.target, Class) and one.target in self.wanted for one in inner)

    def _want(self, cls: Class) -> None:
        if cls in self.wanted or cls.outer is not None or "." in cls.qualname:
            return
        self.wanted[cls] = None
        for base in self.resolver.bases(cls):
            if isinstance(base, Class) and self._is_inside(base.module):
                self._want(base)

    def _is_exception(self, cls: Class) -> bool:
        return self.resolver.hierarchy.is_exception(self.resolver.hierarchy.name_of(cls))

    def _has_rows(self, cls: Class) -> bool:
        line = [one for one in self.resolver.mro(cls) if isinstance(one, Class)]
        names = {name for one in line for name in one.members}
        made = any(one.name in libraries().made or one.name in libraries().proxies for one in line)
        known = (self.table.lookup, self.table.behind)
        rows = [ask(f"{one.name}.{name}") for one in line for name in (*names, "*") for ask in known]
        return made or any(one is not None and one.rows for one in rows)

    def _define(self) -> None:
        for one in self.wanted:
            skeleton = self._module(one.module.name)
            if isinstance(one, Class):
                skeleton.lines += self._of_class(one, skeleton)
            else:
                skeleton.lines += self._of_function(one, "", skeleton, None)
        for name, symbol in self.public.items():
            module, _, short = name.rpartition(".")
            if isinstance(symbol, Value):
                self._of_value(module, short, symbol)
            elif isinstance(symbol, Function) and symbol.owner is not None:
                if symbol.owner in self.wanted and "." not in symbol.owner.qualname:
                    skeleton = self._module(module)
                    owner = self._imported(symbol.owner.module.name, symbol.owner.qualname, skeleton)
                    skeleton.lines.append(f"{short} = {owner}.{symbol.short}")
            elif symbol in self.wanted and symbol.name != name and self._is_package(module):
                text = f"from {symbol.module.name} import {symbol.qualname} as {short}"
                self._module(module).imports[text] = short

    def _is_package(self, name: str) -> bool:
        found = self.project.find(name)
        return found is not None and found.is_package

    def _module(self, name: str) -> Skeleton:
        parts = name.split(".")
        for cut in range(1, len(parts) + 1):
            self.modules.setdefault(".".join(parts[:cut]), Skeleton())
        return self.modules[name]

    def _of_value(self, module: str, short: str, symbol: Value) -> None:
        if symbol.module.name != module or symbol.owner is not None:
            return
        of = self.resolver.type_of(ast.Name(short, ast.Load()), module_scope(symbol.module))
        if (
            of is not None
            and isinstance(of.target, Class)
            and of.target in self.wanted
            and of.name != "class"
        ):
            skeleton = self._module(module)
            text = self._spelled(of, skeleton, None)
            if text:
                skeleton.lines.append(f"{short}: {text}")

    def _of_class(self, cls: Class, skeleton: Skeleton) -> list[str]:
        found = [External(f"builtins.{one.short}") if one is cls else one for one in self.resolver.bases(cls)]
        bases = [text for one in found if (text := self._base(one, cls, skeleton))]
        lines = [f"class {cls.qualname}({', '.join(bases)}):" if bases else f"class {cls.qualname}:"]
        for name, member in cls.members.items():
            if not name.startswith("_") or _DUNDER.match(name) and name not in _SELF_NAMES:
                lines += [f"    {one}" for one in self._of_function(member, name, skeleton, cls)]
        if not self._is_exception(cls):
            lines.append("    def __init__(self, *args, **kwargs): ...")
        taken = {*cls.members, *_SELF_NAMES}
        for name in dict.fromkeys((*cls.names, *self_assignments(cls))):
            if name not in taken and not name.startswith("_"):
                found = self.resolver.member(Type(cls.name, target=cls), name)
                of = getattr(found, "type", None)
                lines.append(f"    {name}: {self._spelled(of, skeleton, cls) or '...'}")
        return lines if len(lines) > 1 else [f"{lines[0]} ..."]

    def _base(self, base: Class | External | None, cls: Class, skeleton: Skeleton) -> str:
        if isinstance(base, Class):
            return self._imported(base.module.name, base.qualname, skeleton)
        if base is None:
            return "_Unknown"
        module, _, short = base.name.rpartition(".")
        if module == "builtins" and short not in cls.module.names:
            return "" if short == "object" else short
        return self._imported(module, short, skeleton)

    def _imported(self, module: str, name: str, skeleton: Skeleton) -> str:
        if skeleton is self.modules.get(module):
            return name
        text = f"from {module} import {name}"
        local = next(
            n for n in (f"_{name}", *(f"_{name}{i}" for i in range(2, 20))) if self._free(n, text, skeleton)
        )
        skeleton.imports[f"{text} as {local}"] = local
        return local

    def _free(self, local: str, text: str, skeleton: Skeleton) -> bool:
        return all(known == f"{text} as {local}" for known, one in skeleton.imports.items() if one == local)

    def _of_function(self, function: Function, name: str, skeleton: Skeleton, cls: Class | None) -> list[str]:
        lines = []
        of = self._result(function, cls)
        is_async = function.is_async and not function.yields
        if of is not None and of.name == "coroutine":
            of = of.args[0] if of.args else None
        if "contextmanager" in function.decorators or "asynccontextmanager" in function.decorators:
            which = next(one for one in function.decorators if one.endswith("contextmanager"))
            lines.append("@" + self._imported("contextlib", which, skeleton))
            is_async = which.startswith("async")
            inner = self._spelled(of.args[0], skeleton, cls) if of is not None and of.args else ""
            kind = "AsyncIterator" if is_async else "Iterator"
            result = f"{self._imported('typing', kind, skeleton)}[{inner}]" if inner else ""
        else:
            result = self._spelled(of, skeleton, cls)
            if cls is not None and is_classmethod(function) and result == "_Self":
                result = cls.qualname
        first = "self, "
        if cls is None:
            first = ""
        elif is_static(function):
            lines.append("@staticmethod")
            first = ""
        elif is_classmethod(function):
            lines.append("@classmethod")
            first = "cls, "
        elif is_property(function):
            lines.append("@property")
        given = f" -> {result}" if result else ""
        start = "async def" if is_async else "def"
        lines.append(f"{start} {function.short}({first}*args, **kwargs){given}: ...")
        return lines

    def _result(self, function: Function, cls: Class | None) -> Type | None:
        owner = cls or function.owner
        receiver = Type(owner.name, target=owner) if owner is not None else None
        if owner is not None and is_classmethod(function):
            receiver = Type("class", target=owner)
        found = Bound((function,), receiver=receiver) if owner is not None else function
        if owner is not None and is_property(function):
            read = self.resolver.called_property(Bound((function,), receiver=receiver))
            return getattr(read, "type", None)
        return self.resolver.called(found, Arguments(module_scope(function.module), ()))

    def _spelled(self, of: Type | None, skeleton: Skeleton, cls: Class | None) -> str:
        if of is None:
            return ""
        if of == NONE:
            return "None"
        if of.name == "union":
            parts = [self._spelled(one, skeleton, cls) for one in of.args]
            return " | ".join(parts) if all(parts) else ""
        if isinstance(of.target, Class) and of.name not in ("class", "super"):
            if cls is not None and of.target is cls:
                return self._imported("typing", "Self", skeleton)
            inside = of.target in self.wanted and self._is_inside(of.target.module)
            return self._imported(of.target.module.name, of.target.qualname, skeleton) if inside else ""
        if (
            of.name in ("builtins.list", "builtins.tuple")
            and len(of.args) == 1
            and of.name == "builtins.list"
        ):
            inner = self._spelled(of.args[0], skeleton, cls)
            return f"list[{inner}]" if inner else "list"
        return of.name.removeprefix("builtins.") if of.name in _BUILTIN else ""


def _version(package: str, environment: Environment) -> str:
    """`requests 2.34.2`, by the distribution that brings the package."""
    head = package.replace(".", "/")
    for one in distributions(path=[str(folder) for folder in environment.packages]):
        files = [str(file) for file in one.files or ()]
        if any(file.startswith((f"{head}/", f"{head}.py")) for file in files):
            return f"{one.metadata['Name']} {one.version}"
    return package


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+", metavar="PACKAGE")
    parser.add_argument("--python", required=True)
    asked = parser.parse_args()
    environment = find_environment(asked.python, FOLDER)
    for name in asked.packages:
        shutil.rmtree(FOLDER.joinpath(*name.split(".")), ignore_errors=True)
        print(name, Publisher(name, environment).write(FOLDER, _version(name, environment)))


if __name__ == "__main__":
    main()
