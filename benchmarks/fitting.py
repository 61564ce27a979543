"""How much does each signal count? Fits `broadcatch/suggest/forest.json` to clauses whose types people
chose.

    python -m benchmarks.fitting gather MANIFEST.jsonl --truth TRUTH.jsonl... --types TYPES.json
        --scorer score.py --rows ROWS.jsonl [--jobs 2]
    python -m benchmarks.fitting fit ROWS.jsonl [--out broadcatch/suggest/forest.json]

`gather` asks the engine about each handler of MANIFEST (see `benchmarks/narrow.py`) and writes one line a
handler with the signals of every candidate, and whether people named it. The package under test is left out
of the usage statistics. `fit` needs scikit-learn: a logistic regression over all candidates; the packages
are dealt into folds, and each is judged by weights that were fitted to the other folds. Import guards are
left out.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import multiprocessing
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.narrow import batches, place_of, read_rows, usage_without
from broadcatch.program.project import project_of
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import handler_at
from broadcatch.suggest.case import case_of
from broadcatch.suggest.signals import signals

Row = dict[str, Any]
Tree = Any
FOLDS = 6
TREES = {
    "n_estimators": 300,
    "learning_rate": 0.05,
    "num_leaves": 8,
    "min_child_samples": 60,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.5,
    "reg_lambda": 5,
    "verbose": -1,
    "deterministic": True,
    "random_state": 1,
}
"""Small trees, each leaf of which rests on sixty candidates or more."""


def gathered(rows: list[Row]) -> list[Row]:
    """The signals of every candidate of each handler of one batch."""
    warnings.simplefilter("ignore")
    gc.set_threshold(20_000)
    engine = Engine(project_of(place_of(rows[0])[0], rows[0].get("site", "")))
    usage = usage_without(rows[0].get("dist", ""))
    found = []
    for row in rows:
        path, text = place_of(row)
        module = engine.project.apart(str(path), text)
        at = handler_at(module, row["line"])
        if at is not None:
            case = case_of(engine, module, module.function_at(row["line"]), *at, usage)
            about = signals(case, engine.resolver.hierarchy)
            found.append({"id": row["id"], "group": row.get("dist", ""), "signals": about})
    return found


def labelled(found: Iterable[Row], given: argparse.Namespace) -> Iterator[Row]:
    """With what people named, by the data set's own canonical names."""
    spec = importlib.util.spec_from_file_location("score", given.scorer)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    types = scorer.Types(json.loads(given.types.read_text(encoding="utf-8")))
    cases = {row["id"]: row for path in given.truth for row in read_rows(path)}
    for row in found:
        case = cases[row["id"]]
        named = {types.canon(one["fq"]) for one in case["types"] if not one.get("base_only")}
        if named and case["category"] != "import-guard":
            yield row | {"named": [one for one in row["signals"] if types.canon(one) in named]}


def fit(rows: list[Row]) -> tuple[list[Tree], list[float]]:
    """The trees fitted to all rows, and for each candidate the probability by those of the other folds."""
    import numpy
    from sklearn.feature_extraction import DictVectorizer

    flat = [
        (about, name in row["named"], row["group"]) for row in rows for name, about in row["signals"].items()
    ]
    vectors = DictVectorizer(sparse=False)
    matrix = vectors.fit_transform([about for about, _, _ in flat])
    answers = numpy.array([named for _, named, _ in flat], float)
    groups = {group: number % FOLDS for number, group in enumerate(sorted({row["group"] for row in rows}))}
    folds = numpy.array([groups[group] for _, _, group in flat])
    held = numpy.zeros(len(flat))
    for fold in range(FOLDS):
        model = _model(matrix[folds != fold], answers[folds != fold])
        held[folds == fold] = model.predict_proba(matrix[folds == fold])[:, 1]
    trees = _model(matrix, answers).booster_.dump_model()["tree_info"]
    names = list(vectors.feature_names_)
    return [_tree(one["tree_structure"], names) for one in trees], [float(one) for one in held]


def _model(matrix: Any, answers: Any) -> Any:
    from lightgbm import LGBMClassifier

    return LGBMClassifier(**TREES).fit(matrix, answers)


def _tree(node: Row, names: list[str]) -> Tree:
    """A leaf is its value; else (signal, threshold, tree up to it, tree above it)."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 5)
    below, above = _tree(node["left_child"], names), _tree(node["right_child"], names)
    return [names[node["split_feature"]], round(float(node["threshold"]), 5), below, above]


def told(rows: list[Row], held: list[float]) -> None:
    """How well the held-out probabilities do: the first type, the first three, and whether they are true."""
    start = 0
    first = three = 0
    buckets: dict[int, list[bool]] = {}
    for row in rows:
        names = list(row["signals"])
        ranked = sorted(zip(held[start : start + len(names)], names, strict=True), reverse=True)
        start += len(names)
        first += bool(ranked) and ranked[0][1] in row["named"]
        three += any(name in row["named"] for _, name in ranked[:3])
        for share, name in ranked:
            buckets.setdefault(min(int(share * 10), 9), []).append(name in row["named"])
    print(f"{len(rows)} handlers: first {first / len(rows):.3f}, first three {three / len(rows):.3f}")
    for bucket, those in sorted(buckets.items()):
        share = sum(those) / len(those)
        print(f"from {bucket / 10:.1f}: {len(those)} said, {share:.3f} right")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["gather", "fit"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--truth", nargs="*", type=Path, default=[])
    parser.add_argument("--types", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    if given.what == "gather":
        with multiprocessing.get_context("fork").Pool(given.jobs, maxtasksperchild=1) as pool:
            parts = pool.imap_unordered(gathered, batches(read_rows(given.data)))
            found = labelled((row for part in parts for row in part), given)
            given.rows.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        return
    rows = sorted(read_rows(given.data), key=lambda row: row["id"])
    trees, held = fit(rows)
    told(rows, held)
    if given.out:
        lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in trees)
        given.out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(f"{len(trees)} trees", file=sys.stderr)


if __name__ == "__main__":
    main()
