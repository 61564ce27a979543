"""How are rows written down once that many callables share? The form of the files about packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def ungrouped(data: Mapping[str, Any]) -> dict[str, Any]:
    """A package's data with its `groups` spelled out as `rows` and `runs_unknown`.

    A group has `calls` (owner -> the names of its callables), the `rows` that each of them has, without
    `call`, and `runs_unknown`, whether they run code that cannot be seen.
    """
    groups = data.get("groups", ())
    plain = {key: value for key, value in data.items() if key != "groups"}
    plain["rows"] = [*plain.get("rows", ()), *(row for group in groups for row in _rows(group))]
    unseen = [call for group in groups if group.get("runs_unknown") for call in _calls(group)]
    plain["runs_unknown"] = tuple(dict.fromkeys([*plain.get("runs_unknown", ()), *unseen]))
    return plain


def _rows(group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for call in _calls(group):
        for row in group["rows"]:
            yield {"call": call, **row}


def _calls(group: Mapping[str, Any]) -> Iterator[str]:
    for owner, names in group["calls"].items():
        for name in names:
            yield f"{owner}.{name}"
