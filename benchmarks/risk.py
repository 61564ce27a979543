"""Score judged handlers, files and later fixes with broadcatch's risk model, and say how well it ranks them.

usage: python benchmarks/risk.py --sources DIR [--judged J.jsonl] [--files F.jsonl] [--future B.jsonl]
                                 [--output TOOL.jsonl] [--profile NAME]

J.jsonl: `repo`, `commit`, `path`, `line`, `label` 0 to 4 a line. F.jsonl: files with `grade` 0 to 4. B.jsonl:
handlers with `label` "changed" or not, and `churn12` for comparison. DIR: a folder with `index.jsonl`
({"repo", "commit", "dir"} a line) and the files of each (repo, commit) below DIR/dir. TOOL.jsonl gets a
line a handler ({"repo", "commit", "path", "line", "score", "tier", "outcome"}) and one a file. Nothing is
fitted; the range beside each figure is that of the mean without one of the repositories.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.ranks import Numbers, auc, by_repository, mean, ndcg, pairs, recall, spearman
from broadcatch.config.options import Config, Risk
from broadcatch.facts.read import UnreadableError, read_facts
from broadcatch.judge.verdict import judge_file
from broadcatch.model.facts import FileFacts
from broadcatch.risk.rank import Ranking, rank_judged
from broadcatch.risk.terms import terms_of
from broadcatch.runs.afterwards import afterwards

Row = dict[str, Any]
Unit = tuple[str, str]
NOWHERE = -1.0
"""The score of what was not found."""


def main() -> None:
    """Read the arguments, rank every (repository, commit), print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("--judged", "--files", "--future"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--profile", default="general")
    given = parser.parse_args()
    judged, files, future = (
        read_rows(one) if one else [] for one in (given.judged, given.files, given.future)
    )
    config = Config(risk=Risk(profile=given.profile))
    found = list(scored(given.sources, {unit_of(row) for row in (*judged, *files, *future)}, config))
    if given.output:
        given.output.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    for line in (*told_judged(found, judged), *told_files(found, files), *told_future(found, future)):
        print(line)


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def unit_of(row: Row) -> Unit:
    """Repository and commit."""
    return row["repo"], row["commit"]


def scored(sources: Path, wanted: set[Unit], config: Config) -> Iterator[Row]:
    """The rows of every handler and file in the wanted (repository, commit)s."""
    folders = {unit_of(row): row["dir"] for row in read_rows(sources / "index.jsonl")}
    for unit in sorted(wanted & set(folders)):
        yield from rows_of(unit, ranked(sources / folders[unit], config))


def ranked(folder: Path, config: Config) -> Ranking:
    """The ranking of all files below a folder, as `report` gives it."""
    judged = {one.path: judge_file(one, config) for one in facts_of(folder)}
    return rank_judged(judged, terms=terms_of(config), after=afterwards(judged, folder=folder))


def facts_of(folder: Path) -> Iterator[FileFacts]:
    """The facts of every file below `folder` that mentions `except` and can be read."""
    for path in sorted(folder.rglob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
            if "except" in text:
                yield read_facts(text, path.relative_to(folder).as_posix())
        except (UnreadableError, UnicodeDecodeError, OSError) as error:
            print(f"{path}: {error}")


def rows_of(unit: Unit, ranking: Ranking) -> Iterable[Row]:
    """One row a handler, then one a file."""
    head = {"repo": unit[0], "commit": unit[1]}
    for risk in ranking.handlers:
        told = {"score": risk.score, "tier": risk.tier, "outcome": risk.outcome, "function": risk.function}
        yield {**head, "path": risk.path, "line": risk.line, **told}
    for file in ranking.files:
        yield {**head, "path": file.path, "score": file.score, "tier": file.tier}


def told_judged(found: Sequence[Row], judged: Sequence[Row]) -> Iterator[str]:
    """Pair accuracy, Spearman, recall of labels from 3 on, shares of the tiers."""
    known = {_place(row): row for row in found if "line" in row}
    sides = _sides(
        judged, lambda row: float(known[_place(row)]["score"]) if _place(row) in known else NOWHERE
    )
    if not sides:
        return
    yield f"judged: {sum(_place(row) in known for row in judged)} of {len(judged)} found"
    shares = {name: _share(*pairs(*side)) for name, side in sides.items()}
    yield _told("pair accuracy", shares)
    yield _told("Spearman", by_repository(sides, spearman))
    grave = by_repository(sides, lambda scores, labels: recall(scores, [label >= 3 for label in labels]))
    yield _told("recall of labels >= 3 in the top fifth", grave)
    count = {name: sum(label >= 3 for label in labels) for name, (_, labels) in sides.items()}
    hits = sum((value or 0.0) * count[name] for name, value in grave.items())
    yield f"  the same over all: {hits / max(1, sum(count.values())):.3f} of {sum(count.values())}"
    yield from _tiers(known, judged)


def _tiers(known: Mapping[tuple[Any, ...], Row], judged: Sequence[Row]) -> Iterator[str]:
    table = Counter((row["label"], known[_place(row)]["tier"]) for row in judged if _place(row) in known)
    for label in sorted({row["label"] for row in judged}):
        shown = ", ".join(f"{table[label, tier]} {tier}" for tier in ("high", "medium", "low"))
        yield f"label {label}: {shown}"
    units = {unit_of(row) for row in judged}
    tiers = Counter(row["tier"] for row in known.values() if unit_of(row) in units)
    grave = sum(count for (label, _), count in table.items() if label >= 3)
    none = sum(count for (label, _), count in table.items() if label == 0)
    high = {
        "of labels >= 3": _share(sum(table[label, "high"] for label in (3, 4)), grave),
        "of label 0": _share(table[0, "high"], none),
        "of all handlers": _share(tiers["high"], sum(tiers.values())),
    }
    yield "high: " + ", ".join(f"{value or 0:.3f} {name}" for name, value in high.items())


def told_files(found: Sequence[Row], files: Sequence[Row]) -> Iterator[str]:
    """NDCG@10 of the files."""
    known = {(*unit_of(row), row["path"]): float(row["score"]) for row in found if "line" not in row}
    sides = _sides(files, lambda row: known.get((*unit_of(row), row["path"]), NOWHERE), "grade")
    if sides:
        yield _told("files NDCG@10", by_repository(sides, ndcg))


def told_future(found: Sequence[Row], future: Sequence[Row]) -> Iterator[str]:
    """AUC and recall at a fifth of what was changed later, inside each snapshot; churn beside it."""
    known = {_place(row): float(row["score"]) for row in found if "line" in row}
    here = [row for row in future if _place(row) in known]
    if not here:
        return
    yield f"later fixes: {len(here)} of {len(future)} found"
    scores = {"risk": lambda row: known[_place(row)], "churn": lambda row: float(row.get("churn12") or 0)}
    for name, score in scores.items():
        snapshots: dict[str, list[tuple[Numbers, list[bool]]]] = defaultdict(list)
        for unit in sorted({unit_of(row) for row in here}):
            rows = [row for row in here if unit_of(row) == unit]
            changed = [row["label"] == "changed" for row in rows]
            snapshots[unit[0]].append(([score(row) for row in rows], changed))
        for label, measure in (("AUC", auc), ("recall at a fifth", recall)):
            values = {
                repo: mean(
                    {str(at): measure(*one) for at, one in enumerate(those) if 0 < sum(one[1]) < len(one[1])}
                )
                for repo, those in snapshots.items()
            }
            yield _told(
                f"  {name}: {label}", {repo: value for repo, value in values.items() if value == value}
            )


def _place(row: Row) -> tuple[Any, ...]:
    return (*unit_of(row), row["path"], row.get("line"))


def _sides(
    rows: Sequence[Row], score: Any, label: str = "label"
) -> dict[str, tuple[list[float], list[float]]]:
    """(scores, labels) by repository."""
    found: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for row in rows:
        found[row["repo"]][0].append(score(row))
        found[row["repo"]][1].append(float(row[label]))
    return dict(found)


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _told(name: str, values: Mapping[str, float | None]) -> str:
    """The mean over repositories, each of them, and the range of the mean without one of them."""
    each = ", ".join(
        f"{repo.rpartition('/')[2]} {value:.2f}" for repo, value in values.items() if value is not None
    )
    without = [mean(values, repo) for repo in values]
    return f"{name} {mean(values):.3f} (without one: {min(without):.3f} to {max(without):.3f}; {each})"


if __name__ == "__main__":
    main()
