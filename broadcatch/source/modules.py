"""What is this file called in an import?"""

from __future__ import annotations

import os
from functools import lru_cache


def module_name(path: str | os.PathLike[str]) -> str:
    """The dotted name that the folders with an `__init__.py` give; "" for a lone file or no valid name."""
    folder, file = os.path.split(os.path.abspath(path))
    package = _package(folder)
    stem = os.path.splitext(file)[0]
    if not package or stem == "__init__":
        return package
    return f"{package}.{stem}" if stem.isidentifier() else ""


@lru_cache(maxsize=16384)
def _package(folder: str) -> str:
    """The dotted name of the package that `folder` is, "" if it is none."""
    parent, name = os.path.split(folder)
    if not name.isidentifier() or not os.path.isfile(os.path.join(folder, "__init__.py")):
        return ""
    above = _package(parent)
    return f"{above}.{name}" if above else name
