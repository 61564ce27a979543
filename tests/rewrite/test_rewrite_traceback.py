"""A log record of an error gains its traceback."""

from __future__ import annotations

from textwrap import indent

import pytest
from rewriting import plan_of

from broadcatch.rewrite.codemods.traceback import TracebackWanted
from broadcatch.rewrite.plan import carry_out
from broadcatch.rewrite.values import Plan

HEAD = """\
import logging
import structlog
from loguru import logger as guru
from shop.log import logs
from flask import current_app
from twisted.logger import Logger

log = logging.getLogger(__name__)
event = structlog.get_logger()


class Shop:
    log = logging.getLogger("shop")
    _log = Logger()

    async def run(self, item, given: logging.Logger, other):
        self.late = structlog.get_logger()
        try:
            sell()
        except Exception as e:
"""
CLAUSE = HEAD.count("\n")


def program(call: str) -> str:
    return HEAD + indent(call, "            ") + "\n"


def planned(call: str, *names: str) -> Plan:
    """The plan for the calls that begin on lines of `call`."""
    wanted = []
    for number, line in enumerate(call.split("\n"), CLAUSE + 1):
        name = line.strip().removeprefix("await ").partition("(")[0]
        if "." in name:
            qualified = {
                "log": "logging.getLogger().x",
                "event": "structlog.x",
                "guru": "loguru.logger.x",
                "logging": "logging.x",
            }.get(name.partition(".")[0], "")
            wanted.append(TracebackWanted(number, name, qualified, CLAUSE))
    return plan_of(program(call), *wanted)


def check_logged(before: str, after: str, name: bool) -> Plan:
    """`before` becomes `after`; `name` tells whether the clause still names the error."""
    made = planned(before)
    assert made.refused == ()
    expected = program(after) if name else program(after).replace("Exception as e:", "Exception:")
    assert carry_out(program(before), made.rewrites) == expected
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('log.error(f"sale failed: {e}")', 'log.exception("sale failed")'),
        ('log.error(f"sale of {item} failed: {e!r}")', 'log.exception(f"sale of {item} failed")'),
        ('log.error(f"cannot sell {item}: {e}")', 'log.exception(f"cannot sell {item}")'),
        ('log.error(f"sale failed ({str(e)}).")', 'log.exception("sale failed")'),
        ('log.error(f"sale failed:\\n{e}")', 'log.exception("sale failed")'),
        ("log.error('sale failed: %s', e)", "log.exception('sale failed')"),
        ('log.error("%s failed: %s", item, e, extra=x)', 'log.exception("%s failed", item, extra=x)'),
        ('log.error("sale failed: " + str(e))', 'log.exception("sale failed")'),
        (
            'log.error("sale of " + item + " failed: " + repr(e))',
            'log.exception("sale of " + item + " failed")',
        ),
        ('log.error("sale failed: {}".format(e))', 'log.exception("sale failed")'),
        ('log.error("{} failed: {!r}".format(item, e))', 'log.exception("{} failed".format(item))'),
        ('log.error("sale failed - %s" % e)', 'log.exception("sale failed")'),
        ('log.error("%s failed: %s" % (item, e))', 'log.exception("%s failed" % (item,))'),
        ('log.error("%s %s failed: %s" % (a, b, e))', 'log.exception("%s %s failed" % (a, b))'),
        ('log.error("sale failed due to %s", e)', 'log.exception("sale failed")'),
        ('log.error("Sale failed. Error: %s", e)', 'log.exception("Sale failed")'),
        ('log.warning("sale failed: %s", e)', 'log.warning("sale failed", exc_info=True)'),
        ('log.critical("sale failed: %s", e)', 'log.critical("sale failed", exc_info=True)'),
        ('log.log(30, "sale failed: %s", e)', 'log.log(30, "sale failed", exc_info=True)'),
        ('logging.error("sale failed: %s", e)', 'logging.exception("sale failed")'),
        ('guru.error("sale failed: {}", e)', 'guru.exception("sale failed")'),
        ('guru.warning(f"sale failed: {e}")', 'guru.opt(exception=True).warning("sale failed")'),
        ('log.error("sale"\n          f" failed: {e}")', 'log.exception("sale"\n              " failed")'),
        ('log.error("sale failed: %s",\n          e)', 'log.exception("sale failed")'),
        (
            'log.warning(\n    "%s failed: %s",\n    item,\n    e,\n)',
            'log.warning(\n    "%s failed",\n    item,\n    exc_info=True,\n)',
        ),
    ],
)
def test_the_error_goes_from_the_end_of_the_message_and_its_name_from_the_clause(
    before: str, after: str
) -> None:
    made = check_logged(before, after, name=False)
    assert [one.safety for one in made.rewrites] == ["safe"]
    assert "instead of in the message" in made.rewrites[0].reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("log.error(e)", "log.exception(e)"),
        ("log.warning(str(e))", "log.warning(str(e), exc_info=True)"),
        ('log.error(f"{item}: {e}")', 'log.exception(f"{item}: {e}")'),
        ('log.error("Error: %s", e)', 'log.exception("Error: %s", e)'),
        ('log.error("%s in %s", e, item)', 'log.exception("%s in %s", e, item)'),
        ('log.error(f"failed ({e}), using {item}")', 'log.exception(f"failed ({e}), using {item}")'),
        ('log.error("%s: %s", type(e).__name__, e)', 'log.exception("%s: %s", type(e).__name__, e)'),
        ('log.error("100%% failed: %s", e)', 'log.exception("100%% failed: %s", e)'),
        ('log.error(f"{{}} failed: {e}")', 'log.exception(f"{{}} failed: {e}")'),
        ('log.error(f"value of {e}")', 'log.exception(f"value of {e}")'),
        ('log.error(f"failed: {e=}")', 'log.exception(f"failed: {e=}")'),
        ('log.error(f"failed: {e:>10}")', 'log.exception(f"failed: {e:>10}")'),
        ('log.error("failed: %s", e.args)', 'log.exception("failed: %s", e.args)'),
        ('log.error("failed %s: %s", *args, e)', 'log.exception("failed %s: %s", *args, e)'),
        ('log.error("""failed:\n%s""", e)', 'log.exception("""failed:\n%s""", e)'),
        ('log.error("no text")', 'log.exception("no text")'),
        ("log.error(message)", "log.exception(message)"),
        ('event.error("failed", error=str(e))', 'event.exception("failed", error=str(e))'),
        ('event.warning("failed", item=e)', 'event.warning("failed", item=e, exc_info=True)'),
        ('await event.aerror("failed")', 'await event.aexception("failed")'),
    ],
)
def test_a_message_that_needs_the_error_stays_as_it_is(before: str, after: str) -> None:
    made = check_logged(before, after, name=True)
    assert [one.safety for one in made.rewrites] == ["safe"]


