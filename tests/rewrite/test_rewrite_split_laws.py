"""Laws of splitting, over generated programs: observed, nothing that can be seen changes but the log."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import JSON
from test_rewrite_properties import PROGRAM, Injected, endings, rewritten

from broadcatch.model.fixing import RESIDUAL, STAGES, Stage
from broadcatch.rewrite.structural import SplitWanted
from broadcatch.rewrite.values import Wanted

KINDS = [KeyError, ValueError, OSError, Injected, KeyboardInterrupt, StopIteration, GeneratorExit]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def handlers(text: str) -> list[ast.ExceptHandler]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]


def is_marked(text: str, handler: ast.ExceptHandler) -> bool:
    return RESIDUAL in text.split("\n")[handler.lineno - 1]


def ends_in_raise(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def to_split(text: str, stage: Stage, replacement: str = "(KeyError, json.JSONDecodeError)") -> list[Wanted]:
    """Every clause that no split made; the others already are on a stage."""
    return [
        SplitWanted(one.lineno, stage, replacement, (JSON,))
        for one in handlers(text)
        if not is_marked(text, one)
    ]


def to_take_on(text: str, stage: Stage) -> list[Wanted]:
    """Every residual that has not reached the stage."""
    return [
        SplitWanted(one.lineno, stage)
        for one in handlers(text)
        if is_marked(text, one) and not (stage == "surface" and ends_in_raise(one))
    ]


@settings(max_examples=300, deadline=None)
@given(PROGRAM, st.integers(1, 4), st.sampled_from(KINDS))
def test_an_observed_program_does_what_it_did_whatever_fails(
    text: str, failing: int, kind: type[BaseException]
) -> None:
    after, made = rewritten(text, to_split(text, "observe"))
    assert {one.safety for one in made.rewrites} <= {"safe"}
    assert endings(after, failing, kind)[0] == endings(text, failing, kind)[0]


@settings(max_examples=150, deadline=None)
@given(PROGRAM, st.sampled_from(["observe", "surface"]))
def test_a_split_program_has_nothing_left_to_split(text: str, stage: Stage) -> None:
    after, _ = rewritten(text, to_split(text, stage))
    again, second = rewritten(after, to_split(after, stage))
    assert second.rewrites == ()
    assert again == after


@settings(max_examples=150, deadline=None)
@given(PROGRAM)
def test_every_stage_after_the_other_compiles_and_keeps_the_specific_clauses(text: str) -> None:
    reached, first = rewritten(text, to_split(text, "observe"))
    specific = [
        ast.unparse(one.type) for one in handlers(reached) if one.type and not is_marked(reached, one)
    ]
    for stage in STAGES[1:]:
        reached, made = rewritten(reached, to_take_on(reached, stage))
        compile(reached, stage, "exec")
        assert {one.safety for one in made.rewrites} <= {"unsafe"}
    if first.rewrites and RESIDUAL not in reached:
        assert [ast.unparse(one.type) for one in handlers(reached) if one.type] == specific


@settings(max_examples=100, deadline=None)
@given(PROGRAM, st.integers(1, 4), st.sampled_from([Injected, OSError]))
def test_surfacing_from_scratch_is_observing_and_surfacing(
    text: str, failing: int, kind: type[BaseException]
) -> None:
    at_once, _ = rewritten(text, to_split(text, "surface"))
    observed, _ = rewritten(text, to_split(text, "observe"))
    in_two, _ = rewritten(observed, to_take_on(observed, "surface"))
    assert endings(in_two, failing, kind)[0] == endings(at_once, failing, kind)[0]
