"""`broadcatch check`: words in, exit code out."""

from __future__ import annotations

import json

import pytest

from broadcatch.config.options import Config
from broadcatch.model.facts import Failure, Skipped
from broadcatch.model.findings import Suppressed
from broadcatch.model.results import CheckResult, Target
from tests.samples import finding

FAILURE = Failure("bad.py", "parse", "invalid syntax", 3)


def test_nothing_to_report_is_zero_and_silence(call, api):
    assert call("check") == (0, "", "")
    assert api.asked["check"] == (".",)


def test_an_error_is_one_and_shows_the_code(call, api):
    api.checked = CheckResult((finding(),))
    code, out, err = call("check", "app")
    assert (code, err) == (1, "")
    assert "4 |     except Exception:" in out
    assert api.asked["check"] == ("app",)


def test_a_warning_fails_a_run_only_where_the_threshold_lets_it(call, api):
    api.checked = CheckResult((finding(severity="warning"),))
    assert call("check")[0] == 1
    api.config = Config(fail_on="error")
    assert call("check")[0] == 0


@pytest.mark.parametrize("fail_on", ["note", "warning", "error"])
def test_a_note_never_fails_a_run(call, api, fail_on):
    api.config = Config(fail_on=fail_on)
    api.checked = CheckResult((finding(severity="note"),))
    assert call("check")[0] == 0


def test_a_suppressed_finding_never_fails_a_run_but_is_in_the_json(call, api):
    api.checked = CheckResult((finding(suppressed=Suppressed("noqa")),))
    code, out, _ = call("check", "--output-format", "json")
    assert code == 0
    assert len(json.loads(out)) == 1


def test_a_file_that_cannot_be_parsed_fails_the_run_and_is_named(call, api):
    api.checked = CheckResult((), failures=(FAILURE,))
    assert call("check") == (1, "", "bad.py: parse error: invalid syntax (line 3)\n")


def test_exit_zero_turns_one_into_zero(call, api):
    api.checked = CheckResult((finding(),), failures=(FAILURE,))
    assert call("check", "--exit-zero")[0] == 0


def test_skipped_notebooks_are_a_count_on_stderr(call, api):
    api.checked = CheckResult((), skipped=(Skipped("a.ipynb", "notebook"),))
    assert call("check") == (0, "", "1 file skipped: notebook\n")
    assert call("check", "-v")[2] == "a.ipynb: skipped: notebook\n"


@pytest.mark.parametrize(
    ("ours", "ruffs"), [("text", "full"), ("jsonl", "json-lines"), ("concise", "concise")]
)
def test_ruffs_names_of_formats_mean_the_same(call, api, ours, ruffs):
    api.checked = CheckResult((finding(),))
    assert call("check", "--output-format", ours) == call("check", "--output-format", ruffs)


def test_options_become_configuration_values(call, api):
    words = ["--select", "BC1,BC2", "--select", "BC301", "--ignore", "BC201", "--extend-select", "BC303"]
    call(
        "check", *words, "--exclude", "build", "--jobs", "2", "--no-cache", "--config", "x.toml", "--isolated"
    )
    paths, config_file, isolated, given = api.asked["configure"]
    assert (paths, config_file, isolated) == ((".",), "x.toml", True)
    assert given == {
        "select": ("BC1", "BC2", "BC301"),
        "ignore": ("BC201",),
        "extend_select": ("BC303",),
        "exclude": ("build",),
        "jobs": 2,
        "cache": False,
    }


def test_what_is_not_given_sets_nothing(call, api):
    call("check")
    assert api.asked["configure"] == ((".",), None, False, {})


def test_the_cache_folder_may_come_from_the_environment(call, api, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADCATCH_CACHE_DIR", "kept")
    call("check")
    assert api.asked["configure"][3] == {"cache_dir": str(tmp_path / "kept")}


def test_code_from_stdin_stands_for_the_file_it_is_named_after(call, api):
    api.checked = CheckResult((finding(path="app/x.py", line=1),))
    code, out, _ = call("check", "--stdin-filename", "app/x.py", "-", stdin=b"    except Exception:\r\n")
    assert code == 1
    assert api.asked["check_source"] == (b"    except Exception:\r\n", "app/x.py")
    assert api.asked["configure"][0] == ("app/x.py",)
    assert "1 |     except Exception:\n" in out


def test_stdin_stands_alone(call):
    assert call("check", "-", "x.py")[0] == 2
    assert call("check", "--stdin-filename", "x.py", "y.py")[0] == 2


def test_statistics_take_the_place_of_findings_but_not_of_the_exit_code(call, api):
    api.checked = CheckResult((finding(),))
    assert call("check", "--statistics") == (1, "1  BC102  broad-except\n", "")
    assert json.loads(call("check", "--statistics", "--output-format=json")[1])[0]["count"] == 1


@pytest.mark.parametrize("option", ["--output", "--output-file", "-o"])
def test_a_result_may_be_written_to_a_file(call, api, tmp_path, option):
    api.checked = CheckResult((finding(),))
    file = tmp_path / "out.json"
    assert call("check", "--output-format", "json", option, str(file)) == (1, "", "")
    assert json.loads(file.read_text())[0]["code"] == "BC102"


def test_a_file_that_cannot_be_written_is_one_line(call, tmp_path):
    code, _, err = call("check", "-o", str(tmp_path / "none" / "x"))
    assert code == 2
    assert err.startswith("broadcatch: cannot write ")
    assert err.count("\n") == 1


def test_colour_is_for_terminals_unless_wished(call, api, monkeypatch):
    api.checked = CheckResult((finding(),))
    assert "\x1b" not in call("check")[1]
    assert "\x1b" in call("check", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in call("check")[1]
    assert "\x1b" not in call("check", "--color", "never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in call("check")[1]


def test_explain_takes_places_instead_of_paths(call, api):
    assert call("check", "--explain", "a.py:3", "--explain", "b.py:4") == (0, "", "")
    assert api.asked["explain"] == (Target("a.py", 3), Target("b.py", 4))
    assert api.asked["configure"][0] == ("a.py", "b.py")


def test_explain_speaks_json(call, api):
    code, out, _ = call("check", "--explain", "a.py:3", "--output-format", "json")
    assert (code, json.loads(out)) == (0, {"explanations": []})


@pytest.mark.parametrize("words", [("src",), ("--statistics",), ("--output-format", "concise")])
def test_what_makes_no_sense_beside_explain_is_an_error(call, words):
    code, out, err = call("check", "--explain", "a.py:3", *words)
    assert (code, out) == (2, "")
    assert "--explain" in err
