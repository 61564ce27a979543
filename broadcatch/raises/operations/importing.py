"""What can an import raise? ImportError, unless all that it loads is there: Python's own, the project's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.distributions import brought_by
from broadcatch.program.module import Module
from broadcatch.program.names import absolute
from broadcatch.program.project import External
from broadcatch.program.unread import is_skeleton
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item

ALWAYS_THERE = frozenset(
    "__future__ abc argparse ast asyncio base64 collections concurrent contextlib copy csv "
    "dataclasses datetime decimal difflib email enum errno functools glob gzip hashlib hmac html "
    "http importlib inspect io itertools json logging math multiprocessing operator os pathlib "
    "pickle platform queue random re secrets shlex shutil signal socket statistics string struct "
    "subprocess sys tempfile textwrap threading time traceback types typing unittest urllib uuid "
    "warnings weakref xml zipfile zlib numbers fractions bisect heapq array".split()
)
"""Modules of the standard library that every supported Python has on every platform."""
_MOST = 12
"""So many modules are looked at for what they import in turn; beyond, one may be missing."""


def import_items(context: Context, statement: ast.Import | ast.ImportFrom) -> Iterator[Item]:
    """What an import statement can raise; that a module which is there breaks by itself is left out."""
    near = context.scope.module
    for name in _modules(statement, near):
        if _head(name) in ALWAYS_THERE or (near.origin == "standard" and _is_relative(statement)):
            continue
        project = context.resolver.project
        found = project.find(name, near)
        if found is None or is_skeleton(project, found):
            yield context.operation("ImportError", statement, f"import of {name}")
            if not is_standard(name):
                yield context.open(statement, f"import {name}", "importing it runs its code")
        elif not _is_own(context, found, near):
            detail = f"import of {name}, which may not be installed"
            yield context.operation("ImportError", statement, detail)
        else:
            loaded = _loaded(context, statement, found)
            if loaded is None or _needs_others(context, loaded, near):
                yield context.operation("ImportError", statement, f"import of {name}", usual=False)


def _is_relative(statement: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.level > 0


def _modules(statement: ast.Import | ast.ImportFrom, near: Module) -> list[str]:
    if isinstance(statement, ast.Import):
        return [one.name for one in statement.names]
    return [absolute(near.name, near.is_package, statement.level, statement.module or "")]


def _head(name: str) -> str:
    return name.partition(".")[0]


def _is_own(context: Context, found: Module, near: Module) -> bool:
    """Whether both are parts of the project, or of one installed distribution."""
    if found.origin != near.origin:
        return False
    if _head(found.name) != _head(near.name):
        return found.origin == "project"
    place = context.resolver.project.place
    here, there = place(near), place(found)
    return here.base != there.base or brought_by(here.path, here.base) == brought_by(there.path, there.base)


def _loaded(context: Context, statement: ast.Import | ast.ImportFrom, found: Module) -> list[Module] | None:
    """The module and those that are taken from it; None where a part is missing, or compiled."""
    if found.origin == "stub":
        return None
    if isinstance(statement, ast.Import):
        return [found]
    taken = [one.name for one in statement.names if one.name != "*" and one.name not in found.names]
    symbols = [context.resolver.project.member(found, one) for one in taken]
    if any(one is None or isinstance(one, External) for one in symbols):
        return None
    return [found, *(one for one in symbols if isinstance(one, Module))]


def _needs_others(context: Context, todo: list[Module], near: Module) -> bool:
    """Whether one of them, or what they load, imports at its top what `near` does not and may be missing."""
    loaded = {_head(one) for one in _at_top(near)} - {_head(near.name)}
    seen = {one.path for one in todo}
    while todo:
        module = todo.pop()
        if len(seen) > _MOST:
            return True
        for name in _at_top(module):
            if is_standard(name) or _head(name) in loaded:
                continue
            found = _module_of(context, name, module)
            if found is None or not _is_own(context, found, near):
                return True
            if found.path not in seen:
                seen.add(found.path)
                todo.append(found)
    return False


def _at_top(module: Module) -> list[str]:
    """What the names that the module imports at its top stand for."""
    given = module.names.items()
    bound = (one for name, those in given if name not in module.for_typing for one in those)
    real = [one.target for one in bound if one.how == "import"]
    return [*real, *module.stars]


def _module_of(context: Context, name: str, near: Module) -> Module | None:
    """The module that holds what an import names: itself, or a name of its parent."""
    project = context.resolver.project
    return project.find(name, near) or project.find(name.rpartition(".")[0], near)