@pytest.mark.parametrize(
    ("receiver", "safety"),
    [
        ("self.log", "safe"),
        ("self.late", "safe"),
        ("given", "safe"),
        ("self.unknown", "unsafe"),
        ("logs", "unsafe"),
        ("other", "unsafe"),
    ],
)
def test_a_logger_that_the_file_does_not_know_is_unsafe(receiver: str, safety: str) -> None:
    made = check_logged(f'{receiver}.error("no")', f'{receiver}.exception("no")', name=True)
    assert [one.safety for one in made.rewrites] == [safety]


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ('log.error("no", **given)', "may say already"),
        ('log.error("no", exc_info=False)', "may say already"),
        ('log.error("a"); log.error("b")', "not exactly one call"),
        ("log.warning()", "no message"),
        ('self._log.info("sale failed: {error}", error=e)', "Twisted's logger knows no `exc_info`"),
        (
            'other.info("sale failed: {error}", error=e)',
            "it takes `error`, which a logger of `logging` does not",
        ),
    ],
)
def test_it_is_left_alone_where_the_call_may_say_more(call: str, reason: str) -> None:
    made = planned(call)
    assert made.rewrites == ()
    assert reason in made.refused[0].reason


def test_keywords_of_a_library_that_takes_any_are_no_hindrance() -> None:
    check_logged('event.error("no", item=item)', 'event.exception("no", item=item)', name=True)


def test_a_name_like_that_of_the_method_is_no_other_mention() -> None:
    text = program('log.error(f"sale failed: {error}")').replace(" as e:", " as error:")
    made = plan_of(text, TracebackWanted(CLAUSE + 1, "log.error", "logging.getLogger().error", CLAUSE))
    assert carry_out(text, made.rewrites).endswith(
        'except Exception:\n            log.exception("sale failed")\n'
    )


def test_the_records_of_two_branches_let_the_name_go_together() -> None:
    check_logged(
        'if item:\n    log.error("sale failed: %s", e)\nelse:\n    log.warning("no sale: %s", e)',
        'if item:\n    log.exception("sale failed")\nelse:\n    log.warning("no sale", exc_info=True)',
        name=False,
    )


def test_the_name_stays_where_something_else_reads_it() -> None:
    check_logged(
        'log.error("sale failed: %s", e)\nreturn e', 'log.exception("sale failed")\nreturn e', name=True
    )


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("log.error('no: %s', e)", "log.exception(…)"),
        ("log.warning('no: %s', e)", "log.warning(…, exc_info=True)"),
        ("guru.warning(f'no: {e}')", "guru.opt(exception=True).warning(…)"),
    ],
)
def test_the_title_names_the_call_as_it_will_be(call, told):
    [made] = planned(call).rewrites
    assert made.title == f"Log the traceback with `{told}`"
    after = carry_out(program(call), [made])
    assert told.partition("(…")[0] in after
