"""What does Ruff report in these files? The Ruff of the environment is asked, under its own configuration.

Only a Ruff that the user's environment offers is run (the active one, that of broadcatch, PATH): a checkout
does not get to name a program.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from broadcatch.source.paths import display

Rows: TypeAlias = Mapping[str, Mapping[int, tuple[str, ...]]]
"""Path (as findings name it) → row → the codes that are reported there."""

_CALL = ("check", "--output-format", "json", "--exit-zero", "--no-fix", "--quiet", "--force-exclude")
_AT_ONCE = 100_000
"""So many characters of paths go into one call: systems limit its length."""


def installed(environment: Mapping[str, str] = os.environ) -> str:
    """The path of a Ruff, "" where there is none: the active environment, broadcatch's own, then PATH."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    active = environment.get("VIRTUAL_ENV", "")
    folders = [os.path.join(active, scripts)] if active else []
    folders += [os.path.dirname(sys.executable), environment.get("PATH", "")]
    found = (shutil.which("ruff", path=folder) for folder in folders if folder)
    return next((os.path.abspath(one) for one in found if one), "")


def version(ruff: str) -> str:
    """`0.17.6`, "" where it does not say."""
    done = _run([ruff, "--version"], None)
    words = done.stdout.decode("utf-8", "replace").split() if done is not None else []
    return words[1] if len(words) > 1 else ""


def reported(ruff: str, files: Iterable[str], codes: frozenset[str], cache: bool = True) -> Rows | None:
    """Where Ruff reports one of `codes` in `files`; None where it cannot be asked."""
    rows: dict[str, dict[int, tuple[str, ...]]] = {}
    more = () if cache else ("--no-cache",)
    for chunk in _chunks(list(files)):
        found = _asked([ruff, *_CALL, *more, "--", *chunk], None)
        if found is None:
            return None
        for path, row, code in found:
            if code in codes:
                rows.setdefault(path, {})[row] = (*rows.get(path, {}).get(row, ()), code)
    return rows


def reported_in(ruff: str, text: bytes, name: str, codes: frozenset[str]) -> Rows | None:
    """The same for a text that stands for the file `name`."""
    found = _asked([ruff, *_CALL, "--stdin-filename", name, "-"], text)
    if found is None:
        return None
    rows: dict[int, tuple[str, ...]] = {}
    for _, row, code in found:
        if code in codes:
            rows[row] = (*rows.get(row, ()), code)
    return {display(name): rows}


def _asked(words: Sequence[str], text: bytes | None) -> list[tuple[str, int, str]] | None:
    """Path, row and code of each report; None where Ruff failed or says something else."""
    done = _run(words, text)
    if done is None or done.returncode != 0:
        return None
    try:
        return [_place(one) for one in json.loads(done.stdout or b"[]")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _place(one: Mapping[str, object]) -> tuple[str, int, str]:
    place = one["location"]
    row = place["row"] if isinstance(place, dict) else 0
    return display(str(one["filename"])), int(row), str(one["code"])


def _run(words: Sequence[str], text: bytes | None) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(words, input=text, capture_output=True, check=False)
    except OSError:
        return None


def _chunks(files: Sequence[str]) -> Iterable[Sequence[str]]:
    start = length = 0
    for at, name in enumerate(files):
        if length + len(name) > _AT_ONCE:
            yield files[start:at]
            start, length = at, 0
        length += len(name) + 1
    if files[start:]:
        yield files[start:]
