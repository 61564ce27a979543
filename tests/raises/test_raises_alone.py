"""Is an answer closed where only an assumption about unknown values says that nothing can come?"""

from __future__ import annotations

import ast

import pytest

from broadcatch.suggest.answer import handler_at
from tests.raises.engines import engine_of


@pytest.fixture
def asked(tmp_path):
    """Asks what can reach the last clause of the first `try` of `app.py`."""

    def answer(source: str):
        engine = engine_of(tmp_path, app=source)
        module = engine.project.module_at("app.py")
        tries = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Try))
        line = next(tries).handlers[-1].lineno
        attempt, handler = handler_at(module, line)
        return engine.reaching(attempt, handler, engine.context(module, module.function_at(line)))

    return answer


def _around(body: str) -> str:
    return f"def f(x, y):\n    try:\n        {body}\n    except Exception:\n        pass\n"


@pytest.mark.parametrize(
    "body",
    [
        "return repr(x)",
        "return f'{x}'",
        "return bool(x)",
        "return x == y",
        "return hasattr(x, 'a')",
        "print(x)",
    ],
)
def test_a_try_around_nothing_but_an_unknown_value_is_open(asked, body):
    answer = asked(_around(body))
    assert (answer.raised, answer.closed) == ((), False)


@pytest.mark.parametrize("body", ["return repr(5)", "return len('a') == 1", "return f'{1}'", "pass"])
def test_what_is_known_to_do_no_harm_stays_closed(asked, body):
    assert asked(_around(body)).closed


def test_where_something_else_can_come_out_the_assumption_holds(asked):
    answer = asked(_around("return int(str(x))"))
    assert {one.type for one in answer.raised} == {"ValueError"}
    assert answer.closed


def test_what_earlier_clauses_stop_leaves_only_the_assumption(asked):
    source = (
        "def f(x: list):\n    try:\n        return bool(x[0] == x[1])\n"
        "    except LookupError:\n        pass\n    except Exception:\n        pass\n"
    )
    assert not asked(source).closed


@pytest.mark.parametrize(
    "body", ["return proc.poll()", "return hashlib.blake2b(digest_size=16)", "return time.monotonic()"]
)
def test_what_is_only_expected_to_raise_nothing_is_open_where_a_clause_stands_around_it(asked, body):
    head = "import hashlib, subprocess, time\nproc = subprocess.Popen(['x'])\n"
    assert not asked(head + _around(body)).closed
    assert asked(head + _around(f"{body}, int(x)")).closed


def test_a_key_that_was_tested_is_open_where_a_clause_stands_around_it(asked):
    source = """
class Map:
    def __init__(self):
        self._dict: dict[str, int] = {}
    def f(self, key: str):
        if key in self._dict:
            try:
                return self._dict[key] is key
            except Exception:
                return False
"""
    answer = asked(source)
    assert (answer.raised, answer.closed) == ((), False)


def test_an_element_that_is_always_there_is_open_where_a_clause_stands_around_it(asked):
    source = "import os\ndef f(s: str):\n    parts = os.path.splitext(s)\n    try:\n        return parts[1]\n"
    answer = asked(f"{source}    except Exception:\n        pass\n")
    assert (answer.raised, answer.closed) == ((), False)
