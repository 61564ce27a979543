"""BC303."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "import traceback\ndef f(self):\n    try:\n        work()\n    except Exception as error:"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("logged_without_traceback")


@pytest.mark.parametrize(
    "call", ["logger.error('no: %s', error)", "print(error)", "self.log.warning('no')", "logging.info('no')"]
)
def test_a_record_without_a_traceback_is_found(call: str) -> None:
    check_finds(f"{HEAD}  # BC303\n        {call}\n", "BC303")


@pytest.mark.parametrize(
    "call",
    ["logger.exception('no')", "logger.error('no', exc_info=True)", "traceback.print_exc()", "raise", "pass"],
)
def test_other_outcomes_are_left_alone(call: str) -> None:
    check_clean(f"{HEAD}\n        {call}\n", "BC303")


def test_one_path_without_the_traceback_is_enough() -> None:
    code = (
        f"{HEAD}  # BC303\n        if a:\n            logger.exception('no')\n        else:\n"
        "            logger.error('no')\n"
    )
    check_finds(code, "BC303")


def test_a_value_that_is_returned_after_the_record_is_told() -> None:
    finding = one(f"{HEAD}\n        logger.error('no: %s', error)\n        return 0\n", "BC303")
    assert "logged without its traceback, and `return 0` takes its place" in finding.message


def test_a_fixed_text_is_told_from_the_text_of_the_error() -> None:
    finding = one(f"{HEAD}\n        logger.error('no')\n", "BC303")
    assert finding.message.endswith("a fixed text is logged; the error itself is not in it")


def test_a_configured_sink_keeps_the_traceback() -> None:
    check_clean(f"{HEAD}\n        self.oops(error)\n", "BC303", Config(error_sinks=("self.oops",)))
