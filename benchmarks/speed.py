"""How long does `check` take, beside other tools, on the same files?

    python benchmarks/speed.py [--rounds N] CORPUS NAME='COMMAND {path}' ...

Each round starts every command once, in turn, so that a busy machine is busy for all; printed are the medians
of wall and CPU seconds (children included), and the median over the rounds of the first command's ratio to
each other one. `{cache}` becomes an empty folder that is emptied before each run; without it, what a command
caches by itself stays.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One start of a command: seconds."""

    wall: float
    cpu: float


def run(command: str, corpus: str, cache: str) -> Run:
    """Start `command` on `corpus` with an empty cache folder."""
    shutil.rmtree(cache, ignore_errors=True)
    os.makedirs(cache)
    words = [word.replace("{path}", corpus).replace("{cache}", cache) for word in shlex.split(command)]
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime)


def measure(commands: dict[str, str], corpus: str, rounds: int) -> dict[str, list[Run]]:
    """All commands in turn, `rounds` times, after one round that does not count."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for name, command in commands.items():
                result = run(command, corpus, os.path.join(folder, "cache"))
                if number:
                    found[name].append(result)
    return found


def main() -> int:
    """Print a line a command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("corpus")
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    args = parser.parse_args()
    commands = dict(command.partition("=")[::2] for command in args.commands)
    found = measure(commands, os.path.abspath(args.corpus), args.rounds)
    first = next(iter(found.values()))
    print(f"{'':16}{'wall s':>9}{'cpu s':>9}{'first / this (cpu)':>20}")
    for name, runs in found.items():
        wall, cpu = (statistics.median(getattr(one, field) for one in runs) for field in ("wall", "cpu"))
        ratio = statistics.median(
            mine.cpu / max(one.cpu, 1e-3) for mine, one in zip(first, runs, strict=True)
        )
        print(f"{name:16}{wall:9.2f}{cpu:9.2f}{ratio:20.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
