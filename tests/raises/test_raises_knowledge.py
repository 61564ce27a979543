"""Is every row about the standard library true? Each one is provoked here, or names its reference."""

from __future__ import annotations

import ast
import gc
import json
import sys
import warnings
from pathlib import Path

import pytest

from broadcatch.program.classes import standard_exceptions
from broadcatch.raises.table import Row, Table, packages, standard_table
from broadcatch.raises.when import applies

PROOFS = json.loads((Path(__file__).parent / "data" / "proofs.json").read_text(encoding="utf-8"))
NEWER = {"tomllib": (3, 11)}
"""Modules that not every supported Python has: their rows are proved where they are."""
AT_HAND = [one for one in PROOFS if sys.version_info >= NEWER.get(one["call"].split(".")[0], (3, 0))]


def _canonical(cls: type[BaseException]) -> str:
    names = standard_exceptions(sys.version_info[1])
    name = cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    return names.get(name, (name,))[0]


@pytest.mark.parametrize("proof", AT_HAND, ids=lambda proof: f"{proof['call']}-{proof['raises']}")
@pytest.mark.filterwarnings("ignore")
def test_a_row_names_what_the_callable_really_raises(proof, monkeypatch):
    monkeypatch.setattr(sys, "stdin", sys.stdin)
    expected = standard_exceptions(sys.version_info[1])[proof["raises"]][0]
    with warnings.catch_warnings(), pytest.raises(BaseException) as caught:  # noqa: B017
        warnings.simplefilter("ignore")
        exec(proof["snippet"], {})
    found = [_canonical(cls) for cls in type(caught.value).__mro__]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the snippet left open is closed here
        del caught
        gc.collect()
    assert expected in found


def _standard() -> list[Row]:
    others = {row for one in packages() for row in one.rows}
    return [row for row in standard_table().rows if row not in others]


def test_each_row_is_proved_or_names_its_reference():
    proved = {(proof["call"], proof["raises"], tuple(proof.get("when", ()))) for proof in PROOFS}
    neither = [
        row
        for row in _standard()
        if (row.call, row.raises, row.when) not in proved
        and not (row.kind == "documented" and row.source.startswith("https://docs.python.org/"))
    ]
    assert neither == []


def test_each_proof_belongs_to_a_row():
    rows = {(row.call, row.raises, row.when) for row in standard_table().rows}
    assert [p for p in PROOFS if (p["call"], p["raises"], tuple(p.get("when", ()))) not in rows] == []


def _call(text: str) -> ast.Call:
    found = ast.parse(text, mode="eval").body
    assert isinstance(found, ast.Call)
    return found


@pytest.mark.parametrize(
    ("when", "text", "expected"),
    [
        ("args<3", "getattr(x, 'y')", True),
        ("args<3", "getattr(x, 'y', None)", False),
        ("true:check", "run(x, check=True)", True),
        ("true:check", "run(x, check=False)", False),
        ("true:check", "run(x)", False),
        ("true:check", "run(x, check=flag)", True),
        ("given:timeout@1", "get(True, 5)", True),
        ("given:timeout@1", "get(timeout=None)", False),
        ("absent:exist_ok", "mkdir(exist_ok=True)", False),
        ("has:mode@1:x", "open(p, 'x')", True),
        ("has:mode@1:x", "open(p, 'r')", False),
        ("has:mode@1:x", "open(p)", False),
        ("open:0", "int(5)", False),
        ("open:0", "int(text)", True),
        ("dynamic", "'{}'.format(1)", False),
        ("dynamic", "template.format(1)", True),
        ("unencodable", "'a'.encode(name)", False),
        ("unencodable", "'\xb5'.encode(name)", True),
        ("unencodable", "'\xb5'.encode('latin-1')", False),
        ("unencodable", "'\xb5'.encode('ascii')", True),
        ("unencodable", "'\xb5'.encode()", False),
        ("unencodable", "text.encode()", True),
        ("unencodable", "'\xb5'.encode(*parts)", True),
        ("args<3", "getattr(*parts)", True),
        ("large", "timedelta(seconds=10)", False),
        ("large", "timedelta(-3, hours=1.5)", False),
        ("large", "timedelta(seconds=n)", True),
        ("large", "timedelta(days=10**9)", True),
        ("large", "timedelta(days=999999999)", True),
        ("variable:encoding@0", "text.encode('utf-8')", False),
        ("variable:encoding@0", "text.encode()", False),
        ("variable:encoding@0", "text.encode(encoding=name)", True),
    ],
)
def test_a_condition_reads_the_arguments(when, text, expected):
    assert applies(Row("f", "ValueError", "", (when,)), _call(text)) is expected


def test_a_row_about_misuse_is_on_record_and_expected_nowhere():
    table = Table([Row("f.write", "ValueError", "closed", misuse=True), Row("f.write", "OSError", "full")])
    entry = table.lookup("f.write")
    assert entry is not None and [row.raises for row in entry.rows] == ["OSError"]
    assert [row.raises for row in table.rows] == ["ValueError", "OSError"]


def test_a_family_covers_what_has_no_row_of_its_own():
    table = Table([Row("os.*", "OSError", "fails")], ["logging.*"])
    entry = table.lookup("os.frobnicate")
    assert entry is not None and [row.raises for row in entry.rows] == ["OSError"]
    assert table.lookup("logging.Logger.info") is not None
    assert table.lookup("somewhere.else") is None


def test_rows_over_a_table_stand_in_place_of_all_that_it_knows_of_the_callable():
    table = Table([Row("a.b", "OSError", "fails"), Row("a.c", "OSError", "fails")])
    over = table.over({"a.b": (Row("a.b", "KeyError", "is not there"),), "a.c": (), "x.*": ()})
    found = {name: over.lookup(name) for name in ("a.b", "a.c", "x.y", "z")}
    assert {name: entry and [row.raises for row in entry.rows] for name, entry in found.items()} == {
        "a.b": ["KeyError"],
        "a.c": [],
        "x.y": [],
        "z": None,
    }
    assert table.lookup("x.y") is None


def test_what_a_package_defines_in_a_hidden_module_has_its_public_name():
    table = Table(
        [Row("db.connect", "db.Error", "fails")], names={"db._native": "db"}, exceptions={"db.Error": ()}
    )
    entry = table.lookup("db._native.connect")
    assert entry is not None and [row.raises for row in entry.rows] == ["db.Error"]
    assert list(table.defined()) == [("db._native.Error", "db.Error")]


def test_no_callable_is_both_benign_and_on_record():
    table = standard_table()
    rows = {row.call for row in table.rows if not row.misuse}
    assert sorted(rows & table.benign) == []
