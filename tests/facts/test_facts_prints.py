"""What is a handler recognised by, whatever formats it and whatever Python reads it?"""

from __future__ import annotations

import pytest

from broadcatch.facts.read import read_facts

CODE = """
def load(url):
    try:
        rows = [a for a in parse('x', url)]
        del (a, b)
    except Exception as error:
        return {}
    finally:
        close()
"""


def prints(code: str) -> list[tuple[str, str]]:
    return [(one.text, one.words) for one in read_facts(code, "a.py").prints]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'x'", '"x"'),
        ("'x'", "('x')"),
        ("url)]", "url,)]"),
        ("'x', url", "\n            'x',\n            url,\n        "),
        ("(a, b)", "a, b"),
        ("    return {}", "    # nothing\n        return {}  # at all"),
        ("def load(url):", "@cached\nasync def fetch(url, *more: int) -> None:"),
    ],
)
def test_what_a_formatter_does_changes_nothing(before, after):
    assert before in CODE
    assert prints(CODE.replace(before, after)) == prints(CODE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'x'", "'y'"),
        ("Exception as", "OSError as"),
        ("{}", "[]"),
        ("close()", "close(1)"),
        ("parse", "read"),
    ],
)
def test_what_a_person_does_changes_the_text(before, after):
    assert not {one for one, _ in prints(CODE.replace(before, after))} & {one for one, _ in prints(CODE)}


def test_the_lines_are_those_of_the_whole_try():
    (one,) = read_facts(CODE, "a.py").prints
    assert (one.line, one.first, one.last, one.column) == (6, 3, 9, 4)


def test_syntax_that_is_newer_than_this_python_elsewhere_in_the_file_changes_nothing():
    newer = (
        CODE + "\n\ndef later():\n    try:\n        x()\n    except ValueError, TypeError:\n        raise\n"
    )
    assert set(prints(newer)) >= set(prints(CODE))
