"""Functions of the same file that never return end a way through a handler as they end."""

from __future__ import annotations

import pytest

from tests.judging import outcome_of, verdict_of_module

HELPERS = """\
import sys
from os import abort as bye
def fail(text):
    raise ValueError(text)
def wrap(error):
    note()
    raise ValueError("x") from error
def again(error):
    raise error
def once_more():
    raise
def leave():
    print("bye")
    sys.exit(1)
def perhaps(x):
    if x:
        return
    raise ValueError
def abstract():
    raise NotImplementedError
def generate():
    yield 1
    raise ValueError
async def later():
    raise ValueError
@contextmanager
def decorated():
    raise ValueError
class Errors:
    @staticmethod
    def fail():
        raise ValueError
def either(error):
    if error.args:
        raise
    elif x:
        raise ValueError
    else:
        raise KeyError from error
def one_arm(x):
    if x:
        raise ValueError
    elif y:
        raise KeyError
def leave_or_raise(x):
    if x:
        bye()
    else:
        raise ValueError
def two_calls(x):
    if x:
        sys.exit()
    else:
        print()
def says(text) -> NoReturn:
    kill(text)
def says_in_text(text) -> "t.Never":
    while True:
        pass
def says_and_exits(text) -> typing.NoReturn:
    sys.exit(text)
def at_last(text):
    try:
        tidy()
    finally:
        sys.exit(1)
def through():
    fail("x")
def through_exit():
    leave()
def through_wrap(error):
    wrap(error)
def round():
    round()
"""


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("fail('x')", "translated"),
        ("fail('x')\nreturn 0", "translated"),
        ("return fail('x')", "translated"),
        ("wrap(e)", "chained"),
        ("wrap(None)", "translated"),
        ("again(e)", "reraised"),
        ("once_more()", "reraised"),
        ("leave()", "exits"),
        ("Errors.fail()", "translated"),
        ("either(e)", "translated"),
        ("one_arm(1)", "dropped"),
        ("leave_or_raise(1)", "exits"),
        ("two_calls(1)", "dropped"),
        ("says('x')", "translated"),
        ("says_in_text('x')", "translated"),
        ("says_and_exits('x')", "exits"),
        ("at_last(1)", "exits"),
        ("through()", "translated"),
        ("through_exit()", "exits"),
        ("through_wrap(e)", "translated"),
        ("round()", "dropped"),
        ("perhaps(1)", "dropped"),
        ("abstract()", "dropped"),
        ("generate()", "dropped"),
        ("later()", "dropped"),
        ("decorated()", "dropped"),
        ("try:\n    fail('x')\nexcept Exception:\n    return 0", "fallback"),
        ("if a:\n    fail('x')", "dropped"),
    ],
)
def test_a_function_that_never_returns(call: str, outcome: str) -> None:
    assert outcome_of(call, head=HELPERS) == outcome


def test_a_method_that_never_returns_and_the_one_of_another_class() -> None:
    code = (
        "class C:\n    def _fail(self):\n        raise ValueError\n    def run(self):\n"
        "        try:\n            work()\n        except Exception:\n            self.{}()\n"
    )
    assert verdict_of_module(code.format("_fail")).outcome == "translated"
    assert verdict_of_module(code.format("_other")).outcome == "dropped"


MIXIN = """\
class Failing:
    def fail(self, text):
        raise ValueError(text)

class Other(Failing):
{own}
    def f(self):
        try:
            work()
        except Exception as e:
            self.fail(e)
            return 0
"""


def test_a_method_of_a_base_class_of_the_same_file_ends_a_way() -> None:
    assert verdict_of_module(MIXIN.format(own="    x = 1")).outcome == "translated"


def test_a_method_that_the_class_has_itself_is_the_one_that_counts() -> None:
    own = "    def fail(self, text):\n        self.failed = text"
    assert verdict_of_module(MIXIN.format(own=own)).outcome != "translated"
