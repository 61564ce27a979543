"""The severity follows what becomes of the error and where, and configuration has the last word."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge
from broadcatch.lint.severity import SOFTER_ZONES, ZONES, Grade, at_most, grade, severity_at, softer
from broadcatch.model.findings import SEVERITIES, Severity
from broadcatch.model.outcome import OUTCOMES, Outcome
from tests.judging import handlers_of

outcomes, zones, severities = st.sampled_from(OUTCOMES), st.sampled_from(ZONES), st.sampled_from(SEVERITIES)


@pytest.mark.parametrize(
    ("outcome", "zone", "severity"),
    [
        ("dropped", "core", "error"),
        ("fallback", "worker", "error"),
        ("logged-text", "boundary", "warning"),
        ("logged-traceback", "boundary", "note"),
        ("logged-traceback", "worker", "note"),
        ("handed-on", "core", "note"),
        ("dropped", "import-guard", "warning"),
        ("logged-text", "test", "note"),
    ],
)
def test_the_table(outcome: Outcome, zone: str, severity: Severity) -> None:
    assert severity_at(outcome, zone, Config()) == severity


@given(outcomes, zones)
def test_no_zone_is_harder_than_the_core(outcome: Outcome, zone: str) -> None:
    core, here = severity_at(outcome, "core", Config()), severity_at(outcome, zone, Config())
    assert SEVERITIES.index(here) <= SEVERITIES.index(core)


@given(outcomes, st.sampled_from(sorted(SOFTER_ZONES)))
def test_the_softer_zones_are_one_step_down(outcome: Outcome, zone: str) -> None:
    assert severity_at(outcome, zone, Config()) == softer(severity_at(outcome, "core", Config()))


@given(outcomes, zones, severities)
def test_a_configured_severity_holds_everywhere(outcome: Outcome, zone: str, severity: Severity) -> None:
    assert severity_at(outcome, zone, Config(severity={outcome: severity})) == severity


@given(severities, severities)
def test_a_limit_is_kept(severity: Severity, limit: Severity) -> None:
    assert SEVERITIES.index(at_most(severity, limit)) <= SEVERITIES.index(limit)
    assert at_most(severity, limit) in (severity, limit)


def graded(code: str, config: Config | None = None, logging: Literal["", "excuses", "never"] = "") -> Grade:
    """The grade of the first handler of a module."""
    (handler, *_) = handlers_of(code)
    config = config or Config()
    verdict = replace(judge(handler, "app/service.py", config), logging=logging)
    return grade(Judged(handler, verdict), config)


def function(name: str, work: str, handler: str, loop: str = "") -> str:
    """A function whose try body is `work`, in a loop where one is given."""
    inner = f"try:\n{indent(work, '    ')}\nexcept Exception as error:\n{indent(handler, '    ')}\n"
    inner = f"{loop}:\n{indent(inner, '    ')}" if loop else inner
    head = "import logging, pickle\nlogger = logging.getLogger()\n\n"
    return f"{head}def {name}(self, items):\n{indent(inner, '    ')}"


KEPT = "logger.exception('no')"
ANSWER = "return {'status': 'error', 'error': str(error)}"


@pytest.mark.parametrize(
    ("code", "severity", "reason"),
    [
        (function("fire", "item.hook()", KEPT, "for item in items"), "note", ""),
        (
            function("fire", "self.last = item.load()", f"{KEPT}\nself.next = None", "for item in items"),
            "warning",
            "`self.last` may",
        ),
        (function("fire", "self.last = load()", f"{KEPT}\nself.last = None"), "note", ""),
        (function("fire", "got = item.load()", KEPT), "note", ""),
        (function("fire", "got = item.load()", KEPT, "for item in items"), "note", ""),
        (function("fire", "got = item.load()", f"{KEPT}\ncontinue", "for item in items"), "note", ""),
        (function("fire", "got = item.hook()\nuse(got)", KEPT, "for item in items"), "note", ""),
        (function("fire", "item.save_record()", KEPT, "for item in items"), "note", ""),
        (function("fire", "items.save_record()", KEPT), "note", ""),
        (function("save_all", "items.save_record()", KEPT), "warning", "may not have been written"),
        (function("fire", "tables.create_all(engine)", KEPT), "warning", "may not have been done"),
        (function("fire", "check_permission(items)", KEPT), "warning", "who may do what"),
        (
            function("load", "return parse(items)", f"{KEPT}\nreturn Frame(columns=items)"),
            "warning",
            "other answer",
        ),
        (function("load", "return parse(items)", f"{KEPT}\nreturn None"), "note", ""),
        (function("load", "return parse(items)", f"{KEPT}\nreturn {{'error': 'no'}}"), "note", ""),
        (function("cleanup", "self.cancel_all_orders()", "logger.error('no')"), "error", "moved money"),
        (function("run", "a()\nb()\nc()", "return {'error': str(error)}"), "warning", "only a text"),
        (function("run", "a()\nb()\nc()", "x['error'] = str(error)", "for x in items"), "note", ""),
        (function("run", "a()\nb()\nc()\nreturn {'status': 'ok'}", ANSWER), "note", ""),
        (function("run", "a()", "return {'error': str(error)}"), "note", ""),
        (function("run", "a()\nb()\nc()", "return error"), "note", ""),
        (function("run", "a()", f"{KEPT}\nreturn True"), "warning", "reports success"),
        (function("run", "a()", f"{KEPT}\nself.error = error"), "note", ""),
        (function("send_metrics", "a()", "logger.error('no')"), "note", "beside the point"),
        (function("run", "n = int(items)", "n = 0"), "note", "nothing shows"),
        (function("run", "n = pickle.loads(items)", "n = 0"), "note", "nothing shows"),
        (function("is_allowed", "self.check(items)", "return False"), "error", "`False` looks"),
    ],
)
def test_the_single_case_is_weighed_and_the_message_says_why(code: str, severity: str, reason: str) -> None:
    found = graded(code)
    assert (found.severity, reason in found.suffix) == (severity, True), found
    assert bool(found.reasons) == bool(reason)


def test_a_zone_may_take_a_record_for_an_excuse_or_for_nothing() -> None:
    kept, text = function("run", "a()", KEPT), function("run", "a()", "logger.error('no')")
    assert graded(kept, logging="excuses").severity == "note"
    assert graded(text, logging="excuses").severity == "warning"
    assert graded(kept, logging="never").severity == "error"
    assert graded(function("run", "a()", f"{KEPT}\nreturn 0"), logging="never").severity == "error"


def test_no_reason_moves_a_configured_severity() -> None:
    code = function("fire", "item.hook()", KEPT, "for item in items")
    assert graded(code, Config(severity={"logged-traceback": "error"})) == Grade("error")


def test_a_finally_that_marks_the_work_as_done_is_told() -> None:
    code = function("run", "a()", KEPT).rstrip() + "\n    finally:\n        self.at = 1\n"
    assert graded(code) == Grade("warning", ("`self.at` in the `finally` is done all the same",))


def test_a_record_is_no_end_for_ctrl_c() -> None:
    code = function("run", "a()", KEPT).replace("except Exception as error", "except BaseException")
    assert graded(code) == Grade("warning", ("Ctrl-C and exits end here too",))


@pytest.mark.parametrize(
    ("value", "severity"), [("Decimal('0')", "warning"), ("0.0", "warning"), ("None", "note"), ("[]", "note")]
)
def test_a_number_in_place_of_what_failed_is_no_answer_whatever_the_log_says(
    value: str, severity: str
) -> None:
    told = f"logger.error(f'no margin of {{items}}: {{error}}')\nreturn {value}"
    assert graded(function("available", "return read(self.fetch(items))", told)).severity == severity
