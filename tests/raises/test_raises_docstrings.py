"""Which exceptions do docstrings name, and what is made of them?"""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.raises.docstrings import documented
from tests.raises.engines import engine_of, found_in

TWO = "ValueError KeyError OSError"
GOOGLE = """Do it.

Raises:
    ValueError: if it is wrong
    KeyError, OSError: else
"""
LONGER = """Raises:
    errors.Gone: text that
        goes on: and on
    Two

Returns:
    Nothing: n
"""
NUMPY = """Raises
------
ValueError
    If wrong.
KeyError or OSError
    Else.

Notes
-----
None: x
"""
FIELDS = ":param x: y\n:raises ValueError: if\n:raise errors.Gone: if\n:except KeyError: if"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (GOOGLE, TWO),
        (LONGER, "errors.Gone Two"),
        (NUMPY, TWO),
        (FIELDS, "ValueError errors.Gone KeyError"),
        (":raises: ValueError", ""),
        (":raises :exc:`ValueError`: if", "ValueError"),
        ("Raises:\n    :class:`~pkg.errors.Gone`: if", "pkg.errors.Gone"),
        ("Raises:\n    `ValueError`: if\n    * KeyError: if\n    - OSError: if", TWO),
        ("It raises ValueError if you ask.", ""),
        ("Raises:\n    nothing at all: never", ""),
        ("Raises:\nValueError: not indented", ""),
        ("Exceptions:\n    ValueError - if", "ValueError"),
        ("", ""),
    ],
)
def test_the_sections_of_three_styles_are_read(text, names):
    assert [one.name for one in documented(text)] == names.split()


def test_the_text_and_the_row_are_kept():
    (only,) = documented("Do it.\n\nRaises:\n    ValueError: if it is wrong")
    assert (only.text, only.row) == ("if it is wrong", 3)


SOURCE = '''
    import errors
    def f(x):
        """Do it.

        Raises:
            errors.Gone: if it is gone
            ValueError: if it is wrong
            Nowhere: if not
            dict: never
        """
        return int("x")
    def g(x):
        try:
            f(x)
        except errors.Gone:
            pass
'''


def test_what_the_code_shows_is_better_evidence_and_the_rest_is_documented(tmp_path):
    found = found_in(engine_of(tmp_path, errors="class Gone(Exception): pass", app=SOURCE))
    assert {(one.type, one.evidence.kind, one.evidence.line) for one in found.raised} == {
        ("errors.Gone", "documented", 7),
        ("ValueError", "knowledge", 12),
        ("ValueError", "documented", 8),
    }


def test_a_handler_stops_what_is_documented_too(tmp_path):
    found = found_in(engine_of(tmp_path, errors="class Gone(Exception): pass", app=SOURCE), "g")
    assert [(one.type, one.evidence.kind) for one in found.raised] == [("ValueError", "knowledge")]


def test_documentation_closes_nothing(tmp_path):
    source = textwrap.dedent(SOURCE) + "def h(x):\n    ''':raises ValueError: if'''\n    return x()\n"
    found = found_in(engine_of(tmp_path, errors="", app=source), "h")
    assert [one.evidence.kind for one in found.raised] == ["documented"]
    assert not found.closed
