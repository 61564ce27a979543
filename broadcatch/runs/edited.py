"""Which functions have another text than before? By their syntax: what only looks different is the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from broadcatch.model.facts import Failure
from broadcatch.program.module import Function, Module
from broadcatch.program.project import Project
from broadcatch.source.read import decode


def edited(project: Project, before: Mapping[str, bytes]) -> Iterator[Function]:
    """The functions of some files of the project that are new there, or say something else than before.

    `before` are the texts that the files (by their paths from the project's root) had, b"" for none. A file
    that cannot be parsed, now or then, tells nothing.
    """
    for path, text in before.items():
        now = project.module_at(path)
        then = _module_of(project, path, text)
        if now.error or then is None or then.error:
            continue
        known = {(one.qualname, _said(one)) for one in then.extents}
        yield from (one for one in now.extents if (one.qualname, _said(one)) not in known)


def _module_of(project: Project, path: str, text: bytes) -> Module | None:
    source = decode(text, path)
    return None if isinstance(source, Failure) else project.apart(Path(path), source.text)


def _said(function: Function) -> str:
    """What a function says, without its docstring, whatever the layout."""
    node = function.node
    kept = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    parts = [node.args, node.returns, *node.decorator_list, *kept]
    return "\n".join(ast.dump(one) if one is not None else "" for one in parts)
