"""Owner and last day of a suppression."""

from __future__ import annotations

import pytest

from broadcatch.config.clock import today
from broadcatch.config.load import resolve
from broadcatch.config.options import Config
from broadcatch.errors import ConfigError
from broadcatch.model.findings import Suppressed
from tests.gate.test_gate_suppressions import PLAIN, finding, silenced
from tests.rules.tools import found, one

DATED = "# broadcatch: ignore[BC102] the vendor mends it (payments, until 2027-03-01)"
BROAD = "try:\n    work()\nexcept Exception:  {}\n    x = 1\n"


def on(day: str, comment: str = DATED) -> Suppressed | None:
    return silenced(PLAIN.format(inline="  " + comment), finding(), config=Config(today=day))[0]


@pytest.mark.parametrize(
    ("words", "reason", "owner", "until"),
    [
        ("mended soon (payments, until 2027-03-01)", "mended soon", "payments", "2027-03-01"),
        ("- mended soon (until 2027-03-01)", "mended soon", "", "2027-03-01"),
        ("mended (see #12) (Ada L., until 2027-03-01).", "mended (see #12)", "Ada L.", "2027-03-01"),
        ("mended soon (@payments)", "mended soon", "@payments", ""),
        ("mended soon (by payments)", "mended soon (by payments)", "", ""),
        ("(payments, until 2027-03-01)", "", "payments", "2027-03-01"),
        ("held (until it ends) or so", "held (until it ends) or so", "", ""),
        ("why (payments, until 2027-03-01) # noqa: E501", "why", "payments", "2027-03-01"),
    ],
)
def test_terms_stand_in_parentheses_behind_the_reason(words, reason, owner, until):
    assert on("2027-01-01", f"# broadcatch: ignore[BC102] {words}") == Suppressed(
        "broadcatch", reason, owner, until
    )


@pytest.mark.parametrize(
    ("day", "silent"), [("2027-02-28", True), ("2027-03-01", True), ("2027-03-02", False)]
)
def test_a_suppression_holds_up_to_its_last_day(day, silent):
    assert (on(day) is not None) == silent


def test_without_a_day_nothing_expires():
    assert on("") is not None


def test_an_expired_suppression_is_told():
    config = Config(today="2027-03-02")
    told = one(BROAD.format(DATED), "BC901", config)
    assert told.severity == "warning"
    assert told.message == f"`{DATED}` silences nothing: it held until 2027-03-01"
    assert found(BROAD.format(DATED), "BC102", config)


@pytest.mark.parametrize("day", ["2027-13-01", "2027-02-30", "soon", "", "01.03.2027", "2027-3-1"])
def test_what_is_no_day_silences_nothing_and_is_told(day):
    told = one(BROAD.format(f"# broadcatch: ignore[BC102] why (payments, until {day})"), "BC901")
    assert told.message.endswith(f'silences nothing: "{day}" is no day; it is written 2027-03-01')


def test_a_range_and_a_file_expire_too():
    for verb in ("disable", "file-ignore"):
        code = f"# broadcatch: {verb}[BC102] why (until 2027-03-01)\n" + BROAD.format("")
        assert found(code, "BC102", Config(today="2027-03-01")) == []
        assert len(found(code, "BC102", Config(today="2027-03-02"))) == 1


def test_the_comments_of_others_have_no_terms():
    comment = "# noqa: BLE001 - mended soon (payments, until 2027-03-01)"
    assert on("2030-01-01", comment) == Suppressed("noqa", "mended soon (payments, until 2027-03-01)")


def test_the_day_is_that_of_the_environment():
    assert today({"BROADCATCH_TODAY": "2027-03-01", "SOURCE_DATE_EPOCH": "0"}) == "2027-03-01"
    assert today({"SOURCE_DATE_EPOCH": "1803859200"}) == "2027-03-01"
    with pytest.raises(ConfigError, match='BROADCATCH_TODAY: "soon" is no day'):
        today({"BROADCATCH_TODAY": "soon"})


def test_a_run_knows_its_day(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADCATCH_TODAY", "2027-03-01")
    assert resolve(tmp_path, None, True, {}).today == "2027-03-01"
