"""Do slices and whole modules tell the same facts? `python benchmarks/slices.py PATH…`

Every file is read twice with every handler in full: by slices, and as a whole with LibCST's own
positions. Prints the files that differ and the sums; exit 1 where a file differs.
"""

from __future__ import annotations

import sys
import time
import tokenize
from collections.abc import Iterator
from pathlib import Path

from broadcatch.facts.read import UnreadableError, read_slices, read_whole, split_lines
from broadcatch.source.slices import Reading


def files(arguments: list[str]) -> Iterator[Path]:
    """The Python files under the paths given."""
    for argument in arguments:
        path = Path(argument)
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main(arguments: list[str]) -> int:
    """Compare and print."""
    counts = {"files": 0, "handlers": 0, "slow way": 0, "unreadable": 0, "different": 0}
    seconds = {"slices": 0.0, "whole": 0.0}
    for path in files(arguments):
        try:
            with tokenize.open(path) as stream:
                text = stream.read()
            if "except" not in text:
                continue
            lines = split_lines(text)
            start = time.process_time()
            slices = read_slices(text, lines, Reading(typed=True))
            between = time.process_time()
            whole = read_whole(text, lines, Reading(typed=True))
        except (UnreadableError, RecursionError, SyntaxError, UnicodeDecodeError, OSError):
            counts["unreadable"] += 1
            continue
        seconds["slices"] += between - start
        seconds["whole"] += time.process_time() - between
        counts["files"] += 1
        counts["handlers"] += len(whole.handlers)
        if slices is None:
            counts["slow way"] += 1
            print(f"{path}: by the slow way only")
        elif slices != whole:
            counts["different"] += 1
            print(f"{path}: {len(slices.handlers)} handlers against {len(whole.handlers)}")
            pairs = zip(slices.handlers, whole.handlers, strict=False)
            print("".join(f"  {a}\n  {b}\n" for a, b in pairs if a != b)[:2000])
    print(counts, {name: round(value, 1) for name, value in seconds.items()})
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
