"""BC305."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "def work():\n    try:\n        begin()\n    except Exception as error:\n"
LOGGED = "        logger.exception('failed')\n        raise\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("logged_and_reraised")


@pytest.mark.parametrize(
    "body",
    [
        "logger.exception('failed')\n        raise",
        "logger.error('failed: %s', error)\n        raise",
        "logger.error('failed', exc_info=True)\n        raise error",
        "text = str(error)\n        logger.error(text)\n        raise",
        "print(error)\n        raise",
        "traceback.print_exc()\n        raise",
        "if a:\n            logger.exception('failed')\n            raise\n        raise Other() from error",
    ],
)
def test_an_error_that_is_logged_and_raised_again_is_found(body: str) -> None:
    assert one(f"{HEAD}        {body}\n", "BC305").severity == "note"


@pytest.mark.parametrize(
    "body",
    [
        "raise",
        "logger.exception('failed')",
        "logger.error('failed')\n        raise",
        "logger.debug('failed: %s', error)\n        raise",
        "logger.debug('failed', exc_info=True)\n        raise",
        "logger.exception('failed')\n        raise Other() from error",
        "span.record_exception(error)\n        raise",
        "if a:\n            raise\n        logger.exception('failed')",
        "logger.exception('failed')\n        if a:\n            raise",
        "try:\n            close()\n        except OSError:\n            log.exception('no')\n        raise",
    ],
)
def test_a_record_that_is_needed_or_holds_no_error_is_left_alone(body: str) -> None:
    check_clean(f"{HEAD}        {body}\n", "BC305")


def test_the_finding_shows_the_way() -> None:
    steps = one(HEAD + LOGGED, "BC305").steps
    assert steps == ((5, "logger.exception(…)"), (6, "raise"))


@pytest.mark.parametrize(
    "code",
    [
        HEAD.replace("work", "main") + LOGGED,
        "@app.command()\n" + HEAD + LOGGED,
        "@app.get('/')\n" + HEAD + LOGGED,
        "if __name__ == '__main__':\n" + "".join(f"    {line}\n" for line in (HEAD + LOGGED).splitlines()),
    ],
)
def test_at_the_outermost_place_nobody_else_is_known_to_log(code: str) -> None:
    check_clean(code, "BC305")


def test_tests_are_left_alone() -> None:
    check_clean(HEAD + LOGGED, "BC305", path="tests/test_a.py")


def test_specific_classes_are_looked_at_where_asked_for() -> None:
    code = HEAD.replace("Exception as error:", "OSError as error:  # BC305") + LOGGED
    check_clean(code, "BC305")
    check_finds(code, "BC305", Config(typed=True))
