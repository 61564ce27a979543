"""The fold over the ways through a handler against Python itself, on random programs."""

from __future__ import annotations

import ast
from textwrap import indent

from hypothesis import HealthCheck, assume, given, settings

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge
from broadcatch.model.outcome import OUTCOMES, Verdict
from tests.judge.programs import Seen, TooManyRuns, finals, module_of, observed, plain_programs, programs
from tests.judging import handlers_of

_HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def leaves_in_finally(body: str) -> bool:
    tree = ast.parse("for x in y:\n" + indent(body, "  "))
    blocks = [node.finalbody for node in ast.walk(tree) if isinstance(node, ast.Try)]
    inside = (inner for block in blocks for last in block for inner in ast.walk(last))
    return any(isinstance(inner, ast.Return | ast.Break | ast.Continue) for inner in inside)


def verdict(body: str, final: str) -> Verdict:
    first = handlers_of(module_of(body, final))[0]
    return judge(first, "module.py", Config())


def predicted(body: str, final: str) -> set[Seen]:
    return {(path.outcome, path.record) for path in verdict(body, final).paths}


def seen(body: str, final: str) -> set[Seen]:
    try:
        return observed(body, final)
    except TooManyRuns:
        assume(False)
        raise


@settings(max_examples=400, deadline=None, suppress_health_check=_HEALTH)
@given(programs(), finals())
def test_whatever_python_does_with_the_error_is_among_the_ways(body: str, final: str) -> None:
    unseen = seen(body, final) - predicted(body, final)
    assert not unseen, f"\n{body}\nfinally: {final}"


@settings(max_examples=400, deadline=None, suppress_health_check=_HEALTH)
@given(plain_programs(), finals())
def test_the_worst_way_really_happens(body: str, final: str) -> None:
    # The fold lets every statement under an inner `finally` fail, the reference only some: where that
    # `finally` leaves, they differ on purpose.
    assume(not leaves_in_finally(body))
    happened = {outcome for outcome, _ in seen(body, final)}
    assume(happened)
    worst = max(happened, key=OUTCOMES.index)
    assert verdict(body, final).outcome == worst, f"\n{body}\nfinally: {final}"
