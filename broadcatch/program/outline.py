"""What is a name of another file, at a glance? Classes, values and imports found by bytes, never parsed.

A project has thousands of names in its clauses, and nearly all of them are classes that nothing hangs on.
This passes over those; what it finds is settled by `program.project`, which parses.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from broadcatch.model.links import HERE
from broadcatch.source.imports import Imports, imports_of

_VALUE = re.compile(
    rb"[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*"
    rb"((?:\((?:[^()#]|\((?:[^()#]|#[^\n]*\n)*\)|#[^\n]*\n)*\)|[^()#\n])*)"
)
_COMMENT = re.compile(rb"#[^\n]*")
_BASES = re.compile(rb"[ \t]*(?:\[[^\]]*\])?[ \t]*\(((?:[^()#]|#[^\n]*\n)*)\)")
_NAME = re.compile(rb"(?<![\w.=])[A-Za-z_\x80-\xff][\w.\x80-\xff]*(?![\w.]|[ \t]*=)")
_DEEPEST = 12
_dirname = lru_cache(maxsize=8192)(os.path.dirname)


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that no file of the project holds, under its qualified name."""

    name: str


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A class or a value of the file `path`; `parts` are the bases of a class, or the names in the value."""

    path: str
    name: str
    is_class: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A function at the top level of the file `path`."""

    path: str
    name: str


Found: TypeAlias = Outside | Somewhere | None
_Held: TypeAlias = Found | Defined


