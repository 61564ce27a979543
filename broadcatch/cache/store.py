"""Has this file been read before, as it is now? One plain text file of entries for a project.

The first line says what made the entries; each further line is path, mtime (ns), size, SHA-256 and payload,
parted by tabs. Nothing in it is run or trusted: what does not look right is a miss.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SCHEMA = 1
"""Goes up when the lines of the file change."""
FOLDER = ".broadcatch_cache"
ENDING = ".entries"
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of broadcatch; it may be deleted at any time.\n"
)
_OWN_FILES = {".gitignore": "*\n", "CACHEDIR.TAG": _TAG}
CLOCK_NS = 50_000_000
"""How far a file system's clock may lag behind ours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept for a file; `mtime` 0 means that only the hash can tell whether it still holds."""

    mtime: int
    size: int
    sha256: str
    payload: str


@dataclass(slots=True)
class Store:
    """The entries of one project. Ask `get` for each file, `put` what had to be made, then `save`."""

    file: Path
    header: str
    opened: int
    written: int
    """When the file of the cache was written (ns): an entry for a file as new as this needs its hash."""
    entries: dict[str, Entry] = field(default_factory=dict)
    stats: dict[str, tuple[int, int]] = field(default_factory=dict)
    """mtime and size of each file asked for, taken before anybody reads it."""
    changed: bool = False

    def get(self, path: str) -> str | None:
        """The payload for the file at `path`, None where the file has changed or was never put."""
        try:
            status = os.stat(path)
        except OSError:
            return None
        mtime, size = self.stats[path] = status.st_mtime_ns, status.st_size
        entry = self.entries.get(path)
        if entry is None or entry.size != size:
            return None
        if entry.mtime == mtime and mtime < self.written:
            return entry.payload
        return self._by_content(path, entry)

    def put(self, path: str, data_hash: str, payload: str) -> None:
        """Keep `payload` for `path`; `data_hash` is `content_hash` of the bytes that it was made from.

        What cannot be kept (an empty payload, one of several lines, a path never asked for) is passed over.
        """
        if not payload or path not in self.stats or any(sign in path + payload for sign in "\t\n\r"):
            return
        mtime, size = self.stats[path]
        fresh = mtime >= self.opened - CLOCK_NS
        self.entries[path] = Entry(0 if fresh else mtime, size, data_hash, payload)
        self.changed = True

    def save(self) -> None:
        """Write all entries whose files are still there, at once or not at all; a failure is silent."""
        gone = [path for path in self.entries if path not in self.stats and not os.path.exists(path)]
        for path in gone:
            del self.entries[path]
        if not self.changed and not gone:
            return
        lines = [
            f"{path}\t{entry.mtime}\t{entry.size}\t{entry.sha256}\t{entry.payload}"
            for path, entry in self.entries.items()
        ]
        write_lines(self.file, [self.header, *lines])
        self.changed = False

    def _by_content(self, path: str, entry: Entry) -> str | None:
        try:
            with open(path, "rb") as file:
                same = content_hash(file.read()) == entry.sha256
        except OSError:
            return None
        if not same:
            return None
        self.put(path, entry.sha256, entry.payload)
        return entry.payload


def content_hash(data: bytes) -> str:
    """What the content of a file is recognised by."""
    return hashlib.sha256(data).hexdigest()


def cache_folder(root: Path, configured: str) -> Path:
    """Where the cache of a project lies: the configured folder, else `.broadcatch_cache` at its root."""
    return Path(configured) if configured else root / FOLDER


def open_store(folder: Path, root: Path, made_by: Sequence[str]) -> Store:
    """The entries kept in `folder` for the project `root`, for paths as seen from the working directory.

    `made_by` is all that decides how a payload is made (version, shape of the data, configuration): an
    entry made by anything else does not count. Never fails: what cannot be read is empty.
    """
    whole, here = os.path.abspath(root), os.getcwd()
    inside = os.path.abspath(folder).startswith(os.path.join(whole, ""))
    project = os.path.relpath(here, whole) if inside else f"{whole}\n{here}"
    name = hashlib.sha256(project.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return open_named(folder, name, made_by)


def open_named(folder: Path, name: str, made_by: Sequence[str]) -> Store:
    """As `open_store`, for the entries kept in `folder` under a name of their own, for absolute paths."""
    header = json.dumps(["broadcatch", SCHEMA, list(sys.version_info[:3]), *made_by])
    store = Store(folder / f"{name}{ENDING}", header, time.time_ns(), 0)
    with (
        suppress(OSError),
        open(store.file, encoding="utf-8", errors="surrogateescape", newline="\n") as file,
    ):
        if file.readline() == header + "\n":
            store.written = os.fstat(file.fileno()).st_mtime_ns
            store.entries = dict(_parsed(file))
    return store


def _parsed(lines: Iterable[str]) -> Iterable[tuple[str, Entry]]:
    for line in lines:
        parts = line.split("\t")
        if len(parts) == 5 and _is_number(parts[1]) and _is_number(parts[2]) and parts[4].endswith("\n"):
            yield parts[0], Entry(int(parts[1]), int(parts[2]), parts[3], parts[4][:-1])


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 20


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write the lines beside the file, then rename: a reader sees the old or the new one, whole."""
    with suppress(OSError):
        prepare(file.parent)
        temporary = f"{file}.{os.getpid()}.tmp"
        try:
            with open(temporary, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
                out.writelines(f"{line}\n" for line in lines)
            os.replace(temporary, file)
        except OSError:
            os.unlink(temporary)


def prepare(folder: Path) -> None:
    """Make the folder of a cache if it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):  # a folder that others use too is not marked as a cache
        for name, content in _OWN_FILES.items():
            (folder / name).write_text(content, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Info:
    """What lies in a cache folder: files of entries, entries in them, and bytes."""

    folder: str
    files: int
    entries: int
    size: int


def info(folder: Path) -> Info:
    """What the cache in `folder` holds; all zero where there is none."""
    files = sorted(folder.glob(f"*{ENDING}"))
    held = entries = 0
    for file in files:
        with suppress(OSError):
            data = file.read_bytes()
            held += len(data)
            entries += max(data.count(b"\n") - 1, 0)
    return Info(str(folder), len(files), entries, held)


def _holds(file: Path, content: str) -> bool:
    try:
        return file.read_text(encoding="utf-8") == content
    except (OSError, ValueError):
        return False


def clear(folder: Path) -> Info:
    """Remove what broadcatch put into `folder`, and the folder if that was all; says what was there."""
    before = info(folder)
    own = [folder / name for name, content in _OWN_FILES.items() if _holds(folder / name, content)]
    for file in [*folder.glob(f"*{ENDING}"), *folder.glob(f"*{ENDING}.*.tmp"), *own]:
        with suppress(OSError):
            file.unlink()
    with suppress(OSError):
        folder.rmdir()
    return before
