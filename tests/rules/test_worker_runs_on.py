"""BC402."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_fixture, one


def worker(handler: str, work: str = "self.handle(queue.get())", loop: str = "while True") -> str:
    lines = "".join(f"            {line}\n" for line in work.split("\n"))
    after = "".join(f"            {line}\n" for line in handler.split("\n"))
    return f"def run(self):\n    {loop}:\n        try:\n{lines}        except Exception as error:\n{after}"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("worker_runs_on")


@pytest.mark.parametrize("handler", ["logger.exception('no')", "logger.error('no: %s', error)", "pass"])
def test_where_each_turn_stands_for_itself_it_is_a_note(handler: str) -> None:
    assert one(worker(handler), "BC402").severity == "note"


def test_state_that_is_kept_unrecorded_is_an_error() -> None:
    assert one(worker("pass", "self.offset += 1\nself.handle(self.offset)"), "BC402").severity == "error"


@pytest.mark.parametrize(
    "work",
    [
        "self.handle(queue.get())\nself.offset += 1",
        "self.open.append(fetch())\nself.ready.set()\nlogger.info('one more')\nawait self._sleep(5)",
        "self.open.append(fetch())\nasyncio.create_task(self.fill())",
        "if fetch():\n    self.open.append(1)\nelse:\n    self.handle(int(queue.get()))",
        "self.latest[key()] = fetch()\nself.handle(queue.get())",
        "self.rates.update(fetch())\nself.handle(queue.get())",
        "self.status = 'busy'\nself.handle(queue.get())",
    ],
)
def test_state_that_is_whole_or_is_written_once_more_is_a_note(work: str) -> None:
    assert one(worker("logger.exception('no')", work), "BC402").severity == "note"


def test_what_a_finally_takes_back_is_not_kept() -> None:
    work = "self.open.append(ws)\nself.handle(ws)"
    kept = worker("logger.exception('no')", work)
    assert one(kept, "BC402").severity == "warning"
    assert one(f"{kept}        finally:\n            self.open.remove(ws)\n", "BC402").severity == "note"


def test_state_that_the_next_turn_finds_is_a_warning_in_spite_of_a_traceback() -> None:
    found = one(worker("logger.exception('no')", "self.offset += 1\nself.handle(self.offset)"), "BC402")
    assert (found.severity, "`self.offset` is kept" in found.message) == ("warning", True)


def test_a_handler_that_resets_it_is_in_order() -> None:
    code = worker("logger.exception('no')\nself.reset()", "self.offset += 1\nself.handle(self.offset)")
    assert one(code, "BC402").severity == "note"


@pytest.mark.parametrize(
    "handler", ["break", "return", "raise", "failures += 1\nif failures > 3:\n    raise"]
)
def test_a_loop_that_is_left_is_no_worker_that_runs_on(handler: str) -> None:
    check_clean(worker(handler), "BC402")


def test_a_retry_is_no_worker() -> None:
    check_clean(worker("sleep(1)", "return self.fetch()"), "BC402")


def test_a_loop_over_items_is_no_worker() -> None:
    check_clean(worker("pass", loop="for one in items"), "BC402")
