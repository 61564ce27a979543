"""What is on record of this file? One record for the project, one for each installed package, kept apart.

What is said of the project's files lies in the project's cache, what is said of installed packages and of the
standard library in the cache of the user, where all projects find it. Both hold only while size and time of a
file are as they were, or else its content (`cache.store`).
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from broadcatch.cache.stamp import stamp
from broadcatch.cache.store import Store, cache_folder, open_named
from broadcatch.program.locate import Place


@dataclass(slots=True)
class Shelves:
    """The records kept for a project; without folders nothing is kept, and everything is read anew."""

    own: Path | None = None
    installed: Path | None = None
    _open: dict[tuple[str, Path], Store] = field(default_factory=dict)

    def of(self, place: Place) -> Store | None:
        """The record of sketches that a file belongs to."""
        if place.origin == "project":
            return self._store(self.own, "sketches", place.base)
        if place.origin == "standard":
            return self._store(self.installed, "sketches", place.base)
        top = place.base / place.path.relative_to(place.base).parts[0]
        return self._store(self.installed, "sketches", place.base if top == place.path else top)

    def classes(self, folder: Path, is_own: bool) -> Store | None:
        """The record of the classes in the files below a folder."""
        return self._store(self.own if is_own else self.installed, "classes", folder)

    def save(self) -> None:
        """Write what is new; a failure is silent."""
        for store in self._open.values():
            if store.changed:
                store.save()

    def _store(self, where: Path | None, kind: str, of: Path) -> Store | None:
        if where is None:
            return None
        if (kind, of) not in self._open:
            name = hashlib.sha256(f"{kind}\n{sys.version_info[:2]}\n{of}".encode("utf-8", "surrogateescape"))
            self._open[kind, of] = open_named(where, name.hexdigest()[:16], (kind, stamp("program")))
        return self._open[kind, of]


def shelves_of(root: Path, configured: str) -> Shelves:
    """The records for the project at `root`; all in the folder `configured`, if that is not ""."""
    own = cache_folder(root, configured)
    return Shelves(own, own if configured else user_cache())


def user_cache() -> Path:
    """The folder in which this user's programs keep what they can make again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
        return Path(base) / "broadcatch" / "Cache"
    if sys.platform == "darwin":
        return Path(os.path.expanduser("~/Library/Caches/broadcatch"))
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named if os.path.isabs(named) else os.path.expanduser("~/.cache")) / "broadcatch"
