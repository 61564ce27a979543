"""Does `fix` write what people chose? Handlers whose types are masked by `Exception`, fixed one at a time.

    python -m benchmarks.masked_fixes MANIFEST.jsonl --truth TRUTH.jsonl --work FOLDER [--out ROWS.jsonl]
        [--sample 500] [--seed 1] [--jobs 2] [--dist NAME]...

MANIFEST has one handler a line: {"id", "dist", "site", "file", "masked", "line"}: `masked` is the text of
`file` with the clause of row `line` made broad, `site` the folder of packages that the file lies in. TRUTH
tells for each id the `types` that people had written: {"fq", "ancestors"}. Each distribution is copied (by
links) below FOLDER, the masked text put in its place, and `fix --write --unsafe` run on that clause; where
a safe rewrite is among those made, the safe ones are made alone too. The new clause is read by the engine
anew, so that a name counts only if it means the class. A clause holds a type if it names it, or a base of it
that is narrower than Exception. The statistics of what people catch leave out the distribution under test.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import os
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import broadcatch.suggest.answer
from benchmarks.narrow import batches, read_rows, usage_without
from broadcatch import api
from broadcatch.config.options import Config
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FixResult, Target
from broadcatch.program.project import project_of
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.escapes import Engine

Row = dict[str, Any]
BROAD = frozenset({"Exception", "BaseException"})
SHOWN = 90
"""A longer part of a reason names what is of one case only."""
AT_ONCE = 12
"""So many clauses of a distribution one process fixes before what it found is written."""
CHAINS = frozenset({"chain", "re-raise", "traceback"})
"""Kinds that leave what a clause catches."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which `try` of a text a clause belongs to, and how many clauses stand before and behind it there."""

    number: int
    before: int
    behind: int


def linked(site: Path, target: Path) -> Path:
    """A copy of a folder of packages, made of links: who changes a file of it puts a new one in its place."""
    for folder, _, names in os.walk(site):
        beside = target / Path(folder).relative_to(site)
        beside.mkdir(parents=True, exist_ok=True)
        for name in names:
            if not (beside / name).exists():
                os.link(Path(folder, name), beside / name)
    return target


def put(path: Path, text: str) -> None:
    """Another text in the place of a file; whatever else is linked to it stays as it was."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def place(text: str, line: int) -> Place:
    """Where the clause in a row stands."""
    for number, attempt in enumerate(attempts(text)):
        for index, one in enumerate(attempt.handlers):
            if one.lineno == line:
                return Place(number, index, len(attempt.handlers) - index - 1)
    raise ValueError(f"no clause in row {line}")


def attempts(text: str) -> list[ast.Try]:
    """The `try` statements of a text, in the order of a walk, which no rewrite of a clause changes."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Try)]


def caught(path: Path, at: Place) -> tuple[set[str], str]:
    """The types of the clauses that have come in the place of one, in full, and how the last is written."""
    engine = Engine(project_of(path, "", None))
    module = engine.project.module_at(path)
    attempt = attempts(path.read_text(encoding="utf-8"))[at.number]
    function = module.function_at(attempt.lineno)
    context = engine.context(module, function)
    new = attempt.handlers[at.before : len(attempt.handlers) - at.behind]
    found = {one for each in new for one in clause_types(context, each.type, context.scope)}
    return found, ast.unparse(new[-1].type) if new and new[-1].type else ""


def holds(types: set[str], wanted: Sequence[Row]) -> bool:
    """Whether each wanted class is named, or a base of it that says something."""
    return all(({one["fq"], *one["ancestors"]} - BROAD) & types for one in wanted)


def fixed(row: Row, truth: Row, site: Path, cache: Path) -> Row:
    """What becomes of one masked clause."""
    path = site / row["file"]
    original, masked = path.read_text(encoding="utf-8"), Path(row["masked"]).read_text(encoding="utf-8")
    started = time.process_time()
    try:
        put(path, masked)
        result = _fix(path, row["line"], cache, unsafe=True)
        types, text = caught(path, place(masked, row["line"]))
        found = {
            "id": row["id"],
            "clause": text,
            "held": holds(types, truth["types"]),
            "broad": bool(types & BROAD),
            "why": _why(result, row["line"]),
            "by": sorted({str(one.kind) for one in result.offered}),
            "human": [one["fq"] for one in truth["types"]],
        }
        found["lost_by_safe"] = _lost(result, path, masked, row, truth, cache)
    finally:
        put(path, original)
    return found | {"seconds": round(time.process_time() - started, 2)}


