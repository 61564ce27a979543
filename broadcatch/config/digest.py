"""Would another configuration have found the same? A stable hash of what can change facts or findings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from broadcatch.config.options import Config
from broadcatch.config.schema import parts


def digest(config: Config) -> str:
    """A hash that differs where the findings of a file may differ; the order of keys does not count.

    The root is part of it only where patterns are relative to it. What only steers the run (jobs,
    cache, what is read, what fails) is left out.
    """
    values: dict[str, object] = {
        name: _plain(getattr(config, name))
        for name, part in parts().items()
        if part in ("findings", "foreign")
    }
    if config.per_file_ignores or any(zone.paths for zone in config.zone):
        values["root"] = config.root
    text = json.dumps(values, sort_keys=True, default=asdict)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else value
