"""Is what the README shows what the commands print? `python -m tests.readme` writes it anew.

A mark `<!-- output: report fixtures/order_service | 20 -->` stands before a fenced block: the words of the
command, and how many lines of its output are shown.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"<!-- output: (?P<words>[^|]+) \| (?P<lines>\d+) -->\n\n```text\n(?P<shown>.*?)```\n", re.DOTALL
)


def printed(words: str) -> list[str]:
    """The lines that a command prints, run from the repository's root."""
    command = [sys.executable, "-m", "broadcatch", *words.split(), "--isolated", "--no-cache"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, env=_plain())
    if done.returncode == 2:
        raise RuntimeError(done.stderr)
    return done.stdout.rstrip().splitlines()


def _plain() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def _block(found: re.Match[str]) -> str:
    lines, count = printed(found["words"]), int(found["lines"])
    shown = lines[:count] + (["…"] if len(lines) > count else [])
    mark = f"<!-- output: {found['words']} | {count} -->"
    return "\n".join([mark, "", "```text", f"$ broadcatch {found['words']}", *shown, "```", ""])


def main() -> None:
    """Write all blocks of the README anew."""
    README.write_text(BLOCK.sub(_block, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
