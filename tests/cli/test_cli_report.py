"""The words of `report`: what is asked of the api, what is refused, and when it ends with 1."""

from __future__ import annotations

import json

import pytest

from broadcatch.model.ranking import FileRisk
from broadcatch.model.reporting import PLAIN_REPORT, Beside, Comparison, FileChange, ReportRequest
from broadcatch.model.results import ReportResult
from tests.samples import file_risk, handler_risk


def test_a_plain_report_asks_for_nothing_beside_the_ranking(api, call):
    assert call("report", "app")[0] == 0
    assert api.asked["report request"] == PLAIN_REPORT


def test_what_costs_something_is_asked_for_by_an_option(api, call):
    call("report", "--compare", "main", "--git", "--by", "owner")
    assert api.asked["report request"] == ReportRequest(compare="main", history=True, owners=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--compare", "a", "--no-rise", "b"), "name the same"),
        (("--compare", ""), "a revision is empty"),
        (("--top", "0"), "--top"),
        (("--by", "team"), "--by"),
        (("--with-suggestions",), "for the page"),
        (("--explain", "x.py:1", "--output-format", "markdown"), "prints a table or json"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words, said):
    code, _, error = call("report", *words)
    assert code == 2
    assert said in error


def test_more_high_handlers_than_allowed_end_with_one(api, call):
    silent = handler_risk(line=9, suppressed=True)
    api.reported = ReportResult((file_risk(),), (handler_risk(), handler_risk(line=7), silent))
    assert call("report", "--max-high", "2")[0] == 0
    code, shown, error = call("report", "--max-high", "1")
    assert code == 1
    assert error == "broadcatch: 2 handlers of tier high, --max-high allows 1\n"
    assert "app/x.py:4" in shown


def test_a_risen_file_ends_with_one_only_on_request(api, call):
    rise = FileChange("app/x.py", FileRisk("app/x.py", 30.0, "low", 1, ()), file_risk(), {"new": 1})
    change = Comparison("main", "1a2b3c4d5e6f", files=(rise,))
    api.reported = ReportResult((file_risk(),), (handler_risk(),), beside=Beside(comparison=change))
    assert call("report", "--compare", "main")[0] == 0
    code, _, error = call("report", "--no-rise", "main")
    assert code == 1
    assert error == "broadcatch: 1 file rose a tier since main: app/x.py (low to high)\n"


def test_a_place_is_explained_with_all_its_factors(api, call):
    api.reported = ReportResult((file_risk(),), (handler_risk(), handler_risk(line=20)))
    code, shown, _ = call("report", "--explain", "app/x.py:4")
    assert code == 0
    assert "outcome: 0 takes the error's place" in shown and "boundary: a route" in shown
    assert "app/x.py:20" not in shown
    body = json.loads(call("report", "--explain", "app/x.py:20", "--output-format", "json")[1])
    assert [one["line"] for one in body["handlers"]] == [20]


@pytest.mark.parametrize("place", ["app/y.py", "app/x.py:9"])
def test_a_place_without_a_handler_is_refused(api, call, place):
    api.reported = ReportResult((file_risk(),), (handler_risk(),))
    code, _, error = call("report", "--explain", place)
    assert code == 2
    assert place.partition(":")[0] in error


def test_remarks_go_to_stderr(api, call):
    api.reported = ReportResult((), (), beside=Beside(remarks=("git: shallow",)))
    assert call("report", "--git")[2] == "git: shallow\n"
    assert "no CODEOWNERS" in call("report", "--by", "owner")[2]
