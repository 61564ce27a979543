"""Which project does a path belong to?"""

from __future__ import annotations

import os
import re
from pathlib import Path

LOWEST = 10
"""The lowest Python 3 that is told apart."""
_REQUIRES = re.compile(
    r"""^\s*(?:requires-python|python_requires)\s*=\s*["']?[^"'\n]*?(?:>=|~=|==)\s*3\.(\d+)""", re.M
)
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


def lowest_python(root: Path) -> int:
    """The lowest Python 3 that the project at `root` says it runs on; `LOWEST` where it does not say."""
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        try:
            text = (root / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found = _REQUIRES.search(text)
        if found:
            return max(int(found[1]), LOWEST)
    return LOWEST
