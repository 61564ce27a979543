"""How would this file write the name of an exception class? Existing imports first, else a public name."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from broadcatch.program.classes import standard_exceptions
from broadcatch.program.module import Class
from broadcatch.program.names import Binding, imported, own_statements
from broadcatch.program.project import Project
from broadcatch.program.scope import Scope, is_builtin

NAMELESS = frozenset({"Error", "error", "Exception"})
"""Names that say nothing without their module: `locale.Error`, `struct.error`."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """`text` as written; `import_module`, `import_name` (of `from … import …`) if it needs an import."""

    text: str
    import_module: str = ""
    import_name: str = ""


def spell(type_: str, scope: Scope, project: Project, attempt: ast.Try) -> Spelling:
    """The spelling of a canonical class name in the scope of a handler of `attempt`."""
    if "." not in type_ and is_builtin(type_):
        return Spelling(type_) if scope.find(type_) is None else Spelling(f"builtins.{type_}", "builtins")
    names = public_names(type_, scope, project)
    hidden = scope.module.for_typing | {
        name for statement in own_statements(attempt.body) for name, _ in imported(statement, "", False)
    }
    for local, target in _visible(scope, hidden):
        if target in names:
            return Spelling(local)
    for name in names:
        for local, target in _visible(scope, hidden):
            if name.startswith(f"{target}.") and name.rpartition(".")[0] == target:
                return Spelling(f"{local}{name[len(target) :]}")
    return _beside(names, scope) or _with_import(names[0], scope)


def public_names(type_: str, scope: Scope, project: Project) -> list[str]:
    """Every dotted name under which the class can be reached, best first: public, short."""
    short = type_.rpartition(".")[2]
    found = {type_}
    standard = standard_exceptions(sys.version_info[1])
    if type_ in standard:
        found |= {name for name, (real, _) in standard.items() if real == type_ and _same_name(name, short)}
        return sorted(
            found,
            key=lambda name: (
                _is_private(name),
                not name.endswith(f".{short}"),
                name.count("."),
                name != type_,
                name,
            ),
        )
    symbol = project.resolve(type_, scope.module)
    parts = type_.split(".")
    for cut in range(len(parts) - 2, 0, -1):
        package = project.find(".".join(parts[:cut]), scope.module)
        if package and isinstance(symbol, Class) and project.member(package, short) is symbol:
            found.add(f"{package.name}.{short}")
    near = _republished(symbol, short, scope, project) if isinstance(symbol, Class) else set()
    order = sorted(found | near, key=lambda name: (name != type_, name.count("."), name))
    return sorted(order, key=lambda name: (_is_private(name), name not in near))


def _republished(symbol: Class, short: str, scope: Scope, project: Project) -> set[str]:
    """The names that packages which the file imports give to a class of a package that it does not import."""
    targets = {bound[0].target for bound in scope.module.names.values() if bound[0].how == "import"}
    heads = {target.partition(".")[0] for target in targets} - {""}
    if symbol.module.name.partition(".")[0] in heads:
        return set()
    packages = [project.find(head, scope.module) for head in sorted(heads - sys.stdlib_module_names)]
    return {f"{one.name}.{short}" for one in packages if one and project.member(one, short) is symbol}


def _same_name(name: str, short: str) -> bool:
    return name.rpartition(".")[2] in (short, "error", "Error") or not _is_private(name)


def _is_private(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("."))


def _visible(scope: Scope, hidden: frozenset[str]) -> list[tuple[str, str]]:
    """(local name, what it stands for) of imports and classes that the handler can see."""
    found: list[tuple[str, str]] = []
    here: Scope | None = scope
    while here is not None:
        for name, bound in here.names.items():
            if name in hidden or len({b.how for b in bound}) > 1:
                continue
            if bound[0].how == "import":
                found.append((name, bound[0].target))
            elif bound[0].how == "class" and here.function is None and here.owner is None:
                found.append((name, f"{here.module.name}.{name}"))
        here = here.outer
    return found


def _beside(names: list[str], scope: Scope) -> Spelling | None:
    """The name from a module of which the file takes other names already, and which it does not import."""
    targets = {one.target for bound in _everything(scope).values() for one in bound if one.how == "import"}
    modules = {target.rpartition(".")[0] for target in targets} - targets
    for name in names:
        module, _, short = name.rpartition(".")
        if module in modules and scope.find(short) is None and not (is_builtin(short) or short in NAMELESS):
            return Spelling(short, module, short)
    return None


def _everything(scope: Scope) -> Mapping[str, tuple[Binding, ...]]:
    """What the names of the module mean, and those of the function."""
    found: dict[str, tuple[Binding, ...]] = {}
    here: Scope | None = scope
    while here is not None:
        found |= here.names
        here = here.outer
    return found


def _with_import(name: str, scope: Scope) -> Spelling:
    """`import json`, or `from package import Name` where it tells by itself."""
    module, _, short = name.rpartition(".")
    if module.split(".")[0] in sys.stdlib_module_names and scope.find(module.split(".")[0]) is None:
        return Spelling(name, module)
    head_is_free = scope.find(module.partition(".")[0]) is None
    if scope.find(short) is not None or is_builtin(short) or (short in NAMELESS and head_is_free):
        return Spelling(name, module)  # no import may hide another class
    return Spelling(short, module, short)
