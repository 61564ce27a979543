"""Statements that readers found false, and what they say now: the same code, with and without its reason."""

from __future__ import annotations

import pytest

from tests.risk.test_risk_afterwards import details
from tests.risk.test_risk_words import names_of, risk_of

RETRIED = """
    def pull(self, url):
        while True:
            try:
                page = self.fetch(url)
                break
            except Exception:
                self.wait()
        return page.text
"""


def test_behind_a_loop_that_only_success_leaves_no_old_value_is_used() -> None:
    given_up = RETRIED.replace("self.wait()", "if self.late(): break")
    old = {"unbound name", "stale name"}
    assert old.isdisjoint(details(RETRIED))
    assert not old.isdisjoint(details(given_up))


SEARCH = """
    def find(self, paths):
        for path in paths:
            try:
                rows = self.read(path)
                {}
            except Exception:
                continue
        return None
"""


def test_a_loop_that_looks_for_one_that_fits_loses_no_item() -> None:
    assert "item lost" not in details(SEARCH.format("if rows: return rows"))
    assert "item lost" in details(SEARCH.format("self.rows += rows"))


def test_the_next_one_is_tried_only_where_the_handler_goes_on() -> None:
    tried = SEARCH.format("return rows")
    assert "the loop goes on to the next" in details(tried).get("another way", "")
    assert "another way" not in details(tried.replace("continue", "return None"))


@pytest.mark.parametrize(("logger", "told"), [("jlog", True), ("applog", True), ("blog", False)])
def test_the_short_name_of_a_projects_logger_makes_a_record(logger: str, told: bool) -> None:
    assert ("dropped" not in names_of(risk_of("go()", f"{logger}.warn('no price')"))) is told


def test_a_word_behind_without_says_nothing() -> None:
    locked, unlocked = (names_of(risk_of(f"self.sync_{how}_lock(x)")) for how in ("with", "without"))
    assert locked > unlocked


def test_a_transaction_that_is_only_fetched_is_no_unit_of_work() -> None:
    assert "acknowledgement" in names_of(risk_of("self.begin_transaction(x)"))
    assert "acknowledgement" not in names_of(risk_of("self.get_transaction(x)"))
