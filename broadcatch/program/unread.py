"""Is a package there to be read, or are only its public names on record?"""

from __future__ import annotations

from broadcatch.program.module import Module
from broadcatch.program.project import Project
from broadcatch.program.published import FOLDER


def is_skeleton(project: Project, module: Module) -> bool:
    """Whether the package of a module is not here."""
    return project.place(module).base == FOLDER


def is_unread(project: Project, name: str) -> bool:
    """Whether a dotted name belongs to a package that is not here, and of which there is a skeleton."""
    found = project.find(name.partition(".")[0])
    return found is not None and is_skeleton(project, found)
