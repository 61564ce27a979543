"""What comes after the handlers that let the code go on? Asks `program` about the files that hold them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from broadcatch.judge.verdict import Judged
from broadcatch.model.aftermath import Aftermath
from broadcatch.model.facts import Failure
from broadcatch.program.aftermath import aftermaths
from broadcatch.source.read import read_bytes

NO_TEXTS: Mapping[str, bytes] = MappingProxyType({})


def afterwards(
    judged: Mapping[str, Iterable[Judged]], texts: Mapping[str, bytes] = NO_TEXTS, folder: Path = Path(".")
) -> dict[tuple[str, int], Aftermath]:
    """By path and line of the clause; nothing of what cannot be read.

    Files are those in `texts`, else below `folder`.
    """
    found: dict[tuple[str, int], Aftermath] = {}
    for path, handlers in judged.items():
        lines = {one.handler.span.line for one in handlers if one.verdict.broad and not one.verdict.leaves}
        tree = _tree(texts[path] if path in texts else read_bytes(folder / path)) if lines else None
        if tree is not None:
            found.update(((path, line), one) for line, one in aftermaths(tree, lines).items())
    return found


def _tree(data: bytes | Failure) -> ast.Module | None:
    if isinstance(data, Failure):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the code's own author was told already
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