def _fix(path: Path, line: int, cache: Path, unsafe: bool) -> FixResult:
    config = Config(cache_dir=str(cache), jobs=1)
    return api.fix([Target(str(path), line)], config, FixRequest(True, unsafe))


def _why(result: FixResult, line: int) -> str:
    """Why the clause is as it was."""
    refused = [one for one in result.refused if one.line == line and one.kind not in CHAINS]
    if refused:
        return re.sub(r"`[^`]*`", "…", refused[0].reason.split(": ")[0] + _second(refused[0].reason))
    if any(one.kind not in CHAINS for one in result.offered):
        return ""
    return "nothing was found wrong, or nothing to catch instead"


def _second(reason: str) -> str:
    part = reason.partition(": ")[2].partition(": ")[0]
    return f": {part}" if part and len(part) < SHOWN else ""


def _lost(result: FixResult, path: Path, masked: str, row: Row, truth: Row, cache: Path) -> bool:
    """Whether the safe rewrites alone have the clause no longer catch what people caught."""
    if not any(one.safety == "safe" and one.kind not in CHAINS for one in result.offered):
        return False
    put(path, masked)
    _fix(path, row["line"], cache, unsafe=False)
    types, _ = caught(path, place(masked, row["line"]))
    return bool(types) and not types & BROAD and not holds(types, truth["types"])


def batch(task: tuple[list[Row], dict[str, Row], Path, int]) -> list[Row]:
    """Some clauses of one distribution, in a copy of their own."""
    rows, truths, work, number = task
    warnings.simplefilter("ignore")
    site = linked(Path(rows[0]["site"]), work / f"{rows[0]['dist']}.{number}")
    usage = usage_without(rows[0]["dist"])
    broadcatch.suggest.answer.published = lambda: usage  # type: ignore[attr-defined]
    return [fixed(row, truths[row["id"]], site, work / "cache") for row in rows]


def run(rows: Sequence[Row], truths: dict[str, Row], work: Path, jobs: int) -> Iterator[Row]:
    """What becomes of each clause; some of a distribution at a time, each time in a process of its own."""
    parts = [(part, truths, work, number) for number, part in enumerate(batches(rows, AT_ONCE))]
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        for found in pool.imap_unordered(batch, parts):
            yield from found
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def told(rows: Sequence[Row]) -> str:
    """The figures in words."""
    held = sum(one["held"] and not one["broad"] for one in rows)
    made = [one for one in rows if not one["broad"]]
    asked = [one for one in rows if not one["why"].startswith("nothing was found")]
    lines = [
        f"{len(rows)} masked clauses: {held} hold the human's types after --unsafe ({held / len(rows):.1%})",
        f"{len(made)} were narrowed, of which {held} hold them ({held / max(len(made), 1):.1%}); "
        f"of the {len(asked)} that a finding is about {held / max(len(asked), 1):.1%}",
        f"{sum(one['lost_by_safe'] for one in rows)} lost one by the safe rewrites alone",
        f"CPU {sum(one['seconds'] for one in rows):.0f} s",
        "left as they were:",
    ]
    why = Counter(one["why"] for one in rows if one["broad"])
    return "\n".join([*lines, *(f"  {count:4}  {reason}" for reason, count in why.most_common())])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dist", action="append", default=[])
    given = parser.parse_args()
    truths = {one["id"]: one for one in read_rows(given.truth)}
    rows = [one for one in read_rows(given.manifest) if not given.dist or one["dist"] in given.dist]
    rows = [one for one in rows if not truths[one["id"]].get("import_guard") and truths[one["id"]]["types"]]
    rows = [one for one in rows if truths[one["id"]]["category"] not in ("import-guard", "base-only")]
    rows = random.Random(given.seed).sample(rows, min(given.sample, len(rows)))
    found = []
    with open(given.out or os.devnull, "w", encoding="utf-8") as out:
        for one in run(rows, truths, given.work.resolve(), given.jobs):
            found.append(one)
            out.write(json.dumps(one) + "\n")
            out.flush()
    print(told(found))


if __name__ == "__main__":
    main()
