"""Is every file read without a crash, and how fast? `python benchmarks/robustness.py PATH…`

Reads and judges every file in one process, the garbage collector off as in a worker. What cannot be
parsed must be an `UnreadableError` with a line; anything else ends the run with its traceback.
"""

from __future__ import annotations

import gc
import sys
import time
import tokenize
from collections import Counter
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.facts.read import UnreadableError, read_facts
from broadcatch.judge.verdict import judge_file


def texts(arguments: list[str]) -> list[tuple[Path, str]]:
    """The Python files under the paths given that can be decoded."""
    found = []
    for argument in arguments:
        for path in sorted(Path(argument).rglob("*.py")):
            try:
                with tokenize.open(path) as stream:
                    found.append((path, stream.read()))
            except (SyntaxError, UnicodeDecodeError, OSError) as error:
                print(f"{path}: not decoded: {error}")
    return found


def main(arguments: list[str]) -> int:
    """Read, judge and print the sums."""
    found = texts(arguments)
    outcomes: Counter[str] = Counter()
    unread = 0
    reading = judging = 0.0
    gc.disable()
    for path, text in found:
        start = time.process_time()
        try:
            facts = read_facts(text, str(path))
        except UnreadableError as error:
            unread += 1
            print(f"{path}:{error.line}: {error}")
            continue
        between = time.process_time()
        outcomes.update(judged.verdict.outcome for judged in judge_file(facts, Config()))
        reading += between - start
        judging += time.process_time() - between
    print(f"{len(found)} files, {unread} unreadable; read {reading:.1f} s, judged {judging:.1f} s")
    print(dict(outcomes.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
