"""How is a file named to people and programs?"""

from __future__ import annotations

import os


def display(path: str | os.PathLike[str]) -> str:
    """`path` with `/`, relative to the working directory; on another drive as it is."""
    text = os.path.normpath(os.fspath(path))
    if os.path.isabs(text):
        here = os.getcwd()
        below = text.removeprefix(os.path.join(here, ""))
        text = below if below != text else _from(here, text)
    return text.replace(os.sep, "/")


def _from(here: str, path: str) -> str:
    try:
        return os.path.relpath(path, here)
    except ValueError:  # Windows: another drive
        return path
