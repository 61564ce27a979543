"""Score the handlers of a judged data set with broadcatch's risk model.

usage: python benchmarks/risk.py --data JUDGED.jsonl... --sources DIR --output TOOL.jsonl

JUDGED.jsonl: one JSON object a line with `repo`, `commit` and `path`. DIR: a folder with `index.jsonl`
({"repo", "commit", "dir"} a line) and the files of each (repo, commit) below DIR/dir. TOOL.jsonl gets one
line a handler ({"repo", "commit", "path", "line", "score", "tier", "outcome"}) and one a file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from broadcatch.config.options import Config
from broadcatch.facts.read import UnreadableError, read_facts
from broadcatch.model.facts import FileFacts
from broadcatch.risk.rank import Ranking, rank

Unit = tuple[str, str]


def main() -> None:
    """Read the arguments, rank every (repository, commit), write one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    wanted = {(row["repo"], row["commit"]) for path in given.data for row in read_rows(path)}
    folders = {(row["repo"], row["commit"]): row["dir"] for row in read_rows(given.sources / "index.jsonl")}
    with given.output.open("w", encoding="utf-8") as out:
        for unit in sorted(wanted & set(folders)):
            ranking = rank(list(facts_of(given.sources / folders[unit])), Config())
            out.writelines(json.dumps(row) + "\n" for row in rows_of(unit, ranking))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def facts_of(folder: Path) -> Iterator[FileFacts]:
    """The facts of every file below `folder` that mentions `except` and can be read."""
    for path in sorted(folder.rglob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
            if "except" in text:
                yield read_facts(text, path.relative_to(folder).as_posix())
        except (UnreadableError, UnicodeDecodeError, OSError) as error:
            print(f"{path}: {error}")


def rows_of(unit: Unit, ranking: Ranking) -> Iterable[dict[str, Any]]:
    """One row a handler, then one a file."""
    head = {"repo": unit[0], "commit": unit[1]}
    for risk in ranking.handlers:
        told = {"score": risk.score, "tier": risk.tier, "outcome": risk.outcome, "function": risk.function}
        yield {**head, "path": risk.path, "line": risk.line, **told}
    for file in ranking.files:
        yield {**head, "path": file.path, "score": file.score, "tier": file.tier}


if __name__ == "__main__":
    main()
