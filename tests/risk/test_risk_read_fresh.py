"""Statements that an independent reader found false on five services, each beside one that is true."""

from __future__ import annotations

import pytest

from tests.risk.test_risk_afterwards import details
from tests.risk.test_risk_words import detail_of, names_of, risk_of

LOADED = """
    class Job:
        def load(self, found):
            try:
                self.data = decode(found["data"])
            except Exception:
                log.warning("no data")
            self.kind = found.get("kind")
            self.status = found["status"]
"""


def test_a_field_that_is_loaded_with_others_advances_nothing() -> None:
    assert "advanced all the same" not in details(LOADED)
    assert "advanced all the same" in details(LOADED.replace('self.kind = found.get("kind")', "pass"))
    assert "advanced all the same" in details(LOADED.replace('found["status"]', '"loaded"'))


BUILT = """
    def to_dict(self):
        given: dict[str, str] = {}
        try:
            given["data"] = encode(self.data)
        except Exception:
            log.warning("no data")
        given["status"] = "ready"
        return given
"""


def test_an_item_of_what_is_built_here_advances_nothing() -> None:
    assert "advanced all the same" not in details(BUILT)
    outer = BUILT.replace("given: dict[str, str] = {}", "given = self.shared")
    assert "advanced all the same" in details(outer)


def test_a_message_for_the_next_page_is_no_write() -> None:
    assert "write" not in names_of(risk_of("messages.add_message(request, ERROR, text)"))


@pytest.mark.parametrize(
    ("call", "writes"), [("from_url(url)", False), ("lrange(key, 0, 1)", False), ("hset(key, row)", True)]
)
def test_what_only_connects_or_reads_is_no_write(call: str, writes: bool) -> None:
    source = f"""
        import redis
        def work(self, key, row, url):
            try:
                redis.Redis.{call}
            except Exception:
                pass
    """
    assert ("write" in details(source)) is writes


FILLED = """
    def work(self):
        try:
            go()
        except Exception as error:
            lines = []
            lines.append(str(error))
            show(lines)
"""


def test_a_list_that_the_handler_fills_is_no_answer() -> None:
    assert "plausible value" not in details(FILLED)


ASKED = """
    def found(self):
        try:
            return [one for one in self.all()]
        except Exception:
            log.warning("none")
            return None

    def shown(self):
        rows = self.found()
        if rows is None:
            raise LookupError("none")
        return rows
"""


def test_a_none_for_which_each_caller_asks_is_not_taken_for_an_answer() -> None:
    source = "class A:\n" + ASKED
    assert "plausible value" not in details(source)
    assert "plausible value" in details(source.replace("if rows is None:", "if self.ready:"))


@pytest.mark.parametrize(("behind", "next_turn"), [("raise LookupError(item)", False), ("count(item)", True)])
def test_no_other_item_is_served_where_what_follows_leaves_the_loop(behind: str, next_turn: bool) -> None:
    source = f"""
        def work(items):
            for item in items:
                try:
                    go(item)
                except Exception:
                    logger.exception("no")
                {behind}
    """
    assert ("item boundary" in details(source)) is next_turn


@pytest.mark.parametrize(("method", "told"), [("restore", False), ("restore_backup", True)])
def test_to_restore_a_record_is_no_recovery(method: str, told: bool) -> None:
    assert ("state" in names_of(risk_of(f"self.{method}(found)"))) is told


def test_a_version_is_not_called_a_description() -> None:
    assert "versions" in detail_of(risk_of("go()", function="latest_version(self)"), "cosmetic")
    assert "descriptions" in detail_of(risk_of("go()", function="write_docs(self)"), "cosmetic")


MIXED = """
    def work(self, key):
        try:
            rows = self.ask(key)
            try:
                self.parse(rows); self.sort(rows); self.cut(rows)
            except {}:
                rows = None
        except Exception:
            return None
"""


def test_calls_whose_errors_another_try_takes_are_not_counted() -> None:
    assert "mixed try body" not in details(MIXED.format("Exception"))
    assert "mixed try body" in details(MIXED.format("KeyError"))
