"""A key is added to a TOML file, and nothing else changes."""

from __future__ import annotations

import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.config.toml_edit import added

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LINT = ("tool", "ruff", "lint")


def after(text: str, table=LINT, key="extend-select", value=("B904",)):
    found = added(textwrap.dedent(text), table, key, value)
    return None if found is None else found.splitlines()


def test_a_table_that_is_missing_is_put_at_the_end():
    assert after('[project]\nname = "x"\n') == [
        "[project]", 'name = "x"', "", "[tool.ruff.lint]", 'extend-select = ["B904"]'
    ]  # fmt: skip


def test_an_empty_file_gets_a_table():
    assert after("") == ["[tool.ruff.lint]", 'extend-select = ["B904"]']


def test_a_key_goes_to_the_end_of_its_table():
    text = '[tool.ruff.lint]  # ours\nselect = ["E"]\n\n[tool.x]\na = 1\n'
    assert after(text) == [
        "[tool.ruff.lint]  # ours", 'select = ["E"]', 'extend-select = ["B904"]', "", "[tool.x]", "a = 1"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ('["E"]', '["E", "B904"]'),
        ("[]", '["B904"]'),
        ('["a]b"]  # all', '["a]b", "B904"]  # all'),
        ('[ "E" ]', '[ "E", "B904" ]'),
    ],
)
def test_items_go_behind_those_of_a_list(before, now):
    assert after(f"[tool.ruff.lint]\nextend-select = {before}\n")[1] == f"extend-select = {now}"


def test_in_a_list_of_lines_they_get_a_line():
    text = """\
        [tool.ruff.lint]
        extend-select = [
          "E",  # style
          "F"
        ]
        x = 1
        """
    assert after(text)[2:6] == ['  "E",  # style', '  "F",', '  "B904",', "]"]


@pytest.mark.parametrize(
    "text",
    [
        "[tool.ruff.lint]\nextend-select = 1\n",
        "[tool]\nruff = 3\n",
        "[tool.ruff]\nlint = {select = []}\n",
        "broken = [\n",
        'tool.ruff.lint.extend-select = ["E"]\n',
    ],
)
def test_where_it_cannot_be_done_surely_nothing_is_done(text):
    assert after(text) is None


def test_a_text_is_set_only_once():
    assert after("[tool.broadcatch]\n", ("tool", "broadcatch"), "ruff", "defer")[1] == 'ruff = "defer"'
    assert after('[tool.broadcatch]\nruff = "own"\n', ("tool", "broadcatch"), "ruff", "defer") is None


def test_keys_at_the_top_stand_before_the_first_table():
    assert after("", (), "ruff", "defer") == ['ruff = "defer"']
    assert after("x = 1\n\n[zone]\n", (), "ruff", "defer") == ["x = 1", 'ruff = "defer"', "", "[zone]"]


def test_windows_line_ends_stay():
    assert added("[tool.ruff.lint]\r\nx = 1\r\n", LINT, "ignore", ("E",)) == (
        '[tool.ruff.lint]\r\nx = 1\r\nignore = ["E"]\r\n'
    )


def test_a_path_is_quoted_as_a_key():
    made = after("", (*LINT, "per-file-ignores"), "app/main.py", ("BLE001",))
    assert made == ["[tool.ruff.lint.per-file-ignores]", '"app/main.py" = ["BLE001"]']


lines = st.sampled_from(
    ["[tool.ruff.lint]", "[tool.ruff]", "[a]", "x = 1", 'extend-select = ["E"]', "extend-select = [", '"F",',
     "]", "", "# c", "[[b]]", "[tool.ruff.lint.x]", "lint.y = 2"]
)  # fmt: skip


@given(st.lists(lines, max_size=9))
def test_whatever_the_file_only_the_item_is_added(parts):
    text = "\n".join(parts)
    made = added(text, LINT, "extend-select", ("B904",))
    if made is None:
        return
    before, now = tomllib.loads(text), tomllib.loads(made)
    assert now["tool"]["ruff"]["lint"]["extend-select"].pop() == "B904"
    rest = now["tool"]["ruff"]["lint"]
    known = before.get("tool", {}).get("ruff", {}).get("lint", {})
    assert rest == {"extend-select": [], **known}
