"""Does the command pass now? A command of the user's, run by the shell, and the end of what it said."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import IO

LINES = 15
"""How many of its last lines are kept."""
_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Ran:
    """Whether a command ended with 0, the last lines of what it wrote, and how long it took (seconds)."""

    passed: bool
    output: str
    seconds: float


def run_command(command: str, timeout: float | None = None) -> Ran:
    """Run `command` in the working directory, without stdin; longer than `timeout` seconds is a failure.

    Whatever interrupts this ends the command and all that it started.
    """
    # Two texts of one length, written within a second, look the same to Python's cache of compiled files.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S602  the command is the user's own, and meant for the shell
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        late = ""
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            late = f"still running after {timeout:.0f} s\n"
        finally:
            _end(process)
        return Ran(process.returncode == 0 and not late, _tail(said) + late, time.monotonic() - began)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command's whole group if it is still at work."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _tail(said: IO[bytes]) -> str:
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - _BYTES))
    lines = said.read().decode("utf-8", "replace").splitlines()
    return "".join(f"{line}\n" for line in lines[-LINES:])


@contextlib.contextmanager
def ended_in_order() -> Iterator[None]:
    """Within this, being told to terminate or hung up on is like Ctrl-C: it can be cleaned up after."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [one for one in ("SIGTERM", "SIGHUP") if hasattr(signal, one)]
    before = {getattr(signal, one): signal.signal(getattr(signal, one), _interrupt) for one in names}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
