"""Does the engine's answer hold against running code?

    python -m benchmarks.observed run PACKAGE --python PYTHON --out FILE -- pytest [ARGUMENT…]
    python -m benchmarks.observed compare FILE… --package PACKAGE [--python VENV] [--rows OUT]

`run` runs the tests of the package whose folder of sources is PACKAGE under `benchmarks/recorder.py`, in the
current folder, with a Python 3.12+ that has the package installed from these sources (`pip install -e`).
`compare` asks the engine about each function and each broad clause that was observed, and prints recall
(types that it named, themselves or by an ancestor narrower than Exception) and the closed claims that were
refuted; exit 1 where there are some. `--rows` keeps every verdict as JSON lines.

What tests put in (raised in tests or mocks, through code of the tests, or thrown into a generator) is left
out of both and counted apart.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.comparing import TAKEN_AS_KNOWN, Comparison, Report, Verdict, read_rows

_RECORDER = Path(__file__).with_name("recorder.py")


def run(package: Path, python: str, out: Path, command: list[str]) -> int:
    """Record one run of the tests; the exit code is that of the tests."""
    parts = [python, str(_RECORDER), "--root", str(package), "--out", str(out), "-m", *command]
    return subprocess.run(parts, check=False).returncode


def compare(files: list[Path], package: Path, python: str, rows: Path | None, show: int) -> int:
    """Print the figures; 1 where a closed claim was refuted."""
    recorded = [row for file in files for row in read_rows(file)]
    report = Comparison(package, python).run(recorded)
    for line in lines(report, show):
        print(line)
    if rows is not None:
        text = "".join(json.dumps(dataclasses.asdict(one)) + "\n" for one in report.verdicts)
        rows.write_text(text, encoding="utf-8")
    return 1 if any(one.outcome == "refuted" and not one.injected for one in report.verdicts) else 0


def lines(report: Report, show: int = 20) -> list[str]:
    """The report for people."""
    found = []
    for handler, what in ((False, "functions"), (True, "broad clauses")):
        verdicts = [one for one in report.verdicts if one.handler == handler]
        asked, closed = report.asked[handler], report.closed[handler]
        found.append(f"{what}: {asked} asked, {closed} closed")
        found += _recall([one for one in verdicts if not one.injected])
        found += _refuted(verdicts, closed)
        found += _misses([one for one in verdicts if not one.injected], show)
        injected = [one for one in verdicts if one.injected and not one.aside]
        named = sum(one.outcome == "named" for one in injected)
        found.append(f"  put in by tests: {len(injected)} pairs, {named} named")
    found += [f"trouble: {one}" for one in report.troubles]
    found.append(f"{report.skipped} places are no function; slowest answer {report.slowest:.1f} s")
    return found


def _recall(verdicts: list[Verdict]) -> list[str]:
    total: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for one in verdicts:
        for name in (one.category, *([] if one.aside else ["all but asides"])):
            total[name] += 1
            named[name] += one.outcome == "named"
    return [f"  {name:16} {named[name]:4} of {total[name]:4} named" for name in sorted(total)]


def _refuted(verdicts: list[Verdict], closed: int) -> list[str]:
    wrong = [one for one in verdicts if one.outcome == "refuted"]
    real = [one for one in wrong if not one.injected]
    head = f"  refuted: {len({one.question for one in real})} of {closed} closed"
    return [head] + [
        f"    {'(tests) ' if one.injected else ''}{_told(one)}"
        for one in sorted(wrong, key=lambda one: (one.injected, one.question, one.type))
    ]


def _told(one: Verdict) -> str:
    return f"{one.question}: {one.type} out of line {one.line}, raised at {one.origin}"


def _misses(verdicts: list[Verdict], show: int) -> list[str]:
    missed = [one for one in verdicts if one.outcome != "named" and not one.aside]
    causes = Counter(one.cause for one in missed)
    found = [f"  missed {count:4}: {cause}" for cause, count in causes.most_common(show)]
    for one in missed:
        if one.cause.startswith(TAKEN_AS_KNOWN):
            found.append(f"    taken as known: {_told(one)}")
    return found


def main(arguments: list[str]) -> int:
    """Record or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run")
    runs.add_argument("package", type=Path)
    runs.add_argument("--python", default=sys.executable)
    runs.add_argument("--out", type=Path, required=True)
    runs.add_argument("tests", nargs="+")
    compares = commands.add_parser("compare")
    compares.add_argument("files", type=Path, nargs="+")
    compares.add_argument("--package", type=Path, required=True)
    compares.add_argument("--python", default="")
    compares.add_argument("--rows", type=Path)
    compares.add_argument("--show", type=int, default=20)
    options = parser.parse_args(arguments)
    if options.command == "run":
        return run(options.package, options.python, options.out, options.tests)
    return compare(options.files, options.package, options.python, options.rows, options.show)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
