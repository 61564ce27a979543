"""Where do results go, and how may they look there?"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

from broadcatch.cli.options import Request
from broadcatch.errors import BroadcatchError
from broadcatch.model.facts import Failure, Skipped
from broadcatch.output import notices
from broadcatch.output.view import View

PLAIN_WIDTH = 80


def view(request: Request) -> View:
    """What formats may know about stdout, or about the file that takes its place."""
    terminal = not _to_file(request) and sys.stdout.isatty()
    return View(
        color=use_color(request.color, terminal),
        quiet=request.quiet,
        verbose=request.verbose,
        terminal=terminal,
        width=shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if terminal else PLAIN_WIDTH,
        prefix=_prefix(),
    )


def _prefix() -> str:
    """From the checkout of a GitHub or GitLab job to the working directory; "" elsewhere."""
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    here = os.path.realpath(os.getcwd())
    if not root or not here.startswith(os.path.join(os.path.realpath(root), "")):
        return ""
    return os.path.relpath(here, os.path.realpath(root)).replace(os.sep, "/") + "/"


def use_color(mode: str, terminal: bool) -> bool:
    """The option wins, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads it."""
    if mode != "auto":
        return mode == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def deliver(text: str, request: Request) -> None:
    """Write a result to stdout or to `--output`; a reader that has gone away is no error."""
    if _to_file(request):
        _write_file(text, str(request.output))
    else:
        _write(text, sys.stdout)


def tell(failures: Sequence[Failure], skipped: Sequence[Skipped], request: Request) -> None:
    """Name on stderr what was not read."""
    _write(notices.render(failures, skipped, view(request)), sys.stderr)


def remark(text: str) -> None:
    """Write a comment on the result to stderr."""
    _write(text, sys.stderr)


def _to_file(request: Request) -> bool:
    return request.output not in (None, "-")


def _write_file(text: str, path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
    except OSError as error:
        raise BroadcatchError(f"cannot write {path}: {error.strerror or error}") from error


def _write(text: str, stream: TextIO) -> None:
    """The exit code must not depend on the reader, so a closed pipe is swallowed here, on purpose.

    Raises BroadcatchError where a result cannot be written; there is no place to complain about stderr.
    """
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        hush(stream)
    except OSError as error:
        hush(stream)
        if stream is sys.stdout:
            raise BroadcatchError(f"cannot write to stdout: {error.strerror or error}") from error


def hush(stream: TextIO) -> None:
    """The reader has gone: let the rest go nowhere, or the interpreter complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
