"""What Ruff's configuration excuses is taken over; what is broken in it is not our business."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcatch.config.load import resolve
from broadcatch.config.options import Config
from broadcatch.config.ruff_file import ruff_ignores, ruff_selection
from broadcatch.config.selectors import is_ruff_rule_on, ruff_selectors

TABLE = '[tool.ruff.lint.per-file-ignores]\n"tests/*" = ["BLE", "E722"]\n'


def read(folder: Path, **files: str):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [(pattern, codes) for pattern, codes, _ in ruff_ignores(folder)]


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        '[tool.ruff]\nper-file-ignores = {"tests/*" = ["BLE", "E722"]}\n',
        '[tool.ruff.lint]\nextend-per-file-ignores = {"tests/*" = ["BLE", "E722"]}\n',
        '[tool.ruff]\nextend-per-file-ignores = {"tests/*" = ["BLE", "E722"]}\n',
    ],
)
def test_every_spelling_of_the_table_is_read(tmp_path, text):
    assert read(tmp_path, pyproject_toml=text) == [("tests/*", ("BLE", "E722"))]


def test_a_ruff_toml_has_no_tool_in_front(tmp_path):
    text = '[lint.per-file-ignores]\n"a.py" = ["ALL"]\n'
    assert read(tmp_path, ruff_toml=text, pyproject_toml=TABLE) == [("a.py", ("ALL",))]


def test_the_nearest_file_with_a_table_of_ruff_counts(tmp_path):
    read(tmp_path, pyproject_toml=TABLE)
    assert read(tmp_path / "app", pyproject_toml='[project]\nname = "app"\n') == [
        ("tests/*", ("BLE", "E722"))
    ]
    assert read(tmp_path / "lib", ruff_toml="line-length = 100\n") == []


def test_what_extends_another_file_keeps_its_additions_and_replaces_its_table(tmp_path):
    base = '[lint]\nper-file-ignores = {"a.py" = ["B"]}\nextend-per-file-ignores = {"b.py" = ["S"]}\n'
    read(tmp_path, ruff_toml=base)
    own = 'extend = "../ruff.toml"\n[lint]\nextend-per-file-ignores = {"c.py" = ["E"]}\n'
    assert read(tmp_path / "app", ruff_toml=own) == [("a.py", ("B",)), ("b.py", ("S",)), ("c.py", ("E",))]
    own = 'extend = "../ruff.toml"\n[lint]\nper-file-ignores = {"c.py" = ["E"]}\n'
    assert read(tmp_path / "lib", ruff_toml=own) == [("c.py", ("E",)), ("b.py", ("S",))]


def test_a_file_that_extends_itself_comes_to_an_end(tmp_path):
    assert read(tmp_path, ruff_toml='extend = "ruff.toml"\n') == []


@pytest.mark.parametrize(
    "text",
    [
        "[tool.ruff.lint.per-file-ignores\n",
        "[tool]\nruff = 3\n",
        "[tool.ruff]\nlint = 3\n",
        '[tool.ruff.lint]\nper-file-ignores = ["a"]\n',
        '[tool.ruff.lint.per-file-ignores]\n"a.py" = "BLE"\n',
        '[tool.ruff.lint.per-file-ignores]\n"a.py" = [1]\n',
        '[tool.ruff]\nextend = "gone.toml"\n',
    ],
)
def test_a_broken_table_of_ruff_breaks_nothing(tmp_path, text):
    assert [codes for _, codes in read(tmp_path, pyproject_toml=text) if codes] == []


def test_isolated_reads_none(tmp_path):
    read(tmp_path, pyproject_toml=TABLE)
    assert resolve(tmp_path, None, isolated=True, overrides={}).ruff_ignores == ()
    assert resolve(tmp_path, None, isolated=False, overrides={}).ruff_ignores != ()


def test_patterns_are_relative_to_the_file_that_holds_them(tmp_path):
    read(tmp_path, pyproject_toml=TABLE)
    config = resolve(tmp_path, None, isolated=False, overrides={})
    inside = list(ruff_selectors(str(tmp_path / "tests" / "test_a.py"), config))
    assert inside == [("tests/*", "BLE"), ("tests/*", "E722")]
    assert list(ruff_selectors(str(tmp_path / "app" / "a.py"), config)) == []


@pytest.mark.parametrize(
    "text",
    [
        '[tool.ruff.lint]\nselect = ["E", "B"]\nignore = ["B006"]\n',
        '[tool.ruff.lint]\nselect = ["E"]\nextend-select = ["B"]\nextend-ignore = ["B006"]\n',
        '[tool.ruff]\nselect = ["E", "B"]\nignore = ["B006"]\n',
    ],
)
def test_every_spelling_of_a_selection_is_read(tmp_path, text):
    read(tmp_path, pyproject_toml=text)
    assert ruff_selection(tmp_path) == (("E", "B"), ("B006",))


def test_a_selection_starts_afresh_and_an_addition_adds(tmp_path):
    read(tmp_path, ruff_toml='[lint]\nselect = ["B"]\nignore = ["B904"]\n')
    read(tmp_path / "app", ruff_toml='extend = "../ruff.toml"\n[lint]\nextend-select = ["E"]\n')
    assert ruff_selection(tmp_path / "app") == (("B", "E"), ("B904",))
    read(tmp_path / "lib", ruff_toml='extend = "../ruff.toml"\n[lint]\nselect = ["B904"]\n')
    assert ruff_selection(tmp_path / "lib") == (("B904",), ())


def test_the_selection_reaches_the_configuration(tmp_path):
    read(tmp_path, ruff_toml='[lint]\nselect = ["B"]\n')
    assert is_ruff_rule_on("B904", resolve(tmp_path, None, isolated=False, overrides={}))
    assert not is_ruff_rule_on("B904", resolve(tmp_path, None, isolated=True, overrides={}))


@pytest.mark.parametrize(
    ("selected", "ignored", "on"),
    [
        ((), (), False),
        (("E",), (), False),
        (("ALL",), (), True),
        (("ALL",), ("B",), False),
        (("B9",), ("B",), True),
        (("B",), ("B904",), False),
        (("B904",), ("ALL",), True),
        (("ALL",), ("ALL",), False),
    ],
)
def test_the_nearer_selector_wins(selected, ignored, on):
    assert is_ruff_rule_on("B904", Config(ruff_select=selected, ruff_ignore=ignored)) == on
