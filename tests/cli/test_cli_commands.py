"""The commands beside `check`: what do they ask for, and what do they end with?"""

from __future__ import annotations

import json

from broadcatch.model.facts import Failure
from broadcatch.model.results import (
    FileDiff,
    FixResult,
    Offer,
    ReportResult,
    SuggestResult,
    Target,
)
from tests.samples import file_risk, handler_risk, suggestion

BAD = Failure("bad.py", "parse", "invalid syntax", 3)
OFFER = Offer("x.py", 4, "narrow", "safe")
DIFF = FileDiff("x.py", "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n")


def test_report_ranks_and_ends_with_zero_even_where_a_file_is_broken(call, api):
    api.reported = ReportResult((file_risk(),), (handler_risk(),), failures=(BAD,))
    code, out, err = call("report", "app")
    assert code == 0
    assert "app/x.py" in out
    assert err == "bad.py: parse error: invalid syntax (line 3)\n"


def test_report_speaks_json(call, api):
    api.reported = ReportResult((file_risk(),), (handler_risk(),))
    body = json.loads(call("report", "--output-format", "json")[1])
    assert [file["tier"] for file in body["files"]] == ["high"]


def test_suggest_takes_a_line(call, api, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    api.suggested = SuggestResult((suggestion(),))
    code, out, _ = call("suggest", "app/x.py:14", "lib")
    assert code == 0
    assert "known so far: except json.JSONDecodeError" in out
    assert api.asked["suggest"] == (Target("app/x.py", 14), Target("lib"))
    assert api.asked["configure"][0] == ("app/x.py", "lib")


def test_a_file_whose_name_ends_like_a_line_is_a_file(call, api, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.py:3").write_text("")
    call("suggest", "x.py:3")
    assert api.asked["suggest"] == (Target("x.py:3"),)


def test_suggest_is_told_where_packages_are(call, api, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("suggest", "--python", ".venv")
    assert api.asked["configure"][3] == {"python": str(tmp_path / ".venv")}


def test_suggest_speaks_json(call, api):
    api.suggested = SuggestResult((suggestion(),))
    assert json.loads(call("suggest", "--output-format", "json")[1])["handlers"][0]["line"] == 14


def test_an_offered_rewrite_is_one_with_the_diff_on_stdout_and_the_sum_on_stderr(call, api):
    api.fixed = FixResult((DIFF,), offered=(OFFER,))
    assert call("fix", "x.py") == (1, DIFF.text, "1 rewrite offered in 1 file; --write applies.\n")
    assert api.asked["fix"] == ((Target("x.py"),), False, False)


def test_nothing_to_rewrite_is_zero(call):
    assert call("fix") == (0, "", "Nothing to rewrite.\n")
    assert call("fix", "-q") == (0, "", "")


def test_written_rewrites_are_zero(call, api):
    api.fixed = FixResult((DIFF,), written=("x.py",), offered=(OFFER,))
    code, _, err = call("fix", "--write", "--unsafe-fixes")
    assert (code, err) == (0, "1 rewrite applied in 1 file.\n")
    assert api.asked["fix"] == ((Target("."),), True, True)


def test_a_file_that_could_not_be_written_is_one(call, api):
    api.fixed = FixResult((), failures=(Failure("x.py", "write", "read-only"),))
    assert call("fix", "--write", "-q") == (1, "", "x.py: write error: read-only\n")


def test_rule_shows_all_or_one(call):
    assert call("rule")[1].count("\n") == 2
    assert call("rule", "BC301")[1].startswith("# BC301 error-dropped\n")
    assert call("rule", "BC999") == (2, "", "broadcatch: no rule 'BC999'\n")
    assert len(json.loads(call("rule", "--output-format", "json")[1])) == 2


def test_the_cache_is_described_and_emptied(call):
    assert call("cache", "info") == (0, "/project/.broadcatch_cache: 3 entries, 2 KiB\n", "")
    assert call("cache", "clear") == (0, "3 entries removed\n", "")
