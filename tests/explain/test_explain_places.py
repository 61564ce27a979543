"""Why is a place reported or left alone? From a file on disk to the explanation, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from broadcatch import api
from broadcatch.config.options import Config, Zone
from broadcatch.errors import BroadcatchError, PathError
from broadcatch.model.explaining import Explanation, Said
from broadcatch.model.results import ExplainResult, Target
from broadcatch.output import explain_json, explain_text
from broadcatch.output.view import View

CODE = """\
import logging
log = logging.getLogger(__name__)
ERRORS = (OSError, Exception)

def price(feed):
    try:
        feed.last = feed.read()
        return feed.last
    except ERRORS as error:
        if error.args:
            raise
        return None

@app.get("/x")
def orders(db):
    try:
        return db.all()
    except Exception:  # noqa: BLE001 the client is told
        log.exception("orders")

def typed(x):
    try:
        x()
    except KeyError:
        pass

def raises(x):
    try:
        x()
    except Exception:
        raise
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def explained(line: int, config: Config | None = None) -> Explanation:
    [one] = api.explain((Target("m.py", line),), config or Config()).explanations
    return one


def said(one: Explanation, code: str) -> Said:
    [found] = [said for said in one.rules if said.code == code]
    return found


def shown(line: int, config: Config | None = None, **view: bool) -> str:
    result = ExplainResult((explained(line, config),))
    return explain_text.render(result, View(**view), lambda _path: CODE.splitlines())


@pytest.mark.parametrize("line", [6, 7, 9, 12], ids=["the try", "its body", "the clause", "the handler"])
def test_a_line_stands_for_the_handler_around_it(here, line):
    assert (explained(line).line, explained(line).function) == (9, "price")


def test_what_is_caught_is_told_class_by_class(here):
    catches = explained(9).story.catches
    assert [(one.qualified, one.broad, one.via) for one in catches] == [
        ("builtins.OSError", False, "ERRORS"),
        ("builtins.Exception", True, "ERRORS"),
    ]


def test_every_path_is_told_and_the_worst_is_marked(here):
    ways = explained(9).story.ways
    assert {(way.path.outcome, way.worst) for way in ways} == {("reraised", False), ("fallback", True)}


def test_what_was_at_stake_is_told_with_its_lines(here):
    stakes = [(one.line, one.kind, one.text) for one in explained(9).story.stakes]
    assert stakes == [(7, "call", "feed.read()"), (7, "write", "feed.last")]


def test_what_is_reported_is_what_check_reports(here):
    found = api.check(["m.py"], Config(cache=False)).findings
    for line in (9, 18, 30):
        told = {(one.code, one.text) for one in explained(line).rules if one.status != "silent"}
        assert told == {(one.code, one.message) for one in found if one.handler == f"m.py:{line}"}


def test_a_suppression_is_named_with_its_line_and_reason(here):
    one = said(explained(18), "BC102")
    assert (one.status, one.because, one.line) == ("suppressed", "noqa (the client is told)", 18)


def test_a_pattern_of_the_configuration_is_named_and_has_no_line(here):
    one = said(explained(9, Config(per_file_ignores={"m.py": ("BC102",)})), "BC102")
    assert (one.status, one.because, one.line) == ("suppressed", "config (per-file-ignores: m.py)", 0)


def test_a_rule_that_is_off_says_what_it_would_say(here):
    one = said(explained(9, Config(ignore=("BC302",))), "BC302")
    assert (one.status, one.because) == ("off", "the rule is not selected")
    assert "`return None` takes its place" in one.text


def test_a_rule_that_is_silent_says_why(here):
    one = explained(31)
    assert said(one, "BC102").text == "the error leaves on every path (reraised)"
    assert said(one, "BC101").text == "the clause names a class"
    assert said(one, "BC301").text == "the worst path is reraised"


def test_a_handler_of_a_specific_class_can_be_asked_about(here):
    one = explained(24)
    assert said(one, "BC301").text == "the clause names no broad class"
    assert not one.story.catches[0].broad


def test_ruffs_verdict_is_told_with_ours(here):
    assert [(row.code, row.row, row.ours) for row in explained(18).ruff] == []
    (here / "m.py").write_text("try:\n    a()\nexcept Exception:\n    pass\n", encoding="utf-8")
    assert [(row.code, row.ours) for row in explained(3).ruff] == [("BLE001", "BC102"), ("S110", "BC301")]


def test_the_zone_is_told_with_its_reason_and_its_policy(here):
    zone = Zone("mine", scopes=("price",), logging="never")
    story = explained(9, Config(zone=(zone,))).story
    assert (story.zone, story.zone_reason, story.logging) == ("mine", 'zone[0]: scopes "price"', "never")
    assert explained(18).story.zone_reason == "@app.get on orders"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("m.py", 1), "m.py:1: there is no try, handler or finding at this line"),
        (Target("m.py", 999), "m.py:999: there is no try"),
        (Target("m.py"), "m.py: --explain needs a line of a file"),
        (Target(".", 3), ".: --explain needs a line of a file"),
        (Target("broken.py", 1), "broken.py: parse error: "),
    ],
)
def test_a_wrong_target_is_an_error_of_one_line(here, target, words):
    (here / "broken.py").write_text("def f(:\n", encoding="utf-8")
    with pytest.raises(BroadcatchError) as caught:
        api.explain((target,), Config())
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(here):
    with pytest.raises(PathError):
        api.explain((Target("gone.py", 1),), Config())


def test_a_person_reads_one_section_a_question(here):
    text = shown(9)
    assert text.startswith("m.py:9  price\n  6 |     try:\n  9 |     except ERRORS as error:\n")
    for line in (
        "catches   OSError through ERRORS: specific",
        "          Exception through ERRORS is broad: every error there is, programming errors among them",
        "paths     worst: fallback, `return None` takes its place",
        "zone      core: no other kind of place was recognised",
        "at stake  line 7 calls feed.read(), sets feed.last",
        "Ruff      reports nothing here; BC102, BC302 does",
    ):
        assert line in text.splitlines()


def test_why_the_others_are_silent_is_told_only_where_nothing_is_said_or_on_request(here):
    assert "silent" not in shown(9)
    assert "silent     BC301, BC303: the worst path is fallback" in shown(9, verbose=True)
    assert "silent     BC102: the error leaves on every path (reraised)" in shown(31)


def test_a_program_reads_the_same(here):
    [place] = json.loads(explain_json.render(ExplainResult((explained(9),))))["explanations"]
    assert (place["filename"], place["row"], place["function"]) == ("m.py", 9, "price")
    assert [way["worst"] for way in place["handler"]["paths"]] == [False, True]
    assert place["handler"]["zone"] == {"name": "core", "reason": ""}
    assert place["handler"]["logging"] is None
    assert {one["code"] for one in place["rules"] if one["status"] == "reported"} == {"BC102", "BC302"}


def test_nothing_of_the_code_can_steer_a_terminal(here):
    (here / "m.py").write_text(
        dedent("try:\n    a()\nexcept Exception:\n    x = '\x1b[2J'\n"), encoding="utf-8"
    )
    assert "\x1b" not in shown(3)
