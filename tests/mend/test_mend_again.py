"""After a rewrite the rules are asked again: what asked for it must be gone, and nothing worse may come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcatch.mend.again import Clause, Review
from broadcatch.mend.draft import Draft, drafted
from broadcatch.model.findings import Edit, Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.span import Span
from broadcatch.rewrite.codemods.traceback import TracebackWanted
from broadcatch.rewrite.values import ChainWanted, NarrowWanted, Rewrite
from tests.samples import finding

TEXT = "try:\n    run()\nexcept Exception:\n    raise ValueError('no')\n"
NARROW = NarrowWanted(3, "KeyError")
CHAIN = ChainWanted(4, 4)
BROAD = finding("BC102", "x.py", 3)
UNCHAINED = finding("BC201", "x.py", span=Span(4, 4, 4, 26), handler="x.py:3")


@pytest.fixture
def made(tmp_path, monkeypatch):
    """What becomes of the two rewrites if the rules find these in the result."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.py").write_text(TEXT)

    def run(*later: Finding, before=(BROAD, UNCHAINED)) -> Draft:
        review = Review(tuple(before), (Clause(3, 4, 1),), lambda _: later)
        draft = drafted("x.py", [NARROW, CHAIN], FixRequest(unsafe=True), review)
        assert isinstance(draft, Draft)
        return draft

    return run


def kept(draft: Draft) -> list[str]:
    return [one.kind for one in draft.rewrites]


def test_rewrites_that_leave_nothing_to_find_are_kept(made):
    draft = made()
    assert kept(draft) == ["narrow", "chain"]
    assert [draft.offer(one).codes for one in draft.rewrites] == [("BC102",), ("BC201",)]


def test_a_rewrite_after_which_its_finding_stands_is_dropped_and_the_rest_is_made(made):
    draft = made(BROAD)
    assert kept(draft) == ["chain"]
    assert [one.reason for one in draft.refused] == ["the finding would stand as before: BC102"]


def test_a_finding_that_has_become_softer_is_mended(made):
    assert kept(made(finding("BC102", "x.py", 3, severity="note"))) == ["narrow", "chain"]


def test_a_rewrite_that_brings_something_graver_is_dropped(made):
    worse = finding("BC301", "x.py", 3, severity="error", message="oh")
    draft = made(worse, before=(finding("BC102", "x.py", 3, severity="warning"), UNCHAINED))
    assert "narrow" not in kept(draft)
    assert draft.refused[0].reason == "it would bring BC301: oh"


def test_a_note_is_nothing_worse(made):
    notes = [finding(code, "x.py", 3, severity="note") for code in ("BC301", "BC302", "BC303")]
    assert kept(made(*notes)) == ["narrow", "chain"]


LOGGED = TEXT.replace("raise ValueError('no')", "logging.error('no')")
TOLD = finding("BC303", "x.py", 3, severity="warning")
RECORDED = finding("BC102", "x.py", 3, severity="warning", message="oh")


@pytest.mark.parametrize(
    ("later", "refused"),
    [(RECORDED, []), (replace(RECORDED, severity="error"), ["it would bring BC102: oh"])],
)
def test_a_clause_that_gains_a_traceback_may_be_told_of_by_another_rule_no_graver(
    tmp_path, monkeypatch, later, refused
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.py").write_text(f"import logging\n{LOGGED}")
    wanted = TracebackWanted(5, "logging.error", "logging.error", 4)
    told = replace(TOLD, span=Span(4, 1, 4, 17), handler="x.py:4")
    review = Review(
        (told,), (Clause(4, 5, 1),), lambda _: (replace(later, span=told.span, handler="x.py:4"),)
    )
    draft = drafted("x.py", [wanted], FixRequest(unsafe=True), review)
    assert isinstance(draft, Draft)
    assert kept(draft) == ([] if refused else ["traceback"])
    assert [one.reason for one in draft.refused] == refused


def test_what_stood_elsewhere_before_is_not_held_against_a_rewrite(made):
    other = finding("BC102", "x.py", 2)
    assert kept(made(other, before=(BROAD, UNCHAINED, other))) == ["narrow", "chain"]


def test_a_rewrite_that_cannot_be_made_does_not_take_the_others_with_it(monkeypatch):
    from broadcatch.mend.draft import settled
    from broadcatch.rewrite.write import Original
    from broadcatch.source.read import Text

    good = Rewrite("narrow", "x.py", 3, "good", "safe", "", (Edit(Span(3, 7, 3, 16), "KeyError"),))
    bad = Rewrite("chain", "x.py", 4, "bad", "safe", "", (Edit(Span(4, 10, 4, 10), "("),))
    draft = settled(Draft(Original("x.py", TEXT.encode(), Text(TEXT)), (good, bad)))
    assert draft.rewrites == (good,)
    assert [one.title for one in draft.refused] == ["bad"]
