"""Is everything that an answer rests on as it was? The files of a project, and those of its environment.

Files of the project are compared by content, those of its environment by name, size and time. What only
steers other tools, hidden folders and environments within the project are left out; a file in there is not
covered, and no answer about it is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadcatch.program.environment import Environment
from broadcatch.program.stubs import stub_folder

_CODE = (".py", ".pyi")
_SEEN = (*_CODE, ".so", ".pyd", ".pth", ".toml", ".json")
"""What decides which module a name means, or how it is read."""
_LEFT_OUT = frozenset({"__pycache__", "node_modules"})
_SITES = frozenset({"site-packages", "dist-packages", "test", "tests", "idle_test"})
"""Folders of a standard library that hold nothing of it."""
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """`digest` changes with the files; `newest` is the latest time (ns) among those not compared by content.

    `covered` are the files of Python code.
    """

    digest: str
    newest: int
    covered: frozenset[str]


def standing(root: Path, environment: Environment) -> Standing:
    """How the files below the project's `root`, and those of its environment, are now."""
    found = hashlib.sha256(repr((os.fspath(root), environment)).encode("utf-8", "surrogateescape"))
    covered = set()
    newest = 0
    inside = frozenset(map(os.fspath, environment.packages))
    for entry in _below(os.fspath(root), inside):
        if entry.name.endswith(_CODE):
            covered.add(entry.path)
            found.update(f"{entry.path}\n{_content(entry.path)}\n".encode("utf-8", "surrogateescape"))
        else:
            newest = max(newest, _note(entry, found))
    for folder, left_out in _outside(environment):
        for entry in _below(os.fspath(folder), left_out):
            newest = max(newest, _note(entry, found))
            if entry.name.endswith(_CODE):
                covered.add(entry.path)
    return Standing(found.hexdigest(), newest, frozenset(covered))


def _outside(environment: Environment) -> Iterator[tuple[Path, frozenset[str]]]:
    """Each folder that holds what is not the project's, with the names in it that are left out."""
    for folder in (*environment.packages, *(place for _, place in environment.moved)):
        yield folder, frozenset()
    if environment.standard is not None:
        yield environment.standard, _SITES
    stubs = stub_folder()
    if stubs is not None:
        yield stubs, frozenset()


def _note(entry: os.DirEntry[str], found: hashlib._Hash) -> int:
    try:
        status = entry.stat()
    except OSError:
        return 0
    line = f"{entry.path}\n{status.st_size} {status.st_mtime_ns}\n"
    found.update(line.encode("utf-8", "surrogateescape"))
    return status.st_mtime_ns


def _content(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""


def _below(folder: str, left_out: frozenset[str], depth: int = 0) -> Iterator[os.DirEntry[str]]:
    """The files that count, by name; `left_out` are names of folders in this one, or their whole paths."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return
    for one in entries:
        if one.name.endswith(_SEEN):
            yield one
        elif _is_folder(one) and not (one.name in left_out or one.path in left_out) and depth < _DEEPEST:
            yield from _below(one.path, left_out, depth + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether a folder's files can be imported."""
    name = entry.name
    if name.startswith(".") or name in _LEFT_OUT or name.endswith((".dist-info", ".egg-info")):
        return False
    return entry.is_dir() and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))
