"""What comes after the handlers that let the code go on? Asks `program` about the files that hold them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from broadcatch.judge.verdict import Judged
from broadcatch.model.aftermath import Aftermath
from broadcatch.model.facts import Failure
from broadcatch.program.aftermath import aftermaths
from broadcatch.source.read import read_bytes


def afterwards(
    judged: Mapping[str, Iterable[Judged]], folder: Path = Path(".")
) -> dict[tuple[str, int], Aftermath]:
    """By path and line of the clause; the paths are relative to `folder`. Nothing of what cannot be read."""
    found: dict[tuple[str, int], Aftermath] = {}
    for path, handlers in judged.items():
        lines = {one.handler.span.line for one in handlers if one.verdict.broad and not one.verdict.leaves}
        tree = _tree(folder / path) if lines else None
        if tree is not None:
            found.update(((path, line), one) for line, one in aftermaths(tree, lines).items())
    return found


def _tree(path: Path) -> ast.Module | None:
    data = read_bytes(str(path))
    if isinstance(data, Failure):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the code's own author was told already
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
