"""How is a file named to people and programs?"""

from __future__ import annotations

import os
from functools import lru_cache


def display(path: str | os.PathLike[str]) -> str:
    """`path` with `/`, relative to the working directory; on another drive as it is."""
    text = os.path.normpath(os.fspath(path))
    if os.path.isabs(text):
        here, (folder, name) = os.getcwd(), os.path.split(text)
        if len(text) <= len(here) and os.path.join(here, "").startswith(os.path.join(text, "")):
            text = _below(here, text)  # the working directory, or what holds it
        else:
            below = _below(here, folder)
            text = name if below == os.curdir else os.path.join(below, name)
    return text.replace(os.sep, "/")


@lru_cache(maxsize=1024)  # the files of a folder come one after the other
def _below(here: str, folder: str) -> str:
    try:
        return os.path.relpath(folder, here)
    except ValueError:  # Windows: another drive
        return folder
