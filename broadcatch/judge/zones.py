"""In what kind of place does a handler stand, and what is a log record worth there? With the reason.

The tables of the configuration come first; where none says what a place is, it is told from the code.
`docs/zones.md` says how, for users.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from broadcatch.config.options import Config, Zone
from broadcatch.config.selectors import matching, matching_name, matching_whole
from broadcatch.judge.boundaries import boundary
from broadcatch.judge.surroundings import clean_up, import_guard, item, script, start_up, test, worker
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.outcome import BuiltInZone

Finder = Callable[[Handler, FileFacts], str]

_FINDERS: tuple[tuple[BuiltInZone, Finder], ...] = (
    ("test", test),
    ("import-guard", import_guard),
    ("clean-up", clean_up),
    ("worker", worker),
    ("boundary", boundary),
    ("item", item),
    ("script", script),
    ("start-up", start_up),
)
"""The first that fits: what the try itself does comes before the function, and that before the file."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The zone of a handler, how it was recognised, what a record is worth there, and who says so."""

    zone: str
    reason: str
    logging: Literal["", "excuses", "never"] = ""
    logging_reason: str = ""


def placed(handler: Handler, facts: FileFacts, config: Config) -> Placed:
    """Where a handler of the file stands; `core` where nothing else fits."""
    found = _table(handler, facts, config)
    if found is None:
        return Placed(*_built_in(handler, facts))
    table, why = found
    name, reason = (table.name, why) if table.name else _built_in(handler, facts)
    return Placed(name, reason, table.logging, why if table.logging else "")


def _built_in(handler: Handler, facts: FileFacts) -> tuple[str, str]:
    for name, find in _FINDERS:
        reason = find(handler, facts)
        if reason:
            return name, reason
    return "core", ""


def _table(handler: Handler, facts: FileFacts, config: Config) -> tuple[Zone, str] | None:
    """The first table of the configuration that means the handler, and what in it does."""
    for number, zone in enumerate(config.zone):
        matches = [pair for pair in _matches(zone, handler, facts, config.root)]
        if all(pattern is not None for _, pattern in matches):
            shown = ", ".join(f'{key} "{pattern}"' for key, pattern in matches)
            return zone, f"{_name(config.source)}zone[{number}]: {shown}"
    return None


def _matches(zone: Zone, handler: Handler, facts: FileFacts, root: str) -> Iterator[tuple[str, str | None]]:
    """Each key of a table that says where, with the pattern of it that matches."""
    scopes = handler.place.scopes
    if zone.paths:
        yield "paths", _path(facts.path, zone.paths, root)
    if zone.decorators:
        names = (name for scope in scopes for name in scope.decorators)
        yield "decorators", _first(matching_name(name, zone.decorators) for name in names)
    if zone.bases:
        names = (name for scope in scopes for name in scope.bases)
        yield "bases", _first(matching_name(name, zone.bases) for name in names)
    if zone.scopes:
        yield "scopes", _first(matching_whole(name, zone.scopes) for name in _scopes(handler, facts))


@lru_cache(maxsize=64)
def _path(path: str, patterns: tuple[str, ...], root: str) -> str | None:
    """Asked once a file, not once a handler."""
    return matching(path, patterns, root)


def _scopes(handler: Handler, facts: FileFacts) -> Iterator[str]:
    """The qualified names of the functions and classes around a handler, outermost first."""
    name = ""
    for scope in handler.place.scopes:
        name = f"{name}.{scope.name}" if name else scope.name
        yield name
        yield f"{facts.module}:{name}"


def _first(found: Iterator[str | None]) -> str | None:
    return next((pattern for pattern in found if pattern is not None), None)


def _name(source: str) -> str:
    return f"{os.path.basename(source)}: " if source else ""
