"""How does the new text reach the disk, so that at any moment the file is the old one or the new one?"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass

from broadcatch.errors import RewriteError
from broadcatch.model.facts import Failure
from broadcatch.source.read import Text, decode, encode

SUFFIX = ".broadcatch"
"""The end of the name of a file that is being written beside the one that it will replace."""
LONGEST = 100
"""How much of a file's name such a name holds."""
_TEMPORARY = re.compile(rf"\..+\.(\d+)\.\w+{re.escape(SUFFIX)}")


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was read: `data` its bytes, `source` what they say; `linked`: it had other names then."""

    path: str
    data: bytes
    source: Text
    linked: bool = False

    @property
    def text(self) -> str:
        """The text, with its line ends as they are."""
        return self.source.text


class FileSystem:
    """The few things asked of the disk; a test puts one in that fails."""

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with open(path, "rb") as file:
            return file.read()

    def stat(self, path: str) -> os.stat_result:
        """Mode, owner and size, symbolic links followed."""
        return os.stat(path)

    def create_beside(self, path: str) -> tuple[int, str]:
        """A new file in the same folder: its descriptor and its path."""
        folder, name = os.path.split(path)
        return tempfile.mkstemp(prefix=f".{name[:LONGEST]}.{os.getpid()}.", suffix=SUFFIX, dir=folder)

    def write(self, descriptor: int, data: bytes) -> int:
        """Writes some of `data` and returns how much."""
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Waits until what was written is on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Closes a file that `create_beside` opened."""
        os.close(descriptor)

    def copy_mode(self, like: os.stat_result, path: str) -> None:
        """Gives `path` the mode of another file, and its owner where that is allowed."""
        with contextlib.suppress(PermissionError):
            os.chown(path, like.st_uid, like.st_gid)
        os.chmod(path, stat.S_IMODE(like.st_mode))

    def replace(self, source: str, target: str) -> None:
        """Puts one file in the place of another, at once."""
        os.replace(source, target)

    def remove(self, path: str) -> None:
        """Deletes a file."""
        os.unlink(path)


DISK = FileSystem()


def read_original(path: str, files: FileSystem = DISK) -> Original | Failure:
    """The file with its encoding, by its byte order mark or its coding comment."""
    try:
        data = files.read(path)
    except OSError as error:
        return Failure(path, "read", error.strerror or str(error))
    source = decode(data, path)
    if isinstance(source, Failure):
        return source
    return Original(path, data, source, is_linked(path, files))


def is_linked(path: str, files: FileSystem = DISK) -> bool:
    """Whether the file has other names (hard links): they keep the old text when this one is written."""
    with contextlib.suppress(OSError):
        return files.stat(path).st_nlink > 1
    return False


def write_text(original: Original, after: str, files: FileSystem = DISK) -> Failure | None:
    """Puts `after` in the place of `original`; None, or why the file is left as it was.

    Mode, encoding and byte order mark are kept, the owner where that is allowed; line ends are those of
    `after`. A symbolic link stays, and the file that it points to is written.
    """
    try:
        data = encode(original.source, after)
        target = os.path.realpath(original.path)
        if files.read(target) != original.data:
            return Failure(original.path, "write", "changed since it was read")
        replace_bytes(target, original.data, data, files)
    except RewriteError as error:
        return Failure(original.path, "write", str(error))
    except OSError as error:
        return Failure(original.path, "write", error.strerror or str(error))
    return None


def sweep(folders: Iterable[str]) -> tuple[str, ...]:
    """Remove what runs that were killed left in these folders; the paths of what was removed."""
    removed = []
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in entries:
                found = _TEMPORARY.fullmatch(entry.name)
                if found and not alive(int(found[1])):
                    os.unlink(entry.path)
                    removed.append(entry.path)
    return tuple(removed)


def alive(pid: int) -> bool:
    """Whether a process of this number is there."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def replace_bytes(target: str, expected: bytes, data: bytes, files: FileSystem = DISK) -> None:
    """Put `data` in the place of the file `target` (no link) if it still holds `expected`.

    Raises OSError; then the file is as it was.
    """
    like = files.stat(target)
    descriptor, temporary = files.create_beside(target)
    done = False
    try:
        try:
            _write_all(descriptor, data, files)
            files.fsync(descriptor)
        finally:
            files.close(descriptor)
        files.copy_mode(like, temporary)
        if files.read(target) != expected:
            raise OSError("changed while it was being written")
        files.replace(temporary, target)
        done = True
    finally:
        if not done:
            with contextlib.suppress(OSError):
                files.remove(temporary)


def _write_all(descriptor: int, data: bytes, files: FileSystem) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[files.write(descriptor, bytes(rest)) :]
