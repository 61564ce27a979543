"""Has the project something that tries again? Tenacity or backoff: imported somewhere, or declared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.source.discover import discover

LIBRARIES = ("tenacity", "backoff")
_DECLARED = ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "environment.yml", "environment.yaml")


def retries_in(path: str) -> str:
    """The library that a file imports; "" for none."""
    data = _bytes(Path(path))
    return next((one for one in LIBRARIES if _imports(data, one)), "")


def retries_of(root: Path, config: Config) -> str:
    """The library that the project at `root` declares or imports, the first of `LIBRARIES` that it has."""
    declared = list(_declarations(root))
    for one in LIBRARIES:
        if any(_declares(text, one) for text in declared):
            return one
    counted = dict.fromkeys(LIBRARIES, 0)
    for path in discover([root], config)[0]:
        data = _bytes(Path(path))
        for one in LIBRARIES:
            counted[one] += _imports(data, one)
    best = max(LIBRARIES, key=counted.__getitem__)
    return best if counted[best] else ""


def _declarations(root: Path) -> Iterator[bytes]:
    """What says of which packages the project is made, at its top and in a folder `requirements`."""
    for folder in (root, root / "requirements"):
        names = sorted(os.listdir(folder)) if folder.is_dir() else []
        for name in names:
            if name in _DECLARED or (
                name.startswith(("requirements", "base", "prod", "main")) and _is_list(name)
            ):
                yield _bytes(folder / name)


def _is_list(name: str) -> bool:
    return name.endswith((".txt", ".in"))


def _declares(text: bytes, library: str) -> bool:
    """A requirement by name, `tenacity>=8`, `"tenacity[x]"`, `tenacity = "^8"`; no word in a sentence."""
    found = rf"""^[ \t\-\["']*(?:\w+ *= *\[ *)?["']?{library}(?:["'\[,;=<>~!\]\s]|$)"""
    listed = rf"""["']{library}["'\[;=<>~! ]"""
    return bool(re.search(found.encode(), text, re.M) or re.search(listed.encode(), text))


def _imports(data: bytes, library: str) -> bool:
    return library.encode() in data and bool(
        re.search(rf"^[ \t]*(?:import|from) +{library}\b".encode(), data, re.M)
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
