"""Which rule is on, and where?"""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_selected, matches_per_file


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("BC",), (), True),
        (("BC2",), (), False),
        (("BC",), ("BC1",), False),
        (("BC102",), ("BC1",), True),
        (("BC1",), ("BC102",), False),
        (("BC1",), ("BC1",), False),
        (("BC", "BC102"), ("BC10",), True),
        ((), (), False),
    ],
)
def test_the_more_specific_prefix_wins_and_ignore_where_equal(select, ignore, expected):
    assert is_selected("BC102", Config(select=select, ignore=ignore)) is expected


def test_what_is_added_counts_like_what_is_selected():
    assert is_selected("BC102", Config(select=("BC2",), extend_select=("BC1",)))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("tests/*", "tests/a.py", True),
        ("tests/*", "tests/deep/a.py", True),
        ("tests/", "tests/deep/a.py", True),
        ("tests/", "other/tests.py", False),
        ("./tests/*.py", "tests/a.py", True),
        ("**/tests/**", "a/tests/b/c.py", True),
        ("**/tests/*", "tests/c.py", True),
        ("__init__.py", "a/b/__init__.py", True),
        ("test_?.py", "a/test_b.py", True),
        ("test_?.py", "a/test_bc.py", False),
        ("test_[a-c].py", "test_b.py", True),
        ("test_[!a-c].py", "test_b.py", False),
        ("{app,lib}/*.py", "lib/x.py", True),
        ("{app,lib}/*.py", "bin/x.py", False),
        ("/base/app/x.py", "app/x.py", True),
        ("app/x.py", "app/xxpy", False),
        ("!app/*.py", "app/x.py", False),
        ("!app/*.py", "lib/x.py", True),
        ("a[", "a[", True),
    ],
)
def test_a_pattern_is_held_against_name_and_path(pattern, path, expected, monkeypatch):
    config = Config(per_file_ignores={pattern: ("BC1",)}, root="/base")
    found = matches_per_file(f"/base/{path}", "BC102", config)
    assert found == (pattern if expected else None)


def test_a_pattern_is_for_its_rules_only():
    config = Config(per_file_ignores={"*": ("BC1", "BC303")})
    assert [bool(matches_per_file("a.py", code, config)) for code in ("BC102", "BC203", "BC303")] == [
        True,
        False,
        True,
    ]


def test_paths_are_seen_from_the_folder_of_the_configuration(tmp_path, monkeypatch):
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    config = Config(per_file_ignores={"app/x.py": ("BC",)}, root=tmp_path.as_posix())
    assert matches_per_file("x.py", "BC102", config) == "app/x.py"