class Outlines:
    """The files under `root`, each read when first asked for; `texts` stands in for what lies on disk."""

    def __init__(self, root: str, texts: dict[str, bytes] | None = None) -> None:
        self._root = root
        self._texts: dict[str, bytes] = dict(texts or {})
        self._imports: dict[str, Imports] = {}
        self._members: dict[tuple[str, str], _Held] = {}
        self._meanings: dict[tuple[str, str], _Held] = {}
        self._modules: dict[tuple[str, str], str] = {}
        self._tops: dict[str, str] = {}

    def meaning(self, name: str, path: str) -> Found:
        """What a qualified name (see `model.links`) means in the file `path`; None where that is open."""
        held = self._meaning(name, path, 0)
        return None if isinstance(held, Defined) else held

    def function(self, name: str, path: str) -> Defined | Outside | None:
        """The function that a qualified name means in the file `path`; None where it is none."""
        held = self._meaning(name, path, 0)
        return None if isinstance(held, Somewhere) else held

    def _meaning(self, name: str, path: str, depth: int) -> _Held:
        if name.startswith(HERE):
            name = name[len(HERE) :]
            return None if "." in name else self._held(path, name, depth)
        if name.startswith("builtins."):
            return Outside(name)
        key = (name, _dirname(path))
        if key not in self._meanings:
            self._meanings[key] = self._located(name, path, depth)
        return self._meanings[key]

    def _held(self, path: str, name: str, depth: int) -> _Held:
        """What the top level of the file `path` binds `name` to."""
        key = (path, name)
        if key not in self._members:
            self._members[key] = None  # where the search leads back to itself
            self._members[key] = self._member(path, name, depth) if depth < _DEEPEST else None
        return self._members[key]

    def _located(self, name: str, path: str, depth: int) -> _Held:
        module, rest = self._module(name, path)
        if not module:
            return None if name.startswith(".") else Outside(name)
        return self._held(module, rest[0], depth + 1) if len(rest) == 1 else None

    def _member(self, path: str, name: str, depth: int) -> _Held:
        source, word = self.text(path), name.encode()
        if word not in source:
            return self._from_star(path, name, depth)
        at = _bound(source, b"\nclass " + word, b"(:[ \t")
        if at >= 0:
            return Somewhere(path, name, True, self._parts(path, _BASES.match(source, at)))
        at = _bound(source, b"\n" + word, b"=: \t")
        value = _VALUE.match(source, at) if at >= 0 else None
        if value:
            return Somewhere(path, name, False, self._parts(path, value))
        if _bound(source, b"\ndef " + word, b"(") >= 0:
            return Defined(path, name)
        imported = self._imports_of(path).names.get(name)
        if imported is not None:
            return self._meaning(imported, path, depth + 1)
        return self._from_star(path, name, depth)

    def _from_star(self, path: str, name: str, depth: int) -> _Held:
        if b"*" not in self.text(path) or name.startswith("_"):
            return None
        for star in self._imports_of(path).stars:
            module, rest = self._module(star, path)
            found = self._held(module, name, depth + 1) if module and not rest else None
            if found is not None:
                return found
        return None

    def _parts(self, path: str, match: re.Match[bytes] | None) -> tuple[str, ...]:
        names = _NAME.findall(_COMMENT.sub(b"", match[1])) if match else []
        return tuple(self.qualified(path, name.decode("utf-8", "replace")) for name in names)

    def qualified(self, path: str, name: str) -> str:
        """The qualified name of what the top level of the file `path` calls `name`."""
        head, dot, rest = name.partition(".")
        imported = self._imports_of(path).names.get(head)
        if imported is not None:
            return imported + dot + rest
        return HERE + name

    def _imports_of(self, path: str) -> Imports:
        if path not in self._imports:
            self._imports[path] = imports_of(self.text(path))
        return self._imports[path]

    def text(self, path: str) -> bytes:
        """What stands in the file `path`, behind a newline."""
        if path not in self._texts:
            try:
                with open(path, "rb") as file:
                    self._texts[path] = b"\n" + file.read()
            except OSError:
                self._texts[path] = b""
        return self._texts[path]

    def _module(self, name: str, path: str) -> tuple[str, list[str]]:
        """(the file of the longest part of `name` that is a module, what is left of the name)."""
        plain = name.lstrip(".")
        level = len(name) - len(plain)
        parts = plain.split(".") if plain else []
        folder = _dirname(path)
        if level:
            for _ in range(level - 1):
                folder = _dirname(folder)
            return self._descend(folder, parts)
        for top in dict.fromkeys((self._top(folder), os.path.join(self._root, "src"), self._root)):
            module, rest = self._descend(top, parts)
            if len(rest) < len(parts):
                return module, rest
        return "", parts

    def _descend(self, folder: str, parts: list[str]) -> tuple[str, list[str]]:
        for index, part in enumerate(parts):
            found = self._child(folder, part)
            if not found:
                return self._child(folder, "__init__"), parts[index:]
            if found.endswith(".py"):
                return found, parts[index + 1 :]
            folder = found
        return self._child(folder, "__init__"), []

    def _child(self, folder: str, name: str) -> str:
        """The folder or the file that an import of `name` in `folder` finds, "" for none."""
        key = (folder, name)
        if key not in self._modules:
            inner = os.path.join(folder, name)
            plain = os.path.isdir(inner) and not os.path.isfile(os.path.join(inner, "__init__.py"))
            is_file = os.path.isfile(inner + ".py")
            is_folder = (not is_file) if plain else os.path.isdir(inner)
            self._modules[key] = inner if is_folder else inner + ".py" if is_file else ""
        return self._modules[key]

    def _top(self, folder: str) -> str:
        """The folder from which the package that `folder` belongs to is imported."""
        if folder not in self._tops:
            above = _dirname(folder)
            inside = above != folder and os.path.isfile(os.path.join(folder, "__init__.py"))
            self._tops[folder] = self._top(above) if inside else folder
        return self._tops[folder]


def _bound(source: bytes, text: bytes, following: bytes) -> int:
    """Where the first `text` ends that is followed by one of these; -1 for none."""
    at = source.find(text)
    while at >= 0:
        end = at + len(text)
        if source[end : end + 1] in following and end < len(source):
            return end
        at = source.find(text, end)
    return -1
