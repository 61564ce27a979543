"""What a comment, an exit status or a question shows to be meant so is a note."""

from __future__ import annotations

import pytest

from broadcatch.lint.deliberate import explains
from tests.rules.tools import findings

MEANT = [
    ("items.save()", "# the queue is sent later, after the commit\n        logger.exception('no')"),
    ("return fetch(1)", "# nothing is stored yet, just ignore it\n        return None"),
    ("session.add(row)", "logger.exception('no')\n        session.rollback()"),
    ("is_hex = decode(text)", "is_hex = False"),
    ("connect(host)", "print(error)\n        if not click.confirm('keep it?'):\n            ask()"),
]


@pytest.mark.parametrize(("tried", "handled"), MEANT)
def test_what_the_code_itself_explains_is_a_note(tried: str, handled: str) -> None:
    code = f"def save_all():\n    try:\n        {tried}\n    except Exception as error:\n        {handled}\n"
    assert {one.severity for one in findings(code)} == {"note"}


def test_code_of_others_is_a_note_whatever_the_rule() -> None:
    code = "try:\n    work()\nexcept:\n    pass\n"
    assert {one.severity for one in findings(code, path="app/_vendor/six.py")} == {"note"}
    assert "note" not in {one.severity for one in findings(code, path="app/vendors.py")}


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("# the caller has printed it already", True),
        ("# noqa: BLE001 and some more words", False),
        ("# TODO: should not happen at all", False),
        ("# pragma: no cover", False),
        ("# best effort", False),
    ],
)
def test_a_comment_explains_by_words_of_its_own(comment: str, says: bool) -> None:
    assert explains(comment) is says
