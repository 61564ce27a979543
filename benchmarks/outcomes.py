"""Hold the outcomes of broadcatch against the swallow kinds that a reviewer gave to judged handlers.

usage: python benchmarks/outcomes.py DATA SOURCES

DATA: the folder of the risk evaluation (every `judged*.jsonl` in it is read: `repo`, `commit`, `path`,
`line`, and the kind as the first of `tags`). SOURCES: a folder with `index.jsonl` ({"repo", "commit", "dir"}
a line) and the files of each (repo, commit) below SOURCES/dir. Prints the strict agreement, the agreement
where a second fact that the verdict states counts as well, and every disagreement.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.outcome import Verdict

SAME: dict[str, frozenset[str]] = {
    "re-raise": frozenset({"reraised", "chained"}),
    "translate": frozenset({"chained", "translated", "exits"}),
    "log-with-traceback": frozenset({"logged-traceback"}),
    "log-only": frozenset({"logged-text"}),
    "return-default": frozenset({"fallback"}),
    "pass": frozenset({"dropped"}),
    "continue": frozenset({"dropped"}),
    "report": frozenset({"handed-on"}),
}
"""The outcomes that a kind names; `cleanup` says nothing about the error and agrees with any."""


def main() -> None:
    """Read the arguments, judge the handlers, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("sources", type=Path)
    given = parser.parse_args()
    rows = [row for path in sorted(given.data.glob("judged.*jsonl")) for row in read_rows(path)]
    pairs = list(judged_rows(rows, given.sources))
    strict = [(row, verdict) for row, verdict in pairs if agrees(row["tags"][0], verdict)]
    wide = [(row, verdict) for row, verdict in pairs if agrees_beside(row["tags"][0], verdict)]
    for row, verdict in pairs:
        if not agrees(row["tags"][0], verdict):
            mark = "also" if agrees_beside(row["tags"][0], verdict) else "NOT "
            place = f"{row['repo']} {row['path']}:{row['line']}"
            print(f"{mark} {row['tags'][0]:>18} {verdict.outcome:<16} {place} ({row['reason']})")
    print(f"{len(pairs)} of {len(rows)} judged handlers found")
    print(f"strict: {share(len(strict), len(pairs))}")
    print(f"with the second fact: {share(len(wide), len(pairs))}")


def agrees(kind: str, verdict: Verdict) -> bool:
    """Whether the outcome is one of those that the kind names."""
    return kind not in SAME or verdict.outcome in SAME[kind]


def agrees_beside(kind: str, verdict: Verdict) -> bool:
    """Whether the kind names the outcome, or another fact that the verdict states on some path."""
    if agrees(kind, verdict):
        return True
    if kind == "return-default":
        return bool(verdict.fallback)
    if kind == "log-only":
        return any(path.record == "text" for path in verdict.paths)
    if kind == "log-with-traceback":
        return any(path.record == "traceback" for path in verdict.paths)
    if kind == "continue":
        return any(path.steps and path.steps[-1].text == "continue" for path in verdict.paths)
    if kind == "report":
        return any(path.outcome == "handed-on" for path in verdict.paths)
    return any(path.outcome in SAME[kind] for path in verdict.paths)


def share(part: int, whole: int) -> str:
    """`131 of 161 (81.4 %)`."""
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


def judged_rows(rows: list[dict[str, Any]], sources: Path) -> Iterator[tuple[dict[str, Any], Verdict]]:
    """The rows whose handler is there, with our verdict."""
    folders = {(row["repo"], row["commit"]): row["dir"] for row in read_rows(sources / "index.jsonl")}
    known: dict[Path, dict[int, Judged]] = {}
    for row in rows:
        path = sources / folders[row["repo"], row["commit"]] / row["path"]
        if path not in known:
            facts = read_facts(path.read_text(encoding="utf-8"), row["path"])
            known[path] = {one.handler.span.line: one for one in judge_file(facts, Config())}
        if row["line"] in known[path]:
            yield row, known[path][row["line"]].verdict


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
