"""Which project does a path belong to?"""

from __future__ import annotations

import os
from pathlib import Path

_MARKS = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg", "broadcatch.toml")


def project_root(start: Path) -> Path:
    """The repository that holds `start`, else the nearest distribution (`pyproject.toml`…), else its folder.

    The result is absolute.
    """
    here = Path(os.path.abspath(start))
    folders = [here, *here.parents] if os.path.isdir(here) else list(here.parents)
    for marks in (_MARKS[:2], _MARKS[2:]):
        for folder in folders:
            if any(os.path.exists(folder / mark) for mark in marks):
                return folder
    return folders[0]
