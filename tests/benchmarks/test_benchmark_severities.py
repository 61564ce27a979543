"""The severities are held against labels: what matters and is not reported is a miss."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.risk import read_rows
from benchmarks.severities import reported, told, told_misses

CODE = """\
def pay(order):
    try:
        shop.place_order(order)
    except Exception:
        pass


def show(text):
    try:
        return title(text)
    except Exception:
        raise
"""


def rows(folder: Path) -> list[tuple[dict[str, object], bool]]:
    (folder / "app").mkdir()
    (folder / "app" / "a.py").write_text(CODE)
    (folder / "index.jsonl").write_text(json.dumps({"repo": "o/n", "commit": "c", "dir": "app"}))
    head = {"repo": "o/n", "commit": "c", "path": "a.py", "reason": "why"}
    judged = [
        {**head, "line": 4, "label": 4},
        {**head, "line": 11, "label": 2},
        {**head, "line": 1, "label": 0},
    ]
    return list(reported(judged, folder))


def test_each_label_is_counted_with_what_is_reported_of_it(tmp_path: Path) -> None:
    assert list(told(rows(tmp_path))) == [
        "label 0: 0 of 1 with a warning or error",
        "label 2: 0 of 1 with a warning or error",
        "label 4: 1 of 1 with a warning or error",
        "labels from 2 on: 1 of 2",
    ]


def test_what_matters_and_is_not_reported_is_named(tmp_path: Path) -> None:
    assert list(told_misses(rows(tmp_path))) == ["miss  2 o/n a.py:11  why"]


def test_the_labels_that_are_kept_are_of_one_form() -> None:
    found = [row for path in sorted(Path("benchmarks/labels").glob("*.jsonl")) for row in read_rows(path)]
    assert len(found) == 529
    assert all(0 <= row["label"] <= 4 and len(row["commit"]) == 40 and row["line"] > 0 for row in found)
