"""A row on which Ruff speaks already is left to it."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch import api
from broadcatch.runs import beside

CODE = """\
import logging


def load(path):
    try:
        return read(path)
    except Exception:
        return None


def store(path):
    try:
        return write(path)
    except Exception as error:
        logging.exception("x")
        return None


def parse(text):
    try:
        return send(text)
    except Exception:
        raise RuntimeError()


def quiet(path):
    try:
        return read(path)
    except Exception:  # noqa: BLE001
        pass
"""


@pytest.fixture(params=["asked", "read"])
def check(request, tmp_path, monkeypatch):
    """Findings of `CODE` beside Ruff, which is asked, or whose configuration is read."""
    if request.param == "read":
        monkeypatch.setattr(beside, "installed", lambda: "")
    else:
        assert beside.installed(), "the development extras bring Ruff"
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "app.py").write_text(CODE)

    def check(ruff_toml=None, **given):
        if ruff_toml is not None:
            (tmp_path / "ruff.toml").write_text(ruff_toml)
        config = api.configure(["."], None, False, {"cache": False, **given})
        return [one for one in api.check(["."], config).findings if one.suppressed is None]

    return check


def failing(found):
    return [(one.span.line, one.code) for one in found if one.severity != "note"]


ALL = [(7, "BC102"), (7, "BC302"), (23, "BC201"), (29, "BC301")]


def test_without_ruff_everything_is_told(check):
    assert [one for one in failing(check()) if one in ALL] == ALL[:3]


def test_what_ruff_reports_is_a_note_and_says_so(check):
    found = check('[lint]\nselect = ["BLE", "B"]')
    assert failing(found) == []
    [broad] = [one for one in found if (one.span.line, one.code) == (7, "BC102")]
    assert (broad.severity, broad.deferred) == ("note", ("BLE001",))
    assert broad.message.endswith("(left to Ruff, which reports BLE001 here)")


def test_a_rule_that_is_off_leaves_the_row_to_us(check):
    assert failing(check('[lint]\nselect = ["B"]')) == [(7, "BC102"), (7, "BC302")]
    assert failing(check('[lint]\nselect = ["BLE"]')) == [(23, "BC201")]


def test_a_file_that_ruff_leaves_out_is_ours(check):
    assert len(failing(check('extend-exclude = ["app.py"]\n[lint]\nselect = ["ALL"]'))) == 3


@pytest.mark.parametrize("mode", ["both", "own"])
def test_both_and_own_leave_nothing_to_ruff(check, mode):
    assert len(failing(check('[lint]\nselect = ["ALL"]', ruff=mode))) == 3


def test_defer_can_be_asked_for_where_nothing_tells_of_ruff(check):
    assert failing(check(ruff="defer")) == [(23, "BC201")]  # B904 is not on by default


def test_an_isolated_run_knows_no_ruff(check, tmp_path):
    check('[lint]\nselect = ["ALL"]')
    config = api.configure(["."], None, True, {"cache": False})
    assert len(failing(api.check(["."], config).findings)) >= 3


def test_code_from_stdin_is_left_to_ruff_too(check):
    check('[lint]\nselect = ["BLE", "B"]')
    config = api.configure(["app.py"], None, False, {})
    found = api.check_source(CODE.encode(), "app.py", config).findings
    assert failing(one for one in found if one.suppressed is None) == []


def test_ruff_is_not_started_where_nothing_would_be_left_to_it(check, tmp_path, monkeypatch):
    def refuse():
        raise AssertionError("Ruff was started")

    monkeypatch.setattr(beside, "installed", refuse)
    (tmp_path / "app.py").write_text("x = 1\n")
    assert failing(check('[lint]\nselect = ["ALL"]')) == []


def test_where_ruff_cannot_be_asked_its_configuration_is_read(check, monkeypatch):
    monkeypatch.setattr(beside, "installed", lambda: "/bin/false")
    assert failing(check('[lint]\nselect = ["BLE", "B"]')) == []


def test_what_ruff_says_nowhere_always_speaks(check, tmp_path):
    code = """\
        class Account:
            def settle(self, order):
                try:
                    order.status = "settled"
                    self.ledger.settle(order.id)
                except Exception:
                    return False
        """
    (tmp_path / "app.py").write_text(textwrap.dedent(code))
    found = check('[lint]\nselect = ["BLE"]')
    assert [one.code for one in found if one.severity != "note"] == ["BC401"]
    assert {one.code for one in found if one.deferred} == {"BC102", "BC302"}
