"""What stands before and after a `try`: names that had a value, and names that are only asked for."""

from __future__ import annotations

from broadcatch.facts.read import read_facts
from broadcatch.model.facts import Handler


def handler(text: str) -> Handler:
    (found,) = (one for one in read_facts(text, "a.py").handlers if one.deep)
    return found


ASKED = """
def run(self, size):
    text = None
    try:
        text, rest, size = self.read()
        {body}
    except Exception:
        rest = None
    {after}
"""


def made(body: str = "pass", after: str = "return 1") -> Handler:
    return handler(ASKED.format(body=body, after=after))


def test_names_bound_before_the_try_are_told_and_parameters_too() -> None:
    assert made().before == ("size", "text")


def test_a_name_of_another_function_is_not_bound_before() -> None:
    assert (
        handler("x = 1\ndef f():\n    try:\n        x = g()\n    except Exception:\n        pass\n").before
        == ()
    )


def test_a_name_whose_truth_is_asked_after_is_only_asked() -> None:
    assert made(after="if rest and not text: return 1").asked == ("rest", "text")
    assert made(after="return 1 if len(rest) == 0 else 2").asked == ("rest",)


def test_a_name_that_is_used_after_is_not() -> None:
    assert made(after="if rest: return rest").asked == ()


def test_what_a_loop_brings_back_is_not_known() -> None:
    text = ASKED.format(body="pass", after="if rest: return 1").replace("\n", "\n    ")
    assert handler(text.replace("    def run(self, size):", "while 1:")).asked == ()


def test_a_try_inside_of_another_has_its_own_neighbours() -> None:
    text = """
def run():
    a = 1
    try:
        b = 2
        try:
            a = b = c = g()
        except Exception:
            c = 3
        if c:
            pass
    except ValueError:
        raise
"""
    found = handler(text)
    assert (found.before, found.asked) == (("a", "b"), ("c",))
