"""Is a package there to be read, or are only its public names on record?"""

from __future__ import annotations

from broadcatch.program.meaning import Meanings
from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Module
from broadcatch.program.project import Project
from broadcatch.program.published import FOLDER
from broadcatch.program.types import Type


def is_skeleton(project: Project, module: Module) -> bool:
    """Whether the package of a module is not here."""
    return project.place(module).base == FOLDER


def is_unread(project: Project, name: str) -> bool:
    """Whether a dotted name belongs to a package that is not here, and of which there is a skeleton."""
    found = project.find(name.partition(".")[0])
    return found is not None and is_skeleton(project, found)


def is_of_unread(r: Meanings, of: Type | None) -> bool:
    """Whether the class of a value belongs to such a package."""
    return of is not None and isinstance(of.target, Class) and is_skeleton(r.project, of.target.module)


def has_from_unread(r: Meanings, of: Type | None, name: str) -> bool:
    """Whether an attribute comes from a class of such a package, so that reading it may run code."""
    line = r.mro(of.target) if of is not None and isinstance(of.target, Class) else []
    known = [one for one in line if isinstance(one, Class)]
    if not any(is_skeleton(r.project, one.module) for one in known):
        return False
    return all(
        is_skeleton(r.project, one.module)
        or not (name in one.members or name in one.names or name in self_assignments(one))
        for one in known
    )
