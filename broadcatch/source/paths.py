"""How is a file named to people and programs?"""

from __future__ import annotations

import os


def display(path: str | os.PathLike[str]) -> str:
    """`path` with `/`, relative to the working directory where it lies below that, else as given."""
    text = os.fspath(path)
    if os.path.isabs(text):
        here = os.path.join(os.getcwd(), "")
        text = text.removeprefix(here)
    return os.path.normpath(text).replace(os.sep, "/")
