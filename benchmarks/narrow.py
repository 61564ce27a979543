"""Which types does `suggest` propose where people chose some? One question for each handler of a data set.

    python -m benchmarks.narrow MANIFEST.jsonl --out PRED.jsonl [--jobs 2] [--dist NAME]... [--sample N]
        [--python ENVIRONMENT] [--truth TRUTH.jsonl... --types TYPES.json --scorer score.py]

MANIFEST has one handler a line: {"id", "line", "file", and either "site", "masked", "dist" (a file of an
installed package, with the text that stands for it) or "tree", "path" (a file of a checked-out tree)}, as the
data set's own `materialise.py` writes it. PRED gets one line a handler, in the form that its scorer reads.
The handler is asked about in the way in which the command `suggest` asks, with the masked text in the place
of the file for this one question; all other modules are read as they are. Nothing is skipped for its time.
With --truth the scorer is run: on all, on types that stand nowhere else in the file, and by body length.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from broadcatch.program.project import project_of
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest

Row = dict[str, Any]
SHORT, LONG = 2, 6
"""Lines of a try body: up to SHORT, up to LONG, more."""


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def batches(rows: Iterable[Row], size: int = 40) -> list[list[Row]]:
    """The questions of one package (or tree) together, the large packages in several parts."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.get("site") or row.get("tree") or row["path"]].append(row)
    parts = [those[start : start + size] for those in groups.values() for start in range(0, len(those), size)]
    return sorted(parts, key=len, reverse=True)


def answers(task: tuple[list[Row], str]) -> list[Row]:
    """What `suggest` says of each handler of one batch, and the seconds of the processor that it took."""
    rows, python = task
    warnings.simplefilter("ignore")
    gc.set_threshold(20_000)  # as the command does
    first = _place(rows[0])[0]
    engine = Engine(project_of(first, python or rows[0].get("site", "")))
    return [_answer(engine, row) for row in rows]


def _place(row: Row) -> tuple[Path, str]:
    """The file that is asked about, and the text that stands for it."""
    if row.get("site"):
        return Path(row["site"], row["file"]), Path(row["masked"]).read_text(encoding="utf-8")
    path = Path(row["tree"], row["file"]) if row.get("tree") else Path(row["path"])
    return path, path.read_text(encoding="utf-8", errors="replace")


def _answer(engine: Engine, row: Row) -> Row:
    path, text = _place(row)
    start = time.process_time()
    try:
        found = suggest(engine, str(path), row["line"], ("Exception",), source=text)
    except Exception:  # noqa: BLE001  # broadcatch: ignore[BC102] what broke is named, the rest goes on
        return {"id": row["id"], "proposals": [], "closed": False, "error": traceback.format_exc(limit=-4)}
    return {
        "id": row["id"],
        "proposals": [{"type": one.type, "confidence": one.confidence} for one in found.proposals],
        "possible": list(found.possible),
        "closed": found.closed,
        "open": [[one.line, one.call, one.why] for one in found.unresolved],
        "seconds": round(time.process_time() - start, 2),
    }


def run(rows: list[Row], jobs: int, python: str) -> Iterator[Row]:
    """All answers, a batch at a time; each batch has a process of its own, so that memory is given back."""
    parts = batches(rows)
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        done = 0
        for found in pool.imap_unordered(answers, [(part, python) for part in parts]):
            done += len(found)
            print(f"\r{done}/{len(rows)}", end="", file=sys.stderr, flush=True)
            yield from found
    print(file=sys.stderr)


def score(given: argparse.Namespace) -> None:
    """Run the data set's scorer: on all, on types that stand nowhere else in the file, by body length."""
    command = [sys.executable, str(given.scorer), "--pred", str(given.out), "--types", str(given.types)]
    command += ["--no-import-guard", "--boot", "0", *(["--answered-ids"] if given.partial else [])]
    truth = ["--truth", *map(str, given.truth)]
    cases = [row for path in given.truth for row in read_rows(path)]
    for title, more in (("all", []), ("nowhere else in the file", ["--elsewhere", "no"])):
        print(f"== {title}", flush=True)
        subprocess.run([*command, *truth, *more], check=True)
    lengths = {"short": (0, SHORT), "middle": (SHORT, LONG), "long": (LONG, 10**6)}
    for title, (above, most) in lengths.items():
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as part:
            part.writelines(json.dumps(one) + "\n" for one in cases if above < _length(one) <= most)
            part.flush()
            print(f"== bodies of {above + 1} to {most} lines ({title})", flush=True)
            subprocess.run([*command, "--truth", part.name], check=True)


def _length(case: Row) -> int:
    return int(case.get("body_lines") or case["handler_line"] - case["try_line"] - 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dist", action="append", default=[])
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--python", default="")
    parser.add_argument("--truth", nargs="*", type=Path, default=[])
    parser.add_argument("--types", type=Path)
    parser.add_argument("--scorer", type=Path)
    given = parser.parse_args()
    rows = [row for row in read_rows(given.manifest) if not given.dist or row.get("dist") in given.dist]
    rows = [row for row in rows if row.get("parse", "py3") == "py3"]
    if given.sample:
        rows = random.Random(1).sample(rows, min(given.sample, len(rows)))
    given.partial = bool(given.sample or given.dist)
    start = time.monotonic()
    found = []
    with given.out.open("w", encoding="utf-8") as out:
        for one in run(rows, given.jobs, given.python):
            found.append(one)
            out.write(json.dumps(one) + "\n")
            out.flush()
    _report(found, time.monotonic() - start)
    if given.truth:
        score(given)


def _report(found: list[Row], wall: float) -> None:
    seconds = sorted(one.get("seconds", 0.0) for one in found)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    broken = [one for one in found if "error" in one]
    print(f"{len(found)} answers in {wall:.0f} s; CPU {sum(seconds):.0f} s, median {_at(seconds, 0.5):.2f}")
    print(f"95 %: {_at(seconds, 0.95):.1f} s, most {_at(seconds, 1):.1f} s; at most {peak:.0f} MB")
    print(f"broken: {len(broken)}")
    for one in broken[:20]:
        print(f"{one['id']}: {one['error']}")


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


if __name__ == "__main__":
    main()
