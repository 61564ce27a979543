"""A failure that somebody has thought of is a note; what only looks like it is not."""

from __future__ import annotations

import pytest

from tests.lint.test_lint_settled import reason, tried
from tests.rules.tools import findings

IMPORT = "try:\n    import fast\nexcept Exception:\n    {}\n"


@pytest.mark.parametrize("handled", ["fast = None", "import slow as fast", "own.say('no fast')"])
def test_an_optional_import_with_something_in_its_place_is_settled(handled: str) -> None:
    assert reason(IMPORT.format(handled)) == "only an import may fail, and something stands for it"


@pytest.mark.parametrize("handled", ["pass", "logger.warning('no fast')"])
def test_an_import_that_nothing_stands_for_is_not(handled: str) -> None:
    assert reason(IMPORT.format(handled)) == ""


FLAGGED = "try:\n    own.require('fast')\n    import fast\n    FAST = {}\nexcept Exception:\n    FAST = {}\n"


def test_a_flag_of_an_optional_import_is_settled() -> None:
    assert "flag" in reason(FLAGGED.format("True", "False"))
    assert reason(FLAGGED.format("fast.Fast()", "3")) == ""


def test_a_comment_that_says_best_effort_is_one() -> None:
    dropped = "# best effort: the summary is only shown\npass"
    work = "own.a(text)\nown.b(text)\nself.c(text)"
    assert "comment" in reason(tried(work, dropped))
    assert reason(tried(work, "# it may fail\npass")) == ""
    assert reason(tried(f"{work}\nown.save(text)", dropped)) == ""


RECOGNISED = "if 'timed out' in str(error):\n    {}\nelse:\n    raise"


def test_an_error_that_was_looked_at_and_logged_is_settled_where_others_leave() -> None:
    handled = RECOGNISED.format("logger.info('slow')")
    assert "looked at" in reason(tried("own.load(text)\nself.go()", handled))
    assert reason(tried("own.load(text)\nself.go()", handled.replace("raise", "logger.info('no')"))) == ""


def test_an_error_that_was_looked_at_and_dropped_is_not() -> None:
    assert reason(tried("own.load(text)\nself.go()", RECOGNISED.format("pass"))) == ""


def test_an_error_that_is_logged_and_leaves_on_another_path_is_settled() -> None:
    handled = "logger.error('no set-up: %s', error)\nif text:\n    {}"
    work = "self.a()\nself.b()\nself.c()"
    assert "leaves on another path" in reason(tried(work, handled.format("raise")))
    assert reason(tried(work, handled.format("self.tell()"))) == ""


def test_a_second_check_of_the_same_value_decides() -> None:
    assert "another check" in reason(tried("NumberValidator(9)(text)", "TextValidator()(text)"))
    assert reason(tried("NumberValidator(9)(text)", "TextValidator()(path)")) == ""
    assert reason(tried("own.process(text)", "own.handle_failure(text)")) == ""


def test_a_conversion_in_steps_is_settled_where_the_log_has_the_error() -> None:
    work = "made = json.dumps(text)\nself.names = json.loads(made)"
    assert "which and why" in reason(tried(work, "logger.warning('no %s: %s', text, error)"))
    assert reason(tried(work, "logger.warning('no names')")) == ""
    early = "self.names = json.dumps(text)\nmade = json.loads(self.names)"
    assert reason(tried(early, "logger.warning('no %s: %s', text, error)")) == ""


def test_removing_what_is_not_there_is_settled() -> None:
    assert "not there" in reason(tried("del text['old']", "pass"))
    assert reason(tried("del own.find(text)['old']", "pass")) == ""


DOCUMENTED = '''
def {name}(client, text):
    """Show how far it is. {says}"""
    try:
        client.put(text)
    except Exception:
        pass
'''


@pytest.mark.parametrize(
    "says", ["Best-effort.", "A hiccup must never\n    break an import.", "It never raises."]
)
def test_best_effort_that_the_docstring_promises_is_settled(says: str) -> None:
    assert "docstring" in reason(DOCUMENTED.format(name="show", says=says))


def test_best_effort_is_no_excuse_for_access_or_without_a_word() -> None:
    assert reason(DOCUMENTED.format(name="show", says="It never mind.")) == ""
    assert reason(DOCUMENTED.format(name="revoke_token_permission", says="Best-effort.")) == ""


TEST = """
def test_it(self):
    try:
        run()
    except Exception:
        {handled}
    {after}
"""


def severity(after: str, handled: str = "pass") -> set[str]:
    code = TEST.format(after=after, handled=handled)
    return {one.severity for one in findings(code, path="tests/test_it.py") if one.code == "BC102"}


def test_a_test_that_asserts_afterwards_decides_there() -> None:
    assert severity("self.assertTrue(self.told)") == severity("assert self.told") == {"note"}
    assert severity("self.stop()") == severity("assert self.told", "return") == {"warning"}


def test_a_cache_that_is_asked_is_told_by_what_is_asked() -> None:
    text = tried("found = cache.get(path)", "pass").replace("    try:", "    found = None\n    try:", 1)
    assert reason(text) == "beside the point: caches"


@pytest.mark.parametrize(
    "said",
    [
        "they will not be used: {error}",
        "continuing without it: {error}",
        "using the base instead: {error}",
        "defaulting to 3: {error}",
    ],
)
def test_a_record_says_in_many_ways_what_is_done_instead(said: str) -> None:
    text = tried("self.a()\nself.b()\nself.c()", f"logger.warning(f'No {{path}}, so '\n    f'{said}')")
    assert reason(text) == "the log says what is done instead"
