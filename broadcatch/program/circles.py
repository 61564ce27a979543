"""Would an import at the top of a file close a circle? What a module imports while it is itself imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.module import Module
from broadcatch.program.names import absolute, own_statements
from broadcatch.program.project import Project

MOST = 1000
"""So many modules are looked at; who imports more than that is taken to import everything."""


def closes_circle(project: Project, importer: Module, wanted: str) -> bool:
    """Whether importing the module `wanted` runs, sooner or later, an import of `importer`.

    Imports inside functions, and those for type checkers only, do not count; of a package the `__init__` is
    run too. Modules that do not belong to the importer's own project (or package) never import it.
    """
    todo, seen = list(_anew(project, wanted, importer)), set[str]()
    while todo:
        module = todo.pop()
        if module.path == importer.path or len(seen) > MOST:
            return True
        if module.path not in seen and _is_of(module, importer):
            seen.add(module.path)
            todo += (one for target in _targets(module) for one in _anew(project, target, importer))
    return False


def _is_of(module: Module, importer: Module) -> bool:
    same = module.name.partition(".")[0] == importer.name.partition(".")[0]
    return module.origin == importer.origin and (same or importer.origin == "project")


def _targets(module: Module) -> Iterator[str]:
    """The dotted names that the module's own level imports."""
    for statement in own_statements(module.tree.body) if module.tree else ():
        if isinstance(statement, ast.Import):
            yield from (one.name for one in statement.names if _bound(one) not in module.for_typing)
        elif isinstance(statement, ast.ImportFrom):
            base = absolute(module.name, module.is_package, statement.level, statement.module or "")
            names = [one for one in statement.names if _bound(one) not in module.for_typing]
            yield from (base if one.name == "*" else f"{base}.{one.name}" for one in names)


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _anew(project: Project, name: str, near: Module) -> Iterator[Module]:
    """The modules on the way to a dotted name, but for packages around the importer, which run already."""
    return (one for one in on_the_way(project, name, near) if not near.name.startswith(f"{one.name}."))


def on_the_way(project: Project, name: str, near: Module) -> Iterator[Module]:
    """The modules that are run for a dotted name ("" for none), outermost first, as far as they are read."""
    parts = name.split(".") if name else []
    for end in range(1, len(parts) + 1):
        found = project.find(".".join(parts[:end]), near)
        if found is None:
            return
        yield found
