"""A person is asked about one rewrite after the other, and only what is wanted is made."""

from __future__ import annotations

import pytest

from broadcatch.mend.again import Clause, Review
from broadcatch.mend.choosing import chosen
from broadcatch.mend.draft import Draft, drafted
from broadcatch.model.fixing import FixRequest
from broadcatch.rewrite.values import ChainWanted, NarrowWanted

TEXT = "x()\ntry:\n    run()\nexcept Exception:\n    raise ValueError('no')\n"


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = []
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(TEXT)
        asked = [NarrowWanted(4, "KeyError"), ChainWanted(5, 4)]
        review = Review((), (Clause(4, 5, 2),), lambda _: ())
        made.append(drafted(name, asked, FixRequest(unsafe=True), review))
    return made


def kept(drafts: list[Draft], *answers: str) -> list[list[str]]:
    waiting = iter(answers)
    return [[one.kind for one in draft.rewrites] for draft in chosen(drafts, lambda _: next(waiting))]


def test_each_is_asked_about_and_those_wanted_are_kept(drafts):
    assert kept(drafts, "yes", "no", "no", "yes") == [["narrow"], ["chain"]]


def test_after_all_nothing_is_asked_and_everything_is_kept(drafts):
    assert kept(drafts, "no", "all") == [["chain"], ["narrow", "chain"]]


def test_after_quit_nothing_is_asked_and_what_was_chosen_stays(drafts):
    assert kept(drafts, "yes", "quit") == [["narrow"], []]


def test_what_is_not_wanted_is_refused_by_name(drafts):
    found = chosen(drafts[:1], lambda _: "no")
    assert [(one.title, one.reason) for one in found[0].refused] == [
        ("Catch KeyError instead of Exception", "declined"),
        ("Add `from exc`", "declined"),
    ]


def test_the_try_the_handler_and_the_diff_of_this_rewrite_alone_are_shown(drafts):
    seen = []
    chosen(drafts, lambda one: seen.append(one) or "no")
    first = seen[0]
    assert (first.number, first.total) == (1, 4)
    assert first.code == tuple(enumerate(TEXT.splitlines()[1:], 2))
    assert "KeyError" in first.diff and "from exc" not in first.diff
