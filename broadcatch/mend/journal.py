"""What did the files say before they were tried? Kept on the disk, so that even a killed run can be undone.

A folder `journal` in the cache: the bytes of each file, and an index with every state that was written. A
file is put back only while it is in one of these states; what somebody else wrote is left and named.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from broadcatch.cache.store import content_hash, prepare
from broadcatch.errors import BroadcatchError
from broadcatch.rewrite.write import DISK, FileSystem, Original, alive, replace_bytes
from broadcatch.source.paths import display

FOLDER = "journal"
THEIRS = "somebody else has changed it since"
_INDEX = "index.json"


@dataclass(slots=True)
class Kept:
    """One file: its real path, its hash and time before, and the hashes of what was written since."""

    path: str
    before: str
    mtime_ns: int
    states: list[str] = field(default_factory=list)


class Journal:
    """The files of one run as they were; made by `begin` before the first is written.

    As a context manager it puts them back when it is left by an exception, and then forgets them.
    """

    def __init__(self, folder: Path, kept: Sequence[Kept], files: FileSystem = DISK) -> None:
        self.folder = folder
        self.kept: Mapping[str, Kept] = {one.path: one for one in kept}
        self._files = files

    @classmethod
    def begin(cls, cache: Path, originals: Sequence[Original], files: FileSystem = DISK) -> Journal:
        """Keep the originals. Raises BroadcatchError where they cannot be kept: nothing may be tried then."""
        folder = cache / FOLDER
        try:
            prepare(cache)
            folder.mkdir()
            kept = [_keep(folder, number, one, files) for number, one in enumerate(originals)]
            journal = cls(folder, kept, files)
            journal._save()
        except OSError as error:
            raise BroadcatchError(f"cannot keep the originals in {folder}: {error.strerror}") from error
        return journal

    def expect(self, path: str, data: bytes) -> None:
        """Note that a file is about to hold these bytes. Raises OSError."""
        one = self.kept[os.path.realpath(path)]
        state = content_hash(data)
        if state not in (one.before, *one.states):
            one.states.append(state)
            self._save()

    def restore(self) -> Mapping[str, str]:
        """Put every file back; those that could not be, with the reason."""
        found = {
            path: _put_back(self.folder / str(number), one, self._files)
            for number, (path, one) in enumerate(self.kept.items())
        }
        return {path: why for path, why in found.items() if why}

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """What cannot be put back now stays on record, and the next run tries again."""
        left = {} if kind is None else self.restore()
        if set(left.values()) <= {THEIRS}:
            self.close()

    def close(self) -> None:
        """Forget the originals."""
        with contextlib.suppress(FileNotFoundError):
            (self.folder / _INDEX).unlink()  # first: without it there is nothing to undo
        shutil.rmtree(self.folder, ignore_errors=True)

    def _save(self) -> None:
        record = {
            "pid": os.getpid(),
            "files": [
                {"path": one.path, "before": one.before, "mtime_ns": one.mtime_ns, "states": one.states}
                for one in self.kept.values()
            ],
        }
        temporary = self.folder / f"{_INDEX}.tmp"
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape") as out:
            json.dump(record, out)
            out.flush()
            self._files.fsync(out.fileno())
        self._files.replace(str(temporary), str(self.folder / _INDEX))


def recover(cache: Path, files: FileSystem = DISK) -> tuple[str, ...]:
    """Undo what a killed run left: remarks about it, () where there is nothing to undo.

    Raises BroadcatchError while the other run is still at work.
    """
    folder = cache / FOLDER
    if not folder.is_dir():
        return ()
    journal, pid = _read(folder, files)
    if pid is not None and pid != os.getpid() and alive(pid):
        raise BroadcatchError(f"another run is trying rewrites here (process {pid}, {folder})")
    if journal is None:
        shutil.rmtree(folder, ignore_errors=True)  # killed before anything was tried
        return ()
    left = journal.restore()
    if set(left.values()) <= {THEIRS}:
        journal.close()
    count = len(journal.kept) - len(left)
    return (
        f"A run that was killed while it tried rewrites is undone: {count} of its files are as they were.",
        *(f"{display(path)}: not put back: {why}" for path, why in left.items()),
    )


def _read(folder: Path, files: FileSystem) -> tuple[Journal | None, int | None]:
    try:
        record: Any = json.loads((folder / _INDEX).read_text(encoding="utf-8", errors="surrogateescape"))
        kept = [
            Kept(str(one["path"]), str(one["before"]), int(one["mtime_ns"]), [str(s) for s in one["states"]])
            for one in record["files"]
        ]
        return Journal(folder, kept, files), int(record["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, None


def _keep(folder: Path, number: int, original: Original, files: FileSystem) -> Kept:
    path = os.path.realpath(original.path)
    with open(folder / str(number), "wb") as out:
        out.write(original.data)
        out.flush()
        files.fsync(out.fileno())
    return Kept(path, content_hash(original.data), files.stat(path).st_mtime_ns)


def _put_back(saved: Path, one: Kept, files: FileSystem) -> str:
    """ "" if the file is as it was before, else why not; one that is in no state of ours is left."""
    try:
        data = files.read(one.path)
        if content_hash(data) != one.before:
            before = saved.read_bytes()
            if content_hash(data) not in one.states or content_hash(before) != one.before:
                return THEIRS
            replace_bytes(one.path, data, before, files)
        os.utime(one.path, ns=(one.mtime_ns, one.mtime_ns))  # for what goes by the time of a file
    except OSError as error:
        return error.strerror or str(error)
    return ""
