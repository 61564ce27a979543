"""`fix --stage`: which clauses are split, and which residuals are taken on?"""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.case import FileCase, never
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import Failure
from broadcatch.model.fixing import FixRequest
from broadcatch.rewrite.structural import SplitWanted
from broadcatch.runs.checking import findings
from broadcatch.runs.texts import gather_text
from tests.samples import proposal, suggestion

PLAIN = "def f(row):\n    try:\n        return row['x']\n    except Exception:\n        return 0\n"
SPLIT = (
    "import logging\nlogger = logging.getLogger(__name__)\ndef f(row):\n    try:\n        return row['x']\n"
    "    except KeyError:\n        return 0\n    except Exception:  # broadcatch: residual\n"
    "        logger.exception('unexpected error in f')\n        {}\n"
)
OBSERVED, SURFACED = SPLIT.format("return 0"), SPLIT.format("raise")


def asked(text, stage, type_="KeyError", line=4, config=None, meant=None, missing=never, **given):
    config = config or Config()
    facts = gather_text(text.encode(), "x.py", config)
    assert not isinstance(facts, Failure)
    live = tuple(one for one in findings(facts, config) if one.suppressed is None)
    judged = {one.handler.span.line: one for one in judge_file(facts, config)}
    plain = {"path": "x.py", "line": line, "replacement": type_, "proposals": (proposal(type_, type=type_),)}
    known = suggestion(**{**plain, **given})
    request = FixRequest(stage=stage)
    case = FileCase(
        "x.py", live, judged, {line: known}, config=config, request=request, meant=meant, missing=missing
    )
    return wanted(case)


def test_without_a_stage_nothing_is_split():
    assert not any(isinstance(one, SplitWanted) for one in asked(PLAIN, None))


def test_a_stage_asks_for_nothing_but_splits():
    [one] = asked(PLAIN, "observe")
    assert (one.kind, one.line, one.stage, one.replacement) == ("split", 4, "observe", "KeyError")


def test_the_function_that_counts_comes_from_the_configuration():
    [one] = asked(PLAIN, "observe", config=Config(observe_call="app.metrics.count"))
    assert one.observe == "app.metrics.count"


def test_nobody_plans_for_a_misspelt_attribute():
    [one] = asked(PLAIN, "observe", type_="AttributeError")
    assert one.replacement == ""


def test_a_split_that_would_import_what_may_be_missing_is_told_instead():
    found = proposal(
        "ConnectError", type="httpx.ConnectError", import_module="httpx", import_name="ConnectError"
    )
    known = {"type_": "ConnectError", "proposals": (found,)}
    [one] = asked(PLAIN, "observe", **known)
    assert (one.replacement, one.names[0].module) == ("ConnectError", "httpx")
    [told] = asked(PLAIN, "observe", missing=lambda name: name == "httpx", **known)
    assert (told.line, told.reason.split(",")[0]) == (4, "`httpx` would have to be imported")


def test_what_is_observed_is_not_observed_again():
    assert asked(OBSERVED, "observe", line=8) == ()


def test_each_residual_is_taken_to_the_stage_that_it_has_not_reached():
    assert [(one.line, one.stage) for one in asked(OBSERVED, "surface", line=8)] == [(8, "surface")]
    assert asked(SURFACED, "surface", line=8) == ()
    assert [(one.line, one.stage) for one in asked(SURFACED, "narrow", line=8)] == [(8, "narrow")]
    assert [(one.line, one.stage) for one in asked(OBSERVED, "narrow", line=8)] == [(8, "narrow")]


def test_the_last_stage_leaves_alone_what_was_never_split():
    assert asked(PLAIN, "narrow") == ()


def test_a_residual_that_was_not_asked_for_stays():
    assert asked(SURFACED, "narrow", line=8, meant=frozenset({6})) == ()


def test_without_a_stage_a_residual_is_left_alone():
    assert asked(OBSERVED, None, line=8) == ()
