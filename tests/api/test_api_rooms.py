"""Do the rooms understand each other? Each function of the api once, on a small project."""

from __future__ import annotations

import pytest

from broadcatch import api
from broadcatch.errors import BroadcatchError, ConfigError, PathError
from broadcatch.model.results import Target

BROAD = "def load(path):\n    try:\n        return read(path)\n    except Exception:\n        return None\n"
FILE = "app/x.py"


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project of one file in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.broadcatch]\njobs = 1\n")
    (tmp_path / "app").mkdir()
    (tmp_path / FILE).write_text(BROAD)
    return tmp_path


def config(**given):
    return api.configure(["."], None, False, given)


def test_the_command_line_wins_over_the_file():
    assert config().jobs == 1
    assert config(jobs=2).jobs == 2
    assert api.configure(["."], None, True, {}).jobs == 0


def test_a_wrong_value_on_the_command_line_names_the_option():
    with pytest.raises(ConfigError, match="--select"):
        config(select=("nonsense",))


@pytest.mark.parametrize("ask", [api.check, api.report])
def test_a_path_that_does_not_exist_ends_the_run(ask):
    with pytest.raises(PathError, match="nowhere"):
        ask(["nowhere"], config())


def test_check_counts_what_it_read(project):
    result = api.check(["."], config())
    assert (result.files, result.lines, result.failures) == (1, 5, ())


def test_a_text_is_judged_like_the_file_it_stands_for(project):
    assert api.check_source(BROAD.encode(), FILE, config()).findings == api.check([FILE], config()).findings


def test_a_broken_text_is_a_failure():
    [failure] = api.check_source(b"try:\n    x\nexcept (:\n    pass\n", FILE, config()).failures
    assert (failure.path, failure.stage) == (FILE, "parse")


def test_report_ranks_the_broad_handler():
    result = api.report(["."], config())
    assert [(risk.path, risk.line) for risk in result.handlers] == [(FILE, 4)]
    assert [risk.path for risk in result.files] == [FILE]


def test_a_rule_that_does_not_exist_is_an_error_of_the_user():
    with pytest.raises(BroadcatchError, match="BC999"):
        api.rule("BC999")


def test_the_cache_can_be_seen_and_emptied():
    api.check(["."], config())
    assert api.cache_info(config()).entries == 1
    assert api.cache_clear(config()) == 1
    assert api.cache_info(config()).entries == 0


def test_source_lines_have_no_line_ends_and_a_lost_file_has_none(project):
    (project / "y.py").write_bytes(b"a = 1\r\nb = '\x0c'\n")
    assert list(api.source_lines("y.py")) == ["a = 1", "b = '\x0c'"]
    assert list(api.source_lines("gone.py")) == []


def test_a_line_asks_for_one_handler_of_its_file_only():
    targets = (Target("app/x.py", 4), Target("lib"))
    assert api._is_meant("app/x.py", 4, targets)
    assert not api._is_meant("app/x.py", 9, targets)
    assert api._is_meant("lib/y.py", 9, targets)
    assert api._is_meant("app/x.py", 9, (*targets, Target("./app/x.py")))
