"""Of the handlers that a reviewer judged, which have a finding of severity warning or error?

usage: python benchmarks/severities.py --judged J.jsonl --sources DIR [--misses]

J.jsonl: `repo`, `commit`, `path`, `line`, `label` 0 to 4 and `reason` a line, as in `benchmarks/labels/` (how
they were made: `benchmarks/README.md`). DIR: a folder with `index.jsonl` and the files of each commit, as for
`benchmarks/risk.py`. With `--misses`, every handler with a label from 2 on that has no such finding, and each
one with label 0 that has one, is named.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.risk import Row, read_rows, unit_of
from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file
from broadcatch.lint.check import check_judged

MATTERS = 2
"""The label from which on a handler should be mended."""


def main() -> None:
    """Read the arguments, check the files, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--judged", type=Path, required=True)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    found = list(reported(read_rows(given.judged), given.sources))
    for line in (*(told_misses(found) if given.misses else ()), *told(found)):
        print(line)


def reported(judged: Sequence[Row], sources: Path) -> Iterator[tuple[Row, bool]]:
    """Each judged handler, and whether a finding there is more than a note."""
    folders = {unit_of(row): sources / row["dir"] for row in read_rows(sources / "index.jsonl")}
    by_file = defaultdict(list)
    for row in judged:
        if unit_of(row) in folders:
            by_file[folders[unit_of(row)], row["path"]].append(row)
    for (folder, path), rows in sorted(by_file.items()):
        lines = grave_lines(folder / path, path)
        yield from ((row, row["line"] in lines) for row in rows)


def grave_lines(file: Path, path: str) -> frozenset[int]:
    """The lines of the handlers of a file that have a warning or an error."""
    facts = read_facts(file.read_text(encoding="utf-8"), path)
    findings = check_judged(facts, judge_file(facts, Config()), Config())
    grave = [one for one in findings if one.severity != "note"]
    handlers = {int(one.handler.rpartition(":")[2]) for one in grave if one.handler}
    return frozenset(handlers | {one.span.line for one in grave})


def told(found: Sequence[tuple[Row, bool]]) -> Iterator[str]:
    """A line a label: how many, and how many of them are reported."""
    all_of = Counter(row["label"] for row, _ in found)
    hits = Counter(row["label"] for row, hit in found if hit)
    for label in sorted(all_of):
        yield f"label {label}: {hits[label]} of {all_of[label]} with a warning or error"
    grave = [hit for row, hit in found if row["label"] >= MATTERS]
    yield f"labels from {MATTERS} on: {sum(grave)} of {len(grave)}"


def told_misses(found: Sequence[tuple[Row, bool]]) -> Iterator[str]:
    """What is missed, and what is reported though it is acceptable."""
    for row, hit in found:
        if hit != (row["label"] >= MATTERS) and row["label"] != 1:
            kind = "noise" if hit else "miss "
            yield f"{kind} {row['label']} {row['repo']} {row['path']}:{row['line']}  {row['reason']}"


if __name__ == "__main__":
    main()
