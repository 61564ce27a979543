"""Which rules of Ruff has a project chosen, and which files has it excused from which of them?

It is not our file: what is broken in it is Ruff's to report, and here it only says nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Ignore: TypeAlias = tuple[str, tuple[str, ...], str]
"""A pattern, the selectors that are off in the files it names, and the folder it is relative to."""

Codes: TypeAlias = tuple[str, ...]
"""Codes of Ruff, or their prefixes; `ALL` is one."""

_OWN = (".ruff.toml", "ruff.toml")
_SHARED = "pyproject.toml"
_KEY, _MORE = "per-file-ignores", "extend-per-file-ignores"
_DEPTH = 10
"""How many files may extend each other; a circle ends here."""


def ruff_ignores(start: Path) -> tuple[Ignore, ...]:
    """What the Ruff configuration nearest to `start` (a file or a folder, going up) excuses.

    In one folder `.ruff.toml` wins over `ruff.toml`, and that over a `pyproject.toml` with Ruff's table.
    """
    table, folder = nearest(start)
    base, more = _ignores(table, folder, _DEPTH)
    return (*(base or ()), *more)


def ruff_selection(start: Path) -> tuple[Codes, Codes]:
    """The codes and prefixes that the same configuration selects, and those that it ignores."""
    return _selection(*nearest(start), _DEPTH)


def nearest(start: Path) -> tuple[Mapping[str, object], Path]:
    """The nearest table of Ruff, and the folder that it lies in; an empty table where there is none."""
    here = Path(os.path.abspath(start))
    for folder in (here, *here.parents):
        for name in (*_OWN, _SHARED):
            table = table_of(folder / name)
            if table is not None:
                return table, folder
    return {}, here


def table_of(path: Path) -> Mapping[str, object] | None:
    """Ruff's part of a file, None where there is none or the file is broken."""
    if not os.path.isfile(path):
        return None
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):
        return None
    return document if path.name != _SHARED else _mapping(_mapping(document.get("tool")).get("ruff")) or None


def _ignores(
    table: Mapping[str, object], folder: Path, depth: int
) -> tuple[tuple[Ignore, ...] | None, tuple[Ignore, ...]]:
    """`per-file-ignores` (None where not set) and what extends them, those of the extended file included.

    As in Ruff, a file's own `per-file-ignores` replace those of the file that it extends.
    """
    lint = _mapping(table.get("lint"))
    base = _read(lint[_KEY] if _KEY in lint else table.get(_KEY), folder)
    more = _read(lint[_MORE] if _MORE in lint else table.get(_MORE), folder) or ()
    path = extended(table, folder)
    if path is None or not depth:
        return base, more
    below, further = _ignores(table_of(path) or {}, path.parent, depth - 1)
    return below if base is None else base, (*further, *more)


def _selection(table: Mapping[str, object], folder: Path, depth: int) -> tuple[Codes, Codes]:
    """As in Ruff, a `select` starts afresh: what an extended file has selected and ignored is gone."""
    path = extended(table, folder)
    selected: Codes = ()
    ignored: Codes = ()
    if path is not None and depth and listed(table, "select") is None:
        selected, ignored = _selection(table_of(path) or {}, path.parent, depth - 1)
    on = (*(listed(table, "select") or selected), *(listed(table, "extend-select") or ()))
    return on, (*ignored, *(listed(table, "ignore") or ()), *(listed(table, "extend-ignore") or ()))


def listed(table: Mapping[str, object], key: str, top: bool = False) -> Codes | None:
    """The texts of a list in `lint`, else at the top (`top`: only there); None where it is not set."""
    lint = {} if top else _mapping(table.get("lint"))
    value = lint[key] if key in lint else table.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else None


def extended(table: Mapping[str, object], folder: Path) -> Path | None:
    """The file that a table extends, None where it extends none."""
    extended = table.get("extend")
    if not isinstance(extended, str):
        return None
    return Path(os.path.normpath(folder / os.path.expanduser(extended)))


def _read(value: object, folder: Path) -> tuple[Ignore, ...] | None:
    return tuple(_entries(value, folder)) if isinstance(value, dict) else None


def _entries(value: Mapping[str, object], folder: Path) -> Iterator[Ignore]:
    for pattern, selectors in value.items():
        if isinstance(selectors, list):
            yield pattern, tuple(one for one in selectors if isinstance(one, str)), folder.as_posix()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
