"""Laws of translate and worker, over generated programs and whatever fails in them."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rewriting import PATH, clause
from test_rewrite_retrying import Gone, Seen, Stop, ran

from broadcatch.model.fixing import RESIDUAL
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.structural import Cause, TranslateWanted, Turned, WorkerWanted
from broadcatch.rewrite.values import Spelled

HEAD = "import logging\n\nlogger = logging.getLogger('shop')\n\n\n"
BODIES = [
    "            pass",
    "            return None",
    "            logger.error('no')",
    "            # it is gone\n            undo()",
    "            undo()\n            raise RuntimeError('no')",
    "            undo()\n            logger.warning('no')\n            return None",
]
PROGRAMS = st.builds(
    lambda bound, earlier, body, end: (
        f"{HEAD}def run(step, undo):\n    for one in range(2):\n        try:\n            step(one)\n"
        f"{earlier}        except Exception{bound}:\n{body}\n{end}    return 'end'\n"
    ),
    st.sampled_from(["", " as e", " as error"]),
    st.sampled_from(["", "        except TypeError:\n            return 'type'\n"]),
    st.sampled_from(BODIES),
    st.sampled_from(["", "        else:\n            undo()\n", "        finally:\n            step(9)\n"]),
)


class Broken(Exception):
    """The project's word for it."""


class Late(Broken):
    """A nearer word."""


LATE, BROKEN = (Spelled(one, f"shop.errors.{one}", "shop.errors", one) for one in ("Late", "Broken"))
ERROR = Spelled("KeyError", "KeyError")
LOOKUP = Spelled("LookupError", "LookupError")
CAUSES = (
    Cause((ERROR,), (Turned(LATE, "exc.args[0] == 1"), Turned(BROKEN))),
    Cause((LOOKUP, Spelled("OSError", "OSError")), (Turned(BROKEN),)),
)
FAILING = [KeyError, IndexError, ConnectionError, TypeError, ZeroDivisionError, KeyboardInterrupt]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def translated(text: str) -> str:
    made = plan(text, PATH, [TranslateWanted(clause(text), CAUSES, safety="unsafe")])
    assert made.refused == ()
    return carry_out(text, made.rewrites)


def ended(text: str, failing: int, kind: type[BaseException]) -> tuple[list[object], object]:
    """What was done when the step for one item fails, and the result or the error."""
    done: list[object] = []

    def step(one: int) -> None:
        done.append(one)
        if one == failing:
            raise kind(one)

    text = text.replace("from shop.errors import Broken, Late\n", "")
    space = {"Broken": Broken, "Late": Late}
    exec(compile(text, "program", "exec"), space)
    try:
        return done, space["run"](step, lambda: done.append("undo"))  # type: ignore[operator]
    except BaseException as error:  # noqa: BLE001 - whatever the program ends with is looked at
        return done, error


@given(PROGRAMS, st.integers(0, 1), st.sampled_from(FAILING))
def test_each_cause_becomes_its_word_and_all_else_leaves_as_it_came(text, failing, kind) -> None:
    after = translated(text)
    done, end = ended(after, failing, kind)
    if kind is TypeError and "except TypeError" in text:
        assert end == "type"
    elif issubclass(kind, LookupError | OSError):
        assert type(end) is (Late if kind is KeyError and failing == 1 else Broken)
        assert isinstance(end, Broken)
        assert type(end.__cause__) is kind
    else:
        assert type(end) is kind
    undoes = "undo()" in text.partition("except Exception")[2].partition("        else:")[0]
    if undoes and isinstance(end, Exception):
        assert done.count("undo") >= 1


@given(PROGRAMS)
def test_a_program_that_does_not_fail_does_what_it_did(text) -> None:
    assert ended(translated(text), 5, KeyError) == ended(text, 5, KeyError)


@given(PROGRAMS)
def test_what_stands_outside_of_the_clause_stays(text) -> None:
    before, after = text.split("\n"), translated(text).split("\n")
    first = clause(text) - 1
    assert [one for one in before[:first] if one] == [
        one for one in after[: after.index(before[first - 1]) + 1] if one and "shop.errors" not in one
    ]
    assert after[-2:] == before[-2:]
    assert [one for one in after if RESIDUAL in one]
    assert len(ast.parse("\n".join(after)).body) == len(ast.parse(text).body) + 1


WORKERS = st.builds(
    lambda bound, wait, end: (
        f"import time\n{HEAD}def run(step):\n    while True:\n        try:\n            step()\n"
        f"        except Exception{bound}:\n            logger.error('no')\n{wait}{end}"
    ),
    st.sampled_from(["", " as e"]),
    st.sampled_from(["", "            time.sleep(9)\n", "            continue\n"]),
    st.sampled_from(
        [
            "",
            "        else:\n            logger.info('one')\n",
            "        finally:\n            logger.info('x')\n",
        ]
    ),
)
OUTCOMES = st.lists(st.sampled_from([None, ConnectionError, ConnectionResetError, Gone]), max_size=14)
CONNECTION = (Spelled("ConnectionError", "ConnectionError"),)


def expected(outcomes: Sequence[type[Exception] | None]) -> tuple[int, list[int], type[Exception]]:
    """How many turns there are, how long each failure waits, and what ends the worker."""
    failures, waits = 0, []
    for number, one in enumerate([*outcomes, Stop], 1):
        failures = failures + 1 if one is not None else 0
        if one is not None and (failures > 5 or not issubclass(one, ConnectionError)):
            return number, waits, one
        waits += [2**failures] if one is not None else []
    raise AssertionError("the last outcome ends it")


@given(WORKERS, OUTCOMES)
def test_a_worker_waits_longer_with_each_failure_in_a_row_and_ends_on_the_sixth_or_another(
    text, outcomes
) -> None:
    made = plan(text, PATH, [WorkerWanted(clause(text), CONNECTION, safety="unsafe")])
    assert made.refused == ()
    attempts, waits, error, words = ran(carry_out(text, made.rewrites), outcomes)
    assert (attempts, waits, error) == expected(outcomes)
    assert words == (attempts,)


def test_what_the_law_expects_is_what_is_meant() -> None:
    assert expected([None, ConnectionError, None]) == (4, [2], Stop)
    assert expected([ConnectionError] * 9) == (6, [2, 4, 8, 16, 32], ConnectionError)
    assert Seen([]).attempts == 0
