"""Whether callers in the same file ask of an answer if there is one, and what a clause calls does."""

from __future__ import annotations

import ast

import pytest

from broadcatch.facts.read import read_facts
from broadcatch.source.callers import asks_answer, asks_next

LOAD = "def load(path): pass\n"


@pytest.mark.parametrize(
    "call",
    [
        "if load(1) is None:\n    pass",
        "found = load(1)\nif not found:\n    pass",
        "if (found := load(1)) is not None:\n    pass",
        "found = load(1) or 'x'",
        "found = load(1)\nif found is MISSING:\n    pass",
        "while load(1):\n    pass",
    ],
)
def test_a_test_at_once_asks_whether_there_is_an_answer(call: str) -> None:
    assert asks_answer("load", ast.parse(f"{LOAD}{call}"))


def test_a_call_of_what_other_files_define_is_not_looked_at() -> None:
    assert not asks_answer("load", ast.parse("if load(1) is None:\n    pass"))


@pytest.mark.parametrize(
    "call",
    [
        "found = load(1)\nuse(found)\nif found:\n    pass",
        "use(load(1))",
        "if load(1) > 3:\n    pass",
        "if load(1):\n    pass\nuse(load(2))",
        "pass",
    ],
)
def test_an_answer_that_is_used_is_not_asked(call: str) -> None:
    assert not asks_answer("load", ast.parse(f"{LOAD}{call}"))


NEXT = """
def one(path): pass
def two(path): pass
def run(path):
    found = one(path)
    if found is not None:
        return found
    found = two({})
    if found is None:
        raise ValueError
    return found
"""


def test_another_is_asked_for_the_same_when_one_has_nothing() -> None:
    assert asks_next("one", ast.parse(NEXT.format("path")))
    assert not asks_next("one", ast.parse(NEXT.format("other")))


def test_what_a_clause_calls_by_a_statement_is_looked_into() -> None:
    text = """
class Job:
    def run(self):
        try:
            work()
        except Exception:
            self.fail_with(1)
            value = self.other()

    def fail_with(self, code):
        self.code = code
        logger.error("x", exc_info=True)
        if code:
            return
        logger.info("y")

    def other(self):
        logger.info("z")
"""
    (handler,) = read_facts(text, "a.py").handlers
    assert [(name, [call.name for call in calls]) for name, calls in handler.callees] == [
        ("self.fail_with", ["logger.error"])
    ]
