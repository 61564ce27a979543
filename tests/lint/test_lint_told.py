"""Handlers that have told all there is to know: what was being done, to what, and why it failed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.lint.check import check
from tests.lint.test_lint_settled import HEAD, reason, tried

TOLD = "logger.warning('no answer for %s: %s', path, error)"


@pytest.mark.parametrize(
    "work",
    [
        "return own.fetch(path)",
        "return self.fetch(path)",
        "own.insert(path)",
        "text.load(path)\nown.put(text)",
    ],
)
def test_a_record_of_the_thing_and_the_error_is_enough(work: str) -> None:
    assert "which and why" in reason(tried(work, TOLD))


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("return own.fetch(path)", "logger.warning('no answer: %s', error)"),  # of what?
        ("return own.fetch(path)", "logger.warning('no answer for %s', path)"),  # why?
        ("return own.fetch(path)", f"{TOLD}\nreturn 1"),  # may be the answer
        ("self.page = own.fetch(path)", TOLD),  # others read it
        ("return own.check_permission(path)", TOLD),  # lets somebody in
        ("own.a(path)\nown.b(path)\nown.c(path)\nown.d(path)", TOLD),  # which of them?
    ],
)
def test_thin_records_and_grave_work_are_not(work: str, handled: str) -> None:
    assert "which and why" not in reason(tried(work, handled))


def test_a_ping_that_fails_has_told_what_it_is_for() -> None:
    told = "logger.warning('ping: %s', error)"
    assert "ping" in reason(tried("own.send(path)\nown.read(path)", told, name="_ping_loop(self, path)"))
    assert "ping" not in reason(tried("own.send(path)\nown.read(path)", told, name="_send_loop(self, path)"))


def test_a_check_of_health_that_says_so_is_settled() -> None:
    work, sick = "own.connect(path)", "answer['status'] = 'unhealthy'"
    assert "health" in reason(tried(work, sick, name="health(path, answer)"))
    assert "health" not in reason(tried(work, "answer['status'] = 'fine'", name="health(path, answer)"))


def test_a_peer_that_failed_and_is_dropped_is_settled() -> None:
    told = "logger.warning('send: %s', error)\nself.disconnect(one)"
    assert "left out" in reason(tried("one.send_json(text)", told, loop="for one in self.peers"))


def test_asking_what_has_happened_before_it_is_raised_again_is_settled() -> None:
    code = """
    async def place_order(self, text):
        try:
            return await self.place_order_by_rest(text)
        except Exception as error:
            found = await self.find_order(text)
            if found is not None:
                logger.warning("rest failed for %s: %s", text, error)
                return found["id"]
            raise
    """
    assert "what has happened" in reason(code)
    assert "what has happened" not in reason(code.replace("raise\n", "return found\n"))


def test_a_flag_that_is_sent_in_place_of_a_result_looks_like_one() -> None:
    code = """
    def work(connection, own):
        try:
            connection.send(own.compare())
        except Exception:
            logger.exception("not compared")
            connection.send(False)
    """
    assert any("looks like any other answer" in message for message in messages(code))
    assert not any("may not have been written" in message for message in messages(code))


def messages(code: str) -> list[str]:
    """What is said of a module."""
    return [found.message for found in check(read_facts(HEAD + dedent(code), "work.py"), Config())]


def test_an_exit_status_beside_a_shown_error_is_settled() -> None:
    work = "own.go(path)\nown.save(path)\nown.end(path)\nself.tell()\nreturn 0"
    assert "exit status" in reason(tried(work, "print('failed:', error)\nreturn 1"))
    assert "exit status" not in reason(tried(work, "print('failed')\nreturn 1"))
    assert "exit status" not in reason(tried("return own.count(path)", "print('failed:', error)\nreturn 1"))


def test_an_item_that_is_listed_among_the_failed_ones_is_settled() -> None:
    listed = "logger.error(error)\nfailed_orders.append(order)\ncontinue"
    loop = "for order in text"
    work = "own.read(order)\nown.validate(order)"
    assert "listed among" in reason(tried(work, listed, loop=loop))
    assert "listed among" not in reason(tried(work, listed.replace("failed_orders", "orders"), loop=loop))
    assert "listed among" not in reason(tried(work, listed.replace("logger.error(error)", "pass"), loop=loop))


def test_the_last_thing_a_command_prints_is_read_by_whoever_runs_it() -> None:
    shown = tried("own.load()\nown.show()", "print(f'it could not be shown: {error}')", "show_command()")
    assert "screen" in reason(shown)
    assert "screen" not in reason(shown + "    own.send()\n")
