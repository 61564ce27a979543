"""Which clauses stand above a function?"""

from __future__ import annotations

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.callers import Callers
from broadcatch.raises.upwards.climbing import climbed

TEXT = """\
def low():
    raise ValueError


def middle():
    try:
        low()
    except KeyError:
        pass


def high():
    try:
        middle()
    except Exception:
        pass


def highest():
    try:
        high()
    except Exception:
        pass
"""


@pytest.fixture
def climb(tmp_path):
    """The clauses above a function of a file with this text, and what is said of the way."""

    def climb(text, name, most=50):
        file = tmp_path / "x.py"
        file.write_text(text, encoding="utf-8")
        engine = Engine(Project(tmp_path))
        found = climbed(Callers(engine, [file]), engine.project.module_at(file).by_qualname[name], most)
        return [line for _, line in found.clauses], found.cut, [one.qualname for one in found.unnamed]

    return climb


def test_the_way_leads_past_narrow_clauses_up_to_the_first_that_takes_everything(climb):
    assert climb(TEXT, "low") == ([8, 15], False, [])


def test_a_clause_that_raises_again_lets_the_way_go_on(climb):
    again = TEXT.replace("    except Exception:\n        pass", "    except Exception:\n        raise", 1)
    assert climb(again, "low") == ([8, 15, 22], False, [])


def test_the_clauses_of_the_function_itself_are_not_above_it(climb):
    assert climb(TEXT, "highest") == ([], False, [])


def test_what_is_not_looked_at_is_said(climb):
    assert climb(TEXT, "low", most=1) == ([8], True, [])


def test_functions_that_call_each_other_are_looked_at_once(climb):
    circle = "def a(n):\n    b(n)\n\n\ndef b(n):\n    a(n)\n\n\n"
    circle += "def c():\n    try:\n        a(1)\n    except Exception:\n        pass\n"
    assert climb(circle, "b") == ([12], False, [])


def test_python_calls_some_functions_without_a_name(climb):
    text = "class A:\n    def __len__(self):\n        raise ValueError\n\n"
    text += "    def __init__(self):\n        pass\n"
    assert climb(text, "A.__len__") == ([], False, ["A.__len__"])
    assert climb(text, "A.__init__") == ([], False, [])
