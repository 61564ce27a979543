"""BC203."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "try:\n    work()\nexcept Exception as error:\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("lossy_translation")


def test_a_cause_that_is_not_the_error_does_not_keep_it() -> None:
    assert one(HEAD + "    raise ValueError('bad') from other\n", "BC203").severity == "warning"


def test_one_specific_error_for_every_failure_is_found() -> None:
    check_finds("try:\n    work()\nexcept Exception:  # BC203\n    raise ValueError('bad token')\n", "BC203")


def test_a_lost_error_is_a_warning_and_a_kept_one_a_note() -> None:
    assert one(HEAD + "    raise ValueError('bad')\n", "BC203").severity == "warning"
    assert one(HEAD + "    raise ValueError('bad') from None\n", "BC203").severity == "warning"
    assert one(HEAD + "    raise ValueError('bad') from error\n", "BC203").severity == "note"
    assert one(HEAD + "    raise ValueError(f'bad: {error}')\n", "BC203").severity == "note"
    assert one(HEAD + "    logger.exception('x')\n    raise ValueError('bad')\n", "BC203").severity == "note"


def test_an_error_whose_text_is_recorded_is_a_note() -> None:
    assert (
        one(HEAD + "    logger.error('x: %s', error)\n    raise ValueError('bad')\n", "BC203").severity
        == "note"
    )


def test_one_value_that_is_read_can_fail_in_one_way_only() -> None:
    head = HEAD.replace("work()", "pattern = re.compile(text)")
    assert one("import re\n" + head + "    raise ValueError('bad')\n", "BC203").severity == "note"


def test_a_comment_that_says_why_the_cause_is_hidden_is_believed() -> None:
    last = "    # it may carry the key\n    raise ValueError('bad') from None\n"
    assert one(HEAD + last, "BC203").severity == "note"


@pytest.mark.parametrize(
    "last",
    [
        "raise",
        "raise RuntimeError('x') from error",
        "raise InternalError() from error",
        "raise Exception('x')",
        "raise SystemExit(1)",
    ],
)
def test_errors_that_claim_nothing_are_left_alone(last: str) -> None:
    check_clean(f"{HEAD}    {last}\n", "BC203")


def test_a_server_error_that_keeps_the_cause_is_left_alone() -> None:
    check_clean(HEAD + "    raise HTTPException(status_code=500) from error\n", "BC203")


def test_the_rest_behind_specific_clauses_may_be_one_error_that_keeps_the_cause() -> None:
    head = "try:\n    work()\nexcept KeyError:\n    raise\nexcept Exception as error:\n"
    check_clean(head + "    raise ServiceError('no') from error\n", "BC203")
    lost = one(head + "    raise ServiceError('no')\n", "BC203")
    assert lost.message == "catches Exception and turns every other failure into ServiceError"


def test_a_client_error_for_every_failure_is_found() -> None:
    assert one(HEAD + "    raise HTTPException(status_code=401)\n", "BC203").severity == "warning"


def test_different_errors_on_different_paths_are_left_alone() -> None:
    check_clean(HEAD + "    if a:\n        raise A() from error\n    raise B() from error\n", "BC203")


def test_a_handler_of_a_specific_class_translates_what_it_knows() -> None:
    check_clean("try:\n    work()\nexcept KeyError:\n    raise ValueError('bad')\n", "BC203")


def test_a_path_that_keeps_the_error_is_another_matter() -> None:
    check_clean(HEAD + "    if a:\n        raise ValueError('bad')\n", "BC203")
