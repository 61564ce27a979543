"""BC202."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "try:\n    work()\nexcept Exception as error:\n"
FROM_NONE = "    raise Failed('x') from None\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("cause_discarded")


def test_a_cause_that_is_lost_for_good_is_a_warning() -> None:
    assert one(HEAD + FROM_NONE, "BC202").severity == "warning"
    assert one(f"try:\n    work()\nexcept:\n{FROM_NONE}", "BC202").severity == "warning"


def test_a_record_without_the_error_keeps_nothing_of_it() -> None:
    assert one(HEAD + "    logger.error('failed')\n" + FROM_NONE, "BC202").severity == "warning"


@pytest.mark.parametrize(
    "before",
    [
        "logger.exception('failed')",
        "logger.error('failed: %s', error)",
        "errors.append(error)",
        "import traceback\n    shown = traceback.format_exc()",
        "text = str(error)\n    logger.error(text)",
    ],
)
def test_a_cause_that_is_kept_elsewhere_is_a_note(before: str) -> None:
    assert one(f"{HEAD}    {before}\n{FROM_NONE}", "BC202").severity == "note"


def test_a_cause_whose_text_goes_into_the_new_error_is_a_note() -> None:
    assert one(HEAD + "    raise Failed(f'x: {error}') from None\n", "BC202").severity == "note"
    assert one(HEAD + "    text = str(error)\n    raise Failed(text) from None\n", "BC202").severity == "note"


def test_a_log_record_on_one_of_two_paths_is_not_enough() -> None:
    body = "    if verbose:\n        logger.exception('failed')\n"
    assert one(HEAD + body + FROM_NONE, "BC202").severity == "warning"


def test_each_raise_is_judged_by_the_ways_that_lead_to_it() -> None:
    code = f"{HEAD}    if a:\n        raise A() from None  # BC202\n    logger.exception('x')\n{FROM_NONE}"
    check_finds(code.replace("None\n", "None  # BC202\n"), "BC202")
    first = code.replace("    raise Failed('x') from None\n", "    raise Failed('x') from error\n")
    assert one(first, "BC202").severity == "warning"


def test_a_condition_that_has_looked_at_the_error_makes_it_a_note() -> None:
    body = "    if 'not found' in str(error):\n        raise Failed() from None\n    raise\n"
    assert one(HEAD + body, "BC202").severity == "note"
    assert one(HEAD + body.replace("'not found' in str(error)", "strict"), "BC202").severity == "warning"


def test_a_server_error_tells_nobody_what_failed() -> None:
    assert one(HEAD + "    raise HTTPException(500) from None\n", "BC202").severity == "warning"


def test_tests_are_softer() -> None:
    assert one(HEAD + FROM_NONE, "BC202", path="tests/test_a.py").severity == "note"


@pytest.mark.parametrize("last", ["raise Failed() from error", "raise", "raise Failed()"])
def test_other_raises_discard_no_cause(last: str) -> None:
    check_clean(f"{HEAD}    {last}\n", "BC202")


@pytest.mark.parametrize("steering", ["StopIteration", "SystemExit(1)", "KeyboardInterrupt"])
def test_exceptions_that_steer_are_left_alone(steering: str) -> None:
    check_clean(f"{HEAD}    raise {steering} from None\n", "BC202")


def test_the_clause_of_a_specific_class_may_choose() -> None:
    check_clean(f"try:\n    work()\nexcept KeyError:\n{FROM_NONE}", "BC202")


def test_a_raise_that_a_nested_try_catches_again_is_none() -> None:
    code = "    try:\n        raise Failed() from None\n    except Failed:\n        a()\n    raise\n"
    check_clean(HEAD + code, "BC202")


def test_the_clause_of_a_nested_try_has_a_cause_of_its_own() -> None:
    code = "    try:\n        a()\n    except KeyError:\n        raise Failed() from None\n    raise\n"
    check_clean(HEAD + code, "BC202")


def test_a_step_that_checks_what_was_given_is_a_note() -> None:
    assert (
        one(
            "try:\n    json.loads(text)\nexcept Exception:\n    raise BadRequest() from None\n", "BC202"
        ).severity
        == "note"
    )
