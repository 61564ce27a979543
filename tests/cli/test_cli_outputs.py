"""`--output [FORMAT:]FILE`: one run, any number of readers."""

from __future__ import annotations

import json

import pytest

from broadcatch.model.results import CheckResult
from tests.samples import finding


@pytest.fixture(autouse=True)
def one_finding(api, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    api.checked = CheckResult((finding(),))


def test_a_file_with_a_format_stands_beside_what_is_printed(call, tmp_path):
    code, out, _ = call(
        "check", "--output", "sarif:a.sarif", "-o", "gitlab:g.json", "--output-format", "concise"
    )
    assert code == 1
    assert out.startswith("app/x.py:4:5: error BC102")
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((tmp_path / "g.json").read_text())[0]["check_name"] == "BC102"


def test_a_plain_file_takes_the_place_of_stdout(call, tmp_path):
    assert call("check", "--output-file", "out.txt", "-o", "json:out.json")[1] == ""
    assert (tmp_path / "out.txt").read_text().startswith("app/x.py:4:5: error BC102")
    assert json.loads((tmp_path / "out.json").read_text())[0]["code"] == "BC102"


def test_one_format_may_go_to_stdout_in_place_of_the_default(call):
    assert json.loads(call("check", "-o", "json:-")[1])[0]["code"] == "BC102"
    code, _, err = call("check", "-o", "json:-", "-o", "sarif:-")
    assert (code, err) == (2, "broadcatch: --output: only one format can go to stdout\n")


@pytest.mark.parametrize("name", ["C:/out.txt", "odd:name"])
def test_what_is_no_format_belongs_to_the_name(call, tmp_path, name):
    (tmp_path / "C:").mkdir()
    assert call("check", "-o", name)[:2] == (1, "")
    assert (tmp_path / name).exists()


def test_a_format_without_a_file_is_refused(call):
    assert call("check", "-o", "sarif:")[2] == (
        "broadcatch: --output sarif:: a file is missing behind the format\n"
    )


def test_ruffs_names_of_formats_stand_before_a_file_too(call, tmp_path):
    call("check", "-o", "json-lines:out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text())["code"] == "BC102"


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_in_a_job_paths_lead_from_the_checkout(call, tmp_path, monkeypatch, variable):
    (tmp_path / "back").mkdir()
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path / "back")
    assert "file=back/app/x.py," in call("check", "--output-format", "github")[1]


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab", "junit", "markdown"])
def test_every_format_can_be_printed(call, form):
    code, out, err = call("check", "--output-format", form)
    assert (code, err) == (1, "")
    assert "BC102" in out
