"""Which classes name this one as a base? Found by text, a file at a time, and kept on record."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from broadcatch.cache.store import Store, content_hash

_LEFT_OUT = frozenset({"site-packages", "dist-packages", "node_modules", "__pycache__"})
_CLASS = re.compile(rb"class[ \t]+(\w+)[ \t]*\(([^)]*)\)")
_DEF = re.compile(rb"def[ \t]+(\w+)")
_BEFORE = re.compile(rb"[ \t]+(?:async[ \t]+)?")
_WORD = re.compile(rb"\w")
_NAMED_AS = re.compile(rb"\b(\w+)[ \t]+as[ \t]+\Z")
_GIVEN = re.compile(rb" = (?:\w+\.)*(\w+)")

_LARGE = 1500
"""Files that are looked through for the calls of a name."""


class Derived:
    """The classes in the files below a folder; those of installed packages in it are left out."""

    def __init__(self, folder: Path, store: Store | None) -> None:
        self._below: dict[str, list[tuple[Path, str]]] = {}
        self._above: dict[str, set[str]] = {}
        self._defining: dict[str, set[str]] = {}
        self._useful: dict[str, set[str]] = {}
        self._files: dict[str, set[Path]] = {}
        self._naming: dict[str, set[str]] = {}
        for path in _sources(folder):
            pairs, methods = _of_file(path, store)
            for base, name in pairs:
                self._below.setdefault(base, []).append((path, name))
                self._above.setdefault(name, set()).add(base)
            for method in methods:
                self._defining.setdefault(method, set()).update(name for _, name in pairs)
                self._files.setdefault(method, set()).add(path)

    def below(self, base: str, method: str) -> list[tuple[Path, str]]:
        """(file, class) of those that name `base`, and may define `method` or have a subclass that does."""
        if method not in self._useful:
            self._useful[method] = self._upwards(self._defining.get(method, set()))
        useful = self._useful[method]
        return [pair for pair in dict.fromkeys(self._below.get(base, [])) if pair[1] in useful]

    def naming(self, base: str, word: str) -> list[tuple[Path, str]]:
        """(file, class) of those that name `base`, where their file or that of a subclass holds the word."""
        if word not in self._naming:
            found = {pair for those in self._below.values() for pair in those}
            held = {path for path in {path for path, _ in found} if word.encode() in _bytes(path)}
            self._naming[word] = self._upwards({name for path, name in found if path in held})
        useful = self._naming[word]
        return [pair for pair in dict.fromkeys(self._below.get(base, [])) if pair[1] in useful]

    def files(self, base: str, method: str) -> int:
        """How many files hold both a class that names `base` and a definition of `method`."""
        return len(self._files.get(method, set()) & {path for path, _ in self._below.get(base, ())})

    def _upwards(self, names: set[str]) -> set[str]:
        found: set[str] = set()
        todo = list(names)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self._above.get(name, ())
        return found


_OfFile: TypeAlias = "tuple[list[list[str]], list[str]]"
_NOTHING: _OfFile = ([], [])


def _of_file(path: Path, store: Store | None) -> _OfFile:
    """(base, class) in one file, and the names of the methods in it."""
    shown = os.fspath(path)
    kept = store.get(shown) if store else None
    known = _checked(kept) if kept is not None else None
    if known is not None:
        return known
    try:
        data = path.read_bytes()
    except OSError:
        return _NOTHING
    found = _read(data)
    if store:
        store.put(shown, content_hash(data), json.dumps(found, separators=(",", ":")))
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read(data: bytes) -> _OfFile:
    pairs = [
        [last, name.decode("utf-8", "replace")]
        for name, bases in _classes(data)
        for base in bases.decode("utf-8", "replace").split(",")
        if (last := base.split("[")[0].strip().rsplit(".", 1)[-1]).isidentifier()
    ]
    if not pairs:
        return _NOTHING
    meant = {base: _meant(data, base.encode()) for base, _ in pairs}
    pairs += [[real, name] for base, name in pairs for real in meant[base]]
    return pairs, sorted({name.decode("utf-8", "replace") for name in _methods(data)})


def _classes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, bases) of each class that has any.

    A word that few lines hold is looked for first, here and below: an expression that could begin in any
    line takes several times as long.
    """
    at = data.find(b"class")
    while at >= 0:
        indented = not data[data.rfind(b"\n", 0, at) + 1 : at].strip(b" \t")
        match = _CLASS.match(data, at) if indented else None
        if match:
            yield match[1], match[2]
        at = data.find(b"class", match.end() if match else at + 1)


def _methods(data: bytes) -> set[bytes]:
    return {
        match[1]
        for match in _DEF.finditer(data)
        if _BEFORE.fullmatch(data, data.rfind(b"\n", 0, match.start()) + 1, match.start())
    }


def _meant(data: bytes, name: bytes) -> list[str]:
    """What a name is called elsewhere: `from x import Base as B`, `B = x.Base`."""
    found = []
    at = data.find(name)
    while at >= 0:
        end = at + len(name)
        start = data.rfind(b"\n", 0, at) + 1
        if not _WORD.match(data, end):
            named = _NAMED_AS.search(data[start:at])
            given = _GIVEN.match(data, end) if start == at else None
            found += [match[1].decode("utf-8", "replace") for match in (named, given) if match]
        at = data.find(name, end)
    return found


def _checked(kept: str) -> _OfFile | None:
    """What is on record, None where it is damaged."""
    try:
        pairs, methods = json.loads(kept)
        fits = all(type(base) is str and type(name) is str for base, name in pairs)
        return (pairs, methods) if fits and all(type(one) is str for one in methods) else None
    except (ValueError, TypeError):
        return None


def _sources(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(
            one
            for one in folders
            if one not in _LEFT_OUT and not one.startswith(".") and not _is_venv(where, one)
        )
        yield from (Path(where, name) for name in sorted(names) if name.endswith(".py"))


def sources_naming(folder: Path, near: Path, name: str) -> list[Path]:
    """The files below a folder that call something of this name, by their text: at most 30.

    Of a large project only those beside the file `near` and below.
    """
    files = list(islice(_sources(folder), _LARGE + 1))
    called = name.encode() + b"("
    found = files if len(files) <= _LARGE else _sources(near.parent)
    return list(islice((path for path in found if called in _bytes(path)), 30))


def _is_venv(where: str, name: str) -> bool:
    return os.path.exists(os.path.join(where, name, "pyvenv.cfg"))
