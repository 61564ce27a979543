"""Twisted keeps the error that is being handled: in the log, in a Failure, in a Deferred."""

from __future__ import annotations

import pytest

from broadcatch.judge.records import shows_error
from tests.judging import handlers_of, outcome_of, verdict_of_module

TWISTED = """\
from twisted.internet import defer
from twisted.logger import Logger
from twisted.python import failure, log
from twisted.python.failure import Failure
"""


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("log.err()", "logged-traceback"),
        ("log.err(_why='trying')", "logged-traceback"),
        ("log.err(None, 'trying')", "logged-traceback"),
        ("log.err(Failure(), 'trying')", "logged-traceback"),
        ("log.err(e, 'trying')", "logged-traceback"),
        ("why = Failure()\nlog.err(why)", "logged-traceback"),
        ("self.log.error('trying', log_failure=failure.Failure())", "logged-traceback"),
        ("why = Failure()\nlog.msg(why.getTraceback())", "logged-traceback"),
        ("Failure().printTraceback()", "logged-traceback"),
        ("log.err('trying')", "logged-text"),
        ("log.msg('trying')", "logged-text"),
        ("self.finished(Failure())", "handed-on"),
        ("return defer.fail()", "handed-on"),
        ("return defer.fail(Failure(e))", "handed-on"),
        ("self.waiting.errback()", "handed-on"),
        ("return Failure(ValueError())", "fallback"),
    ],
)
def test_what_twisted_is_given_nothing_for_is_the_current_error(body: str, outcome: str) -> None:
    assert outcome_of(body, head=TWISTED) == outcome


COROUTINE = """
from twisted.internet import defer
@defer.inlineCallbacks
def poll():
    while True:
        try:
            yield ask()
        except Exception as error:
            yield {handled}
"""


def test_a_coroutine_of_old_waits_with_yield_and_gives_nothing_in_place_of_the_error() -> None:
    assert verdict_of_module(COROUTINE.format(handled="sleep(3)")).outcome == "dropped"
    assert verdict_of_module(COROUTINE.format(handled="tell(error)")).outcome == "handed-on"


def test_a_generator_gives_what_it_yields() -> None:
    plain = COROUTINE.replace("@defer.inlineCallbacks\n", "")
    assert verdict_of_module(plain.format(handled="sleep(3)")).outcome == "fallback"


def test_a_text_made_of_the_error_holds_it_wherever_it_is_logged() -> None:
    handled = "text = f'not sent: {e}'\n        whole = 'twice ' + text\n        log.warning(whole)"
    (handler,) = handlers_of(
        f"def send():\n    try:\n        post()\n    except Exception as e:\n        {handled}"
    )
    assert shows_error(handler)
