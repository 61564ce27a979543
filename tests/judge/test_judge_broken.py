"""A handler after which the program fails anew, or tells another story, is worth a change."""

from __future__ import annotations

from tests.rules.tools import one

AFTER = """\
def f(path):
    try:
        found = look(path)
    except Exception as error:
        log.exception({})
    return {}
"""


def test_a_name_that_only_the_try_binds_is_missing_after_it() -> None:
    assert "`found` has no value after it" in one(AFTER.format("path", "found"), "BC102").message
    assert one(AFTER.format("path", "path"), "BC102").severity == "note"
    assert one("def g(found):\n    pass\n" + AFTER.format("path", "None"), "BC102").severity == "note"


def test_a_name_that_has_a_value_before_or_gets_one_in_the_handler_is_there() -> None:
    before = AFTER.replace("    try:", "    found = None\n    try:")
    inside = AFTER.replace("log.exception({})", "log.exception({})\n        found = None")
    left = AFTER.replace("log.exception({})", "log.exception({})\n        return None")
    for code in (before, inside, left):
        assert one(code.format("path", "found"), "BC102").severity == "note"


def test_a_flag_may_say_that_there_is_no_value() -> None:
    flagged = AFTER.replace("look(path)", "look(path)\n        worked = True")
    assert one(flagged.format("path", "found if worked else 0"), "BC102").severity == "note"


def test_the_handler_cannot_read_what_the_first_step_should_have_bound() -> None:
    assert "`found` has no value in the handler" in one(AFTER.format("found.name", "path"), "BC102").message


TOLD = """\
def f(key):
    result = {{}}
    try:
        query(key)
    except NotFound:
        result["not_found"] = True
    except Exception:
        log.exception("no answer")
        result[{}] = True
    return result
"""


def test_a_failure_that_is_told_as_a_foreseen_answer_is_another_story() -> None:
    assert "told as `NotFound` is" in one(TOLD.format('"not_found"'), "BC102").message
    assert one(TOLD.format('"failed"'), "BC102").severity == "note"
    recorded = TOLD.replace("NotFound:", "NotFound:\n        log.info('no')").format('"not_found"')
    assert one(recorded, "BC102").severity == "note"
