"""What programs read: are the fields those of the contract?"""

from __future__ import annotations

import json

from broadcatch.model.findings import RuffRow, Suppressed
from broadcatch.model.results import CheckResult, ReportResult, SuggestResult
from broadcatch.output import check_json, check_jsonl, report_json, rule_json, statistics, suggest_json
from tests.samples import chain_fix, file_risk, finding, handler_risk, rule_info, suggestion


def rows(*findings):
    return json.loads(check_json.render(CheckResult(tuple(findings))))


def test_a_finding_has_every_field_with_rows_and_columns_from_one():
    [row] = rows(finding(ruff=(RuffRow("BLE001", 4),), fix=chain_fix()))
    assert len(row.pop("fingerprint")) == 32
    assert row == {
        "code": "BC102",
        "name": "broad-except",
        "message": "the error is hidden",
        "filename": "app/x.py",
        "location": {"row": 4, "column": 5},
        "end_location": {"row": 4, "column": 21},
        "severity": "error",
        "handler": "app/x.py:4",
        "function": "load",
        "outcome": "fallback",
        "ruff": [{"code": "BLE001", "row": 4}],
        "suppressed": None,
        "fix": {
            "applicability": "safe",
            "message": "add `from exc`",
            "edits": [
                {
                    "content": " from exc",
                    "location": {"row": 4, "column": 21},
                    "end_location": {"row": 4, "column": 21},
                }
            ],
        },
        "deferred": [],
        "noqa_row": 4,
        "url": None,
        "steps": [],
    }


def test_suppressed_findings_are_listed_with_who_and_why():
    [row] = rows(finding(suppressed=Suppressed("noqa", "set-up code")))
    assert row["suppressed"] == {"by": "noqa", "reason": "set-up code"}


def test_a_fingerprint_survives_a_move_but_tells_rules_apart():
    here, moved, other = rows(finding(line=4), finding(line=40), finding("BC301"))
    assert here["fingerprint"] == moved["fingerprint"] != other["fingerprint"]


def test_nothing_found_is_an_empty_list():
    assert check_json.render(CheckResult(())) == "[]\n"


def test_jsonl_holds_the_same_objects_one_a_line():
    result = CheckResult((finding(), finding("BC301")))
    lines = check_jsonl.render(result).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(check_json.render(result))


def test_statistics_count_live_findings_the_most_frequent_first():
    result = CheckResult(
        (finding("BC301"), finding(), finding(), finding("BC201", suppressed=Suppressed("noqa")))
    )
    assert statistics.render_text(result) == "2  BC102  broad-except\n1  BC301  error-dropped\n"
    assert json.loads(statistics.render_json(result))[0] == {
        "code": "BC102",
        "name": "broad-except",
        "count": 2,
    }


def test_a_report_lists_files_and_handlers_with_their_factors():
    body = json.loads(report_json.render(ReportResult((file_risk(),), (handler_risk(suppressed=True),))))
    assert body["files"] == [
        {
            "path": "app/x.py",
            "score": 87.5,
            "tier": "high",
            "handlers": 15,
            "reasons": ["wrong financial figures"],
        }
    ]
    [handler] = body["handlers"]
    assert handler["factors"][0] == {
        "name": "outcome",
        "value": 2.5,
        "detail": "0 takes the error's place",
        "line": 0,
        "group": "hidden",
    }
    assert handler["suppressed"] is True


def test_a_suggestion_has_every_field():
    [one] = json.loads(suggest_json.render(SuggestResult((suggestion(),))))["handlers"]
    assert set(one) == {
        "path", "line", "function", "caught", "closed", "possible", "proposals", "unresolved", "replacement",
        "also"
    }  # fmt: skip
    assert one["unresolved"] == [{"line": 12, "call": "plugin.run", "why": "an unresolved object"}]
    [proposal] = one["proposals"]
    assert proposal["spelling"] == "json.JSONDecodeError"
    assert proposal["evidence"][0]["kind"] == "raise"
    assert proposal["evidence"][0]["line"] == 88


def test_the_catalogue_is_a_list():
    [rule] = json.loads(rule_json.render((rule_info(),)))
    assert rule["code"] == "BC102"
    assert "Why it hurts" in rule["explanation"]
