"""What has this run been told? Defaults, then the file, then the command line: partial values in order."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from broadcatch.config.clock import today
from broadcatch.config.options import Config
from broadcatch.config.ruff_file import ruff_ignores, ruff_selection
from broadcatch.config.schema import checked, field_of
from broadcatch.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OWN_FILE = "broadcatch.toml"
SHARED_FILE = "pyproject.toml"
CACHE_VARIABLE = "BROADCATCH_CACHE_DIR"


def resolve(start: Path, explicit: Path | None, isolated: bool, overrides: Mapping[str, object]) -> Config:
    """The configuration of a run that begins at `start` (the first PATH, or the working directory).

    `explicit` is a file named by the user, which is then the only one; `isolated` reads none.
    `overrides` are values from the command line by field name, already of the field's type. Raises
    ConfigError.
    """
    path = explicit or (None if isolated else find_config(start))
    config = Config(root=Path.cwd().as_posix(), today=today(), ruff="own" if isolated else "")
    if not isolated:
        selected, ignored = ruff_selection(start)
        config = replace(config, ruff_ignores=ruff_ignores(start), ruff_select=selected, ruff_ignore=ignored)
    if path is not None:
        config = apply(config, read_config(path))
        path = Path(os.path.abspath(path))
        config = replace(config, root=path.parent.as_posix(), source=path.as_posix())
    environment = os.environ.get(CACHE_VARIABLE)
    if environment:
        config = replace(config, cache_dir=environment)
    return apply(config, overrides)


def apply(config: Config, partial: Mapping[str, object]) -> Config:
    """`config` with the values of `partial` over it.

    As in Ruff, a new `select` starts afresh: what was ignored or added before does not count any more.
    An `ignore` without it adds to the ignored, and an `extend_select` takes back what was ignored.
    """
    values: dict[str, Any] = dict(partial)
    if "extend_exclude" in values:
        values["extend_exclude"] = config.extend_exclude + tuple(values["extend_exclude"])
    if "select" in values:
        values = {"ignore": (), "extend_select": (), **values}
    else:
        added = tuple(values.get("extend_select", ()))
        kept = tuple(code for code in config.ignore if not code.startswith(added))
        values["ignore"] = kept + tuple(values.get("ignore", ()))
        values["extend_select"] = config.extend_select + added
    return replace(config, **values)


def find_config(start: Path) -> Path | None:
    """The nearest configuration file, going up from `start` (a file or a folder, which may not exist).

    In one folder `broadcatch.toml` wins; a `pyproject.toml` without our table is passed over.
    Raises ConfigError where such a file holds our table and cannot be read.
    """
    here = Path(os.path.abspath(start))
    for folder in (here, *here.parents):
        own, shared = folder / OWN_FILE, folder / SHARED_FILE
        # os.path, because a folder that may not be looked into holds no file for us
        if os.path.isfile(own):
            return own
        if os.path.isfile(shared) and _table(shared) is not None:
            return shared
    return None


def read_config(path: Path) -> Mapping[str, object]:
    """The checked values of a file by field name; paths in it become absolute. Raises ConfigError."""
    table = _table(path)
    if table is None:
        raise ConfigError(f"{_shown(path)}: there is no [tool.broadcatch] table")
    folder = os.path.dirname(os.path.abspath(path))
    values = {}
    for key, value in table.items():
        where = f"{_shown(path)}: {'tool.broadcatch.' if path.name == SHARED_FILE else ''}{key}"
        name = field_of(key, where)
        values[name] = checked(name, value, where, lambda text: _located(folder, text))
    if values.get("raises_file"):
        rows = _raises(Path(str(values["raises_file"])))
        values["raises"] = {**rows, **cast("Mapping[str, object]", values.get("raises", {}))}
    return values


def _raises(path: Path) -> Mapping[str, object]:
    """The table `raises` of a `raises-file`, which holds nothing else. Raises ConfigError."""
    table = _parsed(path, _bytes(path))
    for key in table:
        if key != "raises":
            raise ConfigError(f'{_shown(path)}: {key}: unknown key; a raises-file holds the table "raises"')
    rows = checked("raises", table.get("raises", {}), f"{_shown(path)}: raises", str)
    return cast("Mapping[str, object]", rows)


def _located(folder: str, text: str) -> str:
    return os.path.normpath(os.path.join(folder, os.path.expanduser(text)))


def _table(path: Path) -> Mapping[str, object] | None:
    """Our part of a file; None for a `pyproject.toml` without one, which may be broken for all we care."""
    shared = path.name == SHARED_FILE
    data = _bytes(path)
    if shared and b"broadcatch" not in data:
        return None
    document = _parsed(path, data)
    if not shared:
        return document
    tool = document.get("tool")
    table = tool.get("broadcatch") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{_shown(path)}: tool.broadcatch: expected a table")
    return cast("Mapping[str, object] | None", table)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: cannot be read: {error.strerror or error}") from error


def _parsed(path: Path, data: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{_shown(path)}: line {line}: not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{_shown(path)}: {_syntax(str(error), data)}") from error


def _syntax(message: str, data: bytes) -> str:
    """`line 3: Invalid value`, out of the parser's `Invalid value (at line 3, column 5)`."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if place is None:
        return f"invalid TOML: {message}"
    line = place[1] or str(data.count(b"\n") + 1)
    return f"line {line}: invalid TOML: {message[: place.start()]}"


def _shown(path: Path) -> str:
    """As a person would name it: relative to the working directory where it lies below."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
