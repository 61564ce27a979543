"""What holds whatever the program? Laws of the solver over generated programs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine

NAMES = (
    "ValueError",
    "KeyError",
    "OSError",
    "json.JSONDecodeError",
    "FileNotFoundError",
    "own.Mine",
    "own.Sub",
)
FUNCTIONS = ("a", "b", "c")

raises = st.sampled_from(NAMES).map(lambda name: f"if n: raise {name}")
calls = st.sampled_from(FUNCTIONS).map(lambda name: f"{name}(n)")


def _try(body: list[str], caught: str, inside: str) -> str:
    lines = "\n".join(f"    {line}" for one in body for line in one.split("\n"))
    return f"try:\n{lines}\nexcept {caught}:\n    {inside}"


simple = st.one_of(raises, calls, st.just("x.unknown()"))
statements = st.recursive(
    simple,
    lambda inner: st.builds(
        _try,
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from([*NAMES, "LookupError", "Exception"]),
        st.sampled_from(["pass", "raise", "raise OSError"]),
    ),
    max_leaves=5,
)
bodies = st.lists(statements, min_size=1, max_size=4)
programs = st.fixed_dictionaries({name: bodies for name in FUNCTIONS})


def _source(program: dict[str, list[str]], order: tuple[str, ...] = FUNCTIONS) -> str:
    parts = ["import json\nimport own\n"]
    for name in order:
        lines = "\n".join(f"    {line}" for one in program[name] for line in one.split("\n"))
        parts.append(f"def {name}(n: int, x=None):\n{lines}\n")
    return "\n".join(parts)


def _answers(source: str, ask: tuple[str, ...] = FUNCTIONS) -> dict[str, tuple[frozenset[str], bool]]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "own.py").write_text(
            "class Mine(Exception): pass\nclass Sub(Mine): pass\n", encoding="utf-8"
        )
        Path(folder, "app.py").write_text(source, encoding="utf-8")
        engine = Engine(Project(folder))
        module = engine.project.module_at("app.py")
        found = {name: engine.function_escapes(module.functions[name]) for name in ask}
    return {name: (frozenset(r.type for r in one.raised), one.closed) for name, one in found.items()}


@settings(max_examples=40, deadline=None)
@given(programs)
def test_the_order_of_questions_and_of_definitions_does_not_matter(program):
    assert _answers(_source(program), FUNCTIONS[::-1]) == _answers(_source(program, ("c", "a", "b")))


@settings(max_examples=40, deadline=None)
@given(programs, st.sampled_from(NAMES))
def test_adding_a_raise_never_shrinks_a_set(program, name):
    before = _answers(_source(program))
    after = _answers(_source({**program, "b": [f"if n: raise {name}", *program["b"]]}))
    assert all(before[one][0] <= after[one][0] for one in FUNCTIONS)


@settings(max_examples=40, deadline=None)
@given(programs, st.sampled_from(NAMES))
def test_a_handler_only_subtracts(program, caught):
    before = _answers(_source(program))
    after = _answers(_source({**program, "a": [_try(program["a"], caught, "pass")]}))
    assert after["a"][0] <= before["a"][0]


@settings(max_examples=40, deadline=None)
@given(programs)
def test_moving_a_body_into_a_function_changes_nothing(program):
    before = _answers(_source(program))
    moved = "\n".join(f"    {line}" for one in program["a"] for line in one.split("\n"))
    source = _source({**program, "a": ["moved(n, x)"]}) + f"\ndef moved(n: int, x=None):\n{moved}\n"
    after = _answers(source)
    assert after == before
