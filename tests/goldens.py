"""What becomes of the services of `fixtures/`? `python -m tests.goldens` writes their diffs anew.

They are read in review: is this how a careful person would have mended it?
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch.rewrite.diff import unified

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
GOLDEN = ROOT / "tests" / "golden"
CACHE = os.path.join(tempfile.gettempdir(), f"broadcatch-goldens-{os.getpid()}")
"""What is read of installed packages is read once for all commands."""
MENDED = ("app/services/kite_client.py", "app/clients", "app/workers")


@dataclass(frozen=True, slots=True)
class Golden:
    """Fixtures laid over each other, files that are left out of them, and the commands that mend the rest."""

    layers: tuple[str, ...]
    commands: tuple[Sequence[str], ...]
    without: tuple[str, ...] = ()


ORDERS = ("order_service", "order_service_before")
GOLDENS: Mapping[str, Golden] = {
    "order_service": Golden(
        ORDERS,
        (
            ("--scaffold-exceptions", "app/exceptions.py"),
            ("--unsafe", *MENDED),
            ("--unsafe", "--kind", "worker", "app/workers"),
        ),
        ("app/exceptions.py",),
    ),
    "order_service_observed": Golden(ORDERS, (("--stage", "observe", *MENDED),), ("app/exceptions.py",)),
    "pricing_api": Golden(
        ("pricing_api",),
        (
            ("--scaffold-exceptions", "app/core/errors.py"),
            ("--unsafe", "app"),
            ("--unsafe", "--kind", "batch", "app"),
        ),
    ),
}


def made(name: str) -> str:
    """The diff of all that the commands change."""
    golden = GOLDENS[name]
    with tempfile.TemporaryDirectory() as folder:
        for layer in golden.layers:
            shutil.copytree(FIXTURES / layer, folder, dirs_exist_ok=True)
        for path in golden.without:
            os.remove(os.path.join(folder, path))
        before = _texts(folder)
        for words in golden.commands:
            _run(folder, words)
        after = _texts(folder)
    changed = sorted(path for path in after if after[path] != before.get(path, ""))
    return "".join(unified(path, before.get(path, ""), after[path]) for path in changed)


def _run(folder: str, words: Sequence[str]) -> None:
    command = [
        sys.executable,
        "-m",
        "broadcatch",
        "fix",
        "--write",
        "--no-cache",
        "--python",
        sys.prefix,
        *words,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": CACHE}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _texts(folder: str) -> Mapping[str, str]:
    files = Path(folder).rglob("*.py")
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in files}


def main() -> None:
    """Write all diffs anew."""
    for name in GOLDENS:
        (GOLDEN / f"{name}.diff").write_text(made(name), encoding="utf-8")


if __name__ == "__main__":
    main()
