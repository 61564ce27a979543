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
SITES = ("site-packages", "dist-packages")
_MARKS = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg", "broadcatch.toml")


def project_root(start: Path) -> Path:
    """The repository that holds `start`, else the nearest distribution (`pyproject.toml`…), else its folder.

    Of what is installed in a folder of packages, it is the package itself. The result is absolute.
    """
    here = Path(os.path.abspath(start))
    folders = [here, *here.parents] if os.path.isdir(here) else list(here.parents)
    package = _installed(here, folders)
    if package is not None:
        return package
    for marks in (_MARKS[:2], _MARKS[2:]):
        for folder in folders:
            if any(os.path.exists(folder / mark) for mark in marks):
                return folder
    return folders[0]


def is_packages_folder(folder: Path) -> bool:
    """Whether packages are installed into this folder."""
    return folder.name in SITES or next(folder.glob("*.dist-info"), None) is not None


def _installed(here: Path, folders: list[Path]) -> Path | None:
    """The top-level package, in a folder of packages, that `here` belongs to; None elsewhere."""
    for below, folder in zip([here, *folders], folders, strict=False):
        if any(os.path.exists(folder / mark) for mark in _MARKS):
            return None
        if is_packages_folder(folder):
            return below if os.path.isdir(below) else folder
    return None


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
