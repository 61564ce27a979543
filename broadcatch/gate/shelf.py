"""How is a baseline read and written? At once or not at all; what is damaged is left as it is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadcatch.gate.record import BaselineError, dumps, loads
from broadcatch.model.baseline import Entry
from broadcatch.source.paths import display


def read_entries(file: str) -> tuple[Entry, ...]:
    """The entries of a baseline, their paths as seen from the working directory. Raises BaselineError."""
    name = display(file)
    try:
        text = Path(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BaselineError(f"{name}: there is no baseline; `broadcatch baseline write` makes one") from error
    except OSError as error:
        raise BaselineError(f"{name}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(f"{name}: not a baseline: not UTF-8") from error
    folder = os.path.dirname(os.path.abspath(file))
    return tuple(replace(one, path=display(os.path.join(folder, one.path))) for one in loads(text, name))


def write_entries(file: str, entries: Sequence[Entry]) -> bool:
    """Put entries (paths as seen from the working directory) into a file, at once; whether it changed.

    Raises BaselineError where it cannot be written; what was there is left as it is then.
    """
    folder = os.path.dirname(os.path.abspath(file))
    text = dumps(replace(one, path=_from(folder, one.path)) for one in entries).encode()
    with contextlib.suppress(OSError):
        if Path(file).read_bytes() == text:
            return False
    try:
        _replace(os.path.realpath(file), text)
    except OSError as error:
        raise BaselineError(f"{display(file)}: cannot be written: {error.strerror or error}") from error
    return True


def _replace(target: str, data: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old or the new one, whole."""
    folder, name = os.path.split(target)
    descriptor, temporary = tempfile.mkstemp(prefix=f"{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        mode = os.stat(target).st_mode & 0o777 if os.path.exists(target) else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _from(folder: str, path: str) -> str:
    return Path(os.path.relpath(os.path.abspath(path), folder)).as_posix()
