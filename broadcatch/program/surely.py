"""Is a package there wherever a file of the project is? By what is imported with it, without conditions.

An import in a function, or under `try` or `if`, says that the package may be missing.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from broadcatch.program.circles import on_the_way
from broadcatch.program.module import Module
from broadcatch.program.names import imported
from broadcatch.program.project import Project

MOST = 400
"""So many modules are looked at; what is not found among them is not taken for sure."""
_OF_PLATFORMS = frozenset(
    "_winapi crypt curses fcntl grp msvcrt nis posix pty pwd readline resource spwd syslog termios tkinter "
    "tty winreg winsound".split()
)
"""Modules of the standard library that not every build of Python has."""


def may_be_missing(project: Project, importer: Module, wanted: str) -> bool:
    """Whether importing the module `wanted` (in full) may fail where `importer` itself can be imported.

    What is of the project's own is there, and most of the standard library.
    """
    head = wanted.partition(".")[0]
    if head == importer.name.partition(".")[0]:
        return False
    if head in sys.stdlib_module_names and head not in _OF_PLATFORMS:
        return False
    home = project.find(head, importer)
    if home is not None and home.origin == "project":
        return False
    return not _comes_with(project, importer, head)


def _comes_with(project: Project, importer: Module, head: str) -> bool:
    """Whether importing a module surely imports the package `head`, itself or through what it imports."""
    todo, seen = [importer, *_packages_of(project, importer)], set[str]()
    while todo and len(seen) < MOST:
        module = todo.pop(0)
        if module.path in seen:
            continue
        seen.add(module.path)
        for target in _targets(module):
            if target.partition(".")[0] == head:
                return True
            todo += on_the_way(project, target, module)
    return False


def _packages_of(project: Project, module: Module) -> Iterator[Module]:
    """The packages that a module lies in: their `__init__` is run before it."""
    yield from on_the_way(project, module.name.rpartition(".")[0], module)


def _targets(module: Module) -> Iterator[str]:
    """The dotted names that the module imports at its top, under no condition."""
    for statement in module.tree.body if module.tree else ():
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield from (target for _, target in imported(statement, module.name, module.is_package))
    yield from module.stars
