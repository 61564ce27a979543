"""Of what class is an opened file? Its mode decides, where it is written as a constant."""

from __future__ import annotations

import ast

from broadcatch.program.meaning import Arguments
from broadcatch.program.types import Type

OPENERS = {"builtins.open": 1, "io.open": 1, "codecs.open": 1, "os.fdopen": 1, "pathlib.Path.open": 0}
"""What opens a file -> the position of the mode among its arguments."""


def opened(name: str, given: Arguments) -> Type | None:
    """The class of the file: for text unless the mode says otherwise; None if it reads and writes bytes."""
    mode = _mode(given, OPENERS[name])
    if "b" not in mode:
        return Type("io.TextIOWrapper")
    if "+" in mode:
        return None
    return Type("io.BufferedReader" if "r" in mode else "io.BufferedWriter")


def _mode(given: Arguments, position: int) -> str:
    """The mode, "" where it is not given or no constant."""
    named = [value for name, value in given.named if name == "mode"]
    expr = (*named, *given.positional[position : position + 1], ast.Constant(""))[0]
    return expr.value if isinstance(expr, ast.Constant) and isinstance(expr.value, str) else ""
