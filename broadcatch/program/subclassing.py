"""Which classes name this one as a base? Found by text, a file at a time, and kept on record."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from broadcatch.cache.store import Store, content_hash

_LEFT_OUT = frozenset({"site-packages", "dist-packages", "node_modules", "__pycache__"})
_CLASS = re.compile(rb"^[ \t]*class[ \t]+(\w+)[ \t]*\(([^)]*)\)", re.MULTILINE)
_NOTHING = "[]"


def class_index(folder: Path, store: Store | None) -> dict[str, list[tuple[Path, str]]]:
    """Last part of a base -> (file, class) below a folder; folders of installed packages are left out."""
    found: dict[str, list[tuple[Path, str]]] = {}
    for path in _sources(folder):
        for base, name in _pairs(path, store):
            found.setdefault(base, []).append((path, name))
    return found


def _pairs(path: Path, store: Store | None) -> list[list[str]]:
    """(base, class) in one file."""
    shown = os.fspath(path)
    kept = store.get(shown) if store else None
    if kept is not None:
        found = _checked(kept)
        if found is not None:
            return found
    try:
        data = path.read_bytes()
    except OSError:
        return []
    pairs = list(_read(data))
    if store:
        store.put(shown, content_hash(data), json.dumps(pairs) if pairs else _NOTHING)
    return pairs


def _read(data: bytes) -> Iterator[list[str]]:
    for match in _CLASS.finditer(data):
        for base in match[2].decode("utf-8", "replace").split(","):
            last = base.split("[")[0].strip().rsplit(".", 1)[-1]
            if last.isidentifier():
                yield [last, match[1].decode("utf-8", "replace")]


def _checked(kept: str) -> list[list[str]] | None:
    """What is on record, None where it is damaged."""
    if kept == _NOTHING:
        return []
    try:
        found = json.loads(kept)
    except ValueError:
        return None
    fits = isinstance(found, list) and all(isinstance(one, list) and len(one) == 2 for one in found)
    return found if fits and all(isinstance(text, str) for one in found for text in one) else None


def _sources(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(
            one
            for one in folders
            if one not in _LEFT_OUT and not one.startswith(".") and not _is_venv(where, one)
        )
        yield from (Path(where, name) for name in sorted(names) if name.endswith(".py"))


def _is_venv(where: str, name: str) -> bool:
    return os.path.exists(os.path.join(where, name, "pyvenv.cfg"))
