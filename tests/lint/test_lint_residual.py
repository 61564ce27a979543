"""A clause that a split left behind is watched, not reported, as long as it keeps what its mark promises."""

from __future__ import annotations

from textwrap import dedent

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.lint.check import check
from broadcatch.model.findings import Finding

HEAD = "import logging\nlogger = logging.getLogger(__name__)\ndef pay(order):\n    try:\n        go(order)\n"
SPECIFIC = "    except ChargeError:\n        return None\n"


def found(clauses: str) -> dict[str, Finding]:
    facts = read_facts(dedent(HEAD + clauses), "shop/pay.py")
    return {one.code: one for one in check(facts, Config())}


def residual(body: str, mark: str = "  # broadcatch: residual") -> str:
    return f"    except Exception:{mark}\n" + "".join(f"        {line}\n" for line in body.split("\n"))


LOGGED = 'logger.exception("unexpected error in pay")\nreturn None'


def test_an_observed_residual_is_a_note_that_names_the_next_stage() -> None:
    findings = found(SPECIFIC + residual(LOGGED))
    assert {one.severity for one in findings.values()} == {"note"}
    assert "goes the old way" in findings["BC102"].message
    assert "`broadcatch fix --stage surface`" in findings["BC102"].message


def test_without_its_mark_the_same_clause_is_no_residual() -> None:
    findings = found(SPECIFIC + residual(LOGGED, ""))
    assert "residual" not in findings["BC102"].message


def test_the_mark_alone_is_no_excuse() -> None:
    silent = found(SPECIFIC + residual("return None"))
    assert silent["BC102"].severity != "note"
    alone = found(residual(LOGGED))
    assert "residual" not in alone["BC102"].message


def test_words_behind_the_mark_do_not_hide_it() -> None:
    findings = found(SPECIFIC + residual(LOGGED, "  # broadcatch: residual, until May"))
    assert "goes the old way" in findings["BC102"].message


def test_a_surfaced_residual_fails_no_run() -> None:
    findings = found(SPECIFIC + residual('logger.exception("unexpected error in pay")\nraise'))
    assert {one.severity for one in findings.values()} <= {"note"}
