"""A comment for broadcatch is heard in a file that holds nothing else for it."""

from __future__ import annotations

from broadcatch.api import check_source
from broadcatch.config.options import Config


def codes(text: str) -> list[tuple[int, str]]:
    result = check_source(text.encode(), "app/x.py", Config(cache=False))
    return [(one.span.line, one.code) for one in result.findings]


def test_our_comment_in_a_file_without_handlers_is_unused():
    assert codes("import a\nx = 1  # broadcatch: ignore[BC102] old\n") == [(2, "BC901")]


def test_those_of_other_tools_are_not_looked_for_there():
    assert codes("import a  # noqa: BLE001\nx = 1  # pylint: disable=broad-except\n") == []


def test_the_words_in_a_string_are_no_comment():
    assert codes('x = "# broadcatch: ignore[BC102]"\n') == []


def test_findings_about_comments_stand_in_the_order_of_the_text():
    text = "x = 1  # broadcatch: ignore[BC102]\ntry:\n    go()\nexcept Exception:\n    x = 1\n"
    assert [line for line, _ in codes(text)] == sorted(line for line, _ in codes(text))
    assert codes(text)[0] == (1, "BC901")
