"""A baseline as text: one line a handler, friendly to merges, and never read for what it is not."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.gate.record import BaselineError, dumps, loads
from broadcatch.model.baseline import Entry
from tests.gate.remembering import entries, module, pieces

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
some = st.builds(
    Entry,
    path=st.from_regex(r"[^/\\\n][^\n]{0,9}\.py", fullmatch=True),
    scope=words,
    clause=words,
    text=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    words=st.from_regex(r"([0-9a-f.]{32})?", fullmatch=True),
    ordinal=st.integers(0, 9),
    codes=st.lists(st.sampled_from(["BC101", "BC102"]), unique=True).map(tuple),
    outcome=words,
    stakes=st.lists(words, max_size=2).map(tuple),
    reason=words,
    owner=words,
)
ONE = Entry("app/x.py", "load", "except Exception", "0" * 16, codes=("BC102",), reason="they said so")


@given(st.lists(some, unique=True))
def test_what_is_written_is_read_back(given):
    assert set(loads(dumps(given), "b.json")) == set(given)


@given(st.lists(some, unique=True, max_size=5))
def test_each_entry_has_one_line_and_the_whole_is_json(given):
    text = dumps(given)
    assert len(text.splitlines() if text.isascii() else text.split("\n")[:-1]) == len(given) + 3
    assert len(json.loads(text)["handlers"]) == len(given) + 1


@given(pieces)
def test_the_order_of_entries_does_not_matter(parts):
    found = entries(module(parts))
    assert dumps(reversed(found)) == dumps(found)


def test_what_is_not_told_is_not_written():
    assert dumps([ONE]).splitlines()[1] == (
        '{"path": "app/x.py", "scope": "load", "clause": "except Exception", "codes": ["BC102"], '
        '"reason": "they said so", "text": "0000000000000000"},'
    )


def test_an_empty_baseline_is_one():
    assert loads(dumps([]), "b.json") == ()


def test_another_layout_is_read_too():
    text = json.dumps(json.loads(dumps([ONE])), indent=4)
    assert loads(text, "b.json") == (ONE,)


def merged(tmp_path, ours, base, theirs, *options):
    for name, kept in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(dumps(kept), encoding="utf-8")
    done = subprocess.run(
        ["git", "merge-file", "-p", *options, "ours", "base", "theirs"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.returncode, done.stdout


def at(path):
    return Entry(path, "load", "except Exception", "0" * 16, codes=("BC102",))


def test_two_branches_that_add_to_different_files_merge_without_conflict(tmp_path):
    base = [at("b.py"), at("d.py"), at("f.py")]
    code, text = merged(tmp_path, [*base, at("a.py"), at("g.py")], base, [*base, at("c.py"), at("e.py")])
    assert code == 0
    assert [one.path for one in loads(text, "b.json")] == [f"{name}.py" for name in "abcdefg"]


def test_a_union_of_two_branches_that_add_in_one_place_is_a_baseline(tmp_path):
    base = [at("b.py")]
    ours, theirs = [*base, at("c.py"), at("d.py")], [*base, at("c.py"), at("e.py")]
    assert merged(tmp_path, ours, base, theirs)[0] != 0
    code, text = merged(tmp_path, ours, base, theirs, "--union")
    assert code == 0
    assert [one.path for one in loads(text, "b.json")] == ["b.py", "c.py", "d.py", "e.py"]


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (2, "{\n", "not a baseline"),
        (1, "[]", '"broadcatch-baseline" is missing'),
        (1, '{"broadcatch-baseline": true, "handlers": []}', '"broadcatch-baseline" is missing'),
        (1, '{"broadcatch-baseline": 2, "handlers": []}', "written by a newer broadcatch"),
        (1, '{"broadcatch-baseline": 1, "handlers": {}}', '"handlers" is no list'),
        (3, dumps([at("a.py"), at("b.py")]).replace('"b.py"', "7"), '"path" is no text'),
        (2, dumps([ONE]).replace('["BC102"]', '"BC102"'), '"codes" is no list of texts'),
        (2, dumps([ONE]).replace('"reason"', '"reasn"'), 'unknown key "reasn"; did you mean "reason"?'),
        (2, dumps([ONE]).replace('"0000', '"x000'), '"text" is not 16 hexadecimal digits'),
        (2, dumps([ONE]).replace('"app/x.py"', '"/app/x.py"'), '"path" is not a path relative to'),
        (2, dumps([ONE]).replace('"clause": "except Exception", ', ""), '"clause" is missing'),
        (3, dumps([at("a.py")]).replace("null", "3"), "an entry is no object"),
        (2, dumps([ONE]).replace('{"path"', '<<<<<<< HEAD\n{"path"'), "a merge conflict"),
        (3, dumps([ONE]).replace("null", "=======\nnull"), "a merge conflict"),
    ],
)
def test_what_is_damaged_is_named_with_its_line(line, text, message):
    with pytest.raises(BaselineError) as error:
        loads(text, "b.json")
    assert str(error.value).startswith(f"b.json:{line}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_one_nested_too_deeply_is_damaged():
    with pytest.raises(BaselineError, match=r"b\.json: not a baseline"):
        loads("[" * 100_000, "b.json")


@given(st.text(max_size=60))
def test_no_text_at_all_ends_in_another_error(text):
    try:
        loads(text, "b.json")
    except BaselineError as error:
        assert str(error).startswith("b.json")
