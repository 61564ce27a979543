"""What the tests of this room share: an engine over files written for the test, and short answers."""

from __future__ import annotations

import textwrap

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine


def engine_of(folder, **files: str) -> Engine:
    """An engine over modules `name=source`; `pkg_in_mod` stands for `pkg/mod.py`."""
    for name, text in files.items():
        path = folder / (name.replace("_in_", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return Engine(Project(folder))


def found_in(engine: Engine, name: str = "f", file: str = "app.py"):
    """The answer for the function `name` of a file."""
    module = engine.project.module_at(file)
    return engine.function_escapes(next(one for one in module.extents if one.qualname == name))


def of(engine: Engine, name: str = "f", file: str = "app.py"):
    """(types, whether closed) of what function `name` lets out, without attributes that may be missing."""
    found = found_in(engine, name, file)
    return {one.type for one in found.raised} - {"AttributeError"}, found.closed
