"""What holds whatever the program? Laws of the solver over generated programs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.horizon import MOST

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
passed = st.sampled_from(FUNCTIONS).map(lambda name: f"own.run({name}, n)")
HELPERS = """
import contextlib, functools
class Mine(Exception): pass
class Sub(Mine): pass
def run(func, *args):
    try:
        return func(*args)
    except LookupError:
        raise
def same(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper
@contextlib.contextmanager
def plain():
    try:
        yield
    finally:
        pass
"""


def _try(body: list[str], caught: str, inside: str) -> str:
    lines = "\n".join(f"    {line}" for one in body for line in one.split("\n"))
    return f"try:\n{lines}\nexcept {caught}:\n    {inside}"


def _with(body: list[str], manager: str) -> str:
    lines = "\n".join(f"    {line}" for one in body for line in one.split("\n"))
    return f"with {manager}:\n{lines}"


simple = st.one_of(raises, calls, passed, st.just("x.unknown()"))
statements = st.recursive(
    simple,
    lambda inner: (
        st.builds(
            _try,
            st.lists(inner, min_size=1, max_size=3),
            st.sampled_from([*NAMES, "LookupError", "Exception"]),
            st.sampled_from(["pass", "raise", "raise OSError", "own.run(b, n)", "with own.plain(): raise"]),
        )
        | st.builds(
            _with,
            st.lists(inner, min_size=1, max_size=2),
            st.sampled_from(
                ["own.plain()", "contextlib.suppress(KeyError)", "contextlib.suppress(own.Mine)"]
            ),
        )
    ),
    max_leaves=5,
)
bodies = st.lists(statements, min_size=1, max_size=4)
programs = st.fixed_dictionaries({name: bodies for name in FUNCTIONS})


def _source(program: dict[str, list[str]], order: tuple[str, ...] = FUNCTIONS) -> str:
    parts = ["import contextlib\nimport json\nimport own\n"]
    for name in order:
        lines = "\n".join(f"    {line}" for one in program[name] for line in one.split("\n"))
        parts.append(f"def {name}(n: int, x=None):\n{lines}\n")
    return "\n".join(parts)


def _answers(
    source: str, ask: tuple[str, ...] = FUNCTIONS, most: int = MOST, **files: str
) -> dict[str, tuple[frozenset[str], bool]]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "own.py").write_text(HELPERS, encoding="utf-8")
        for name, text in files.items():
            Path(folder, f"{name}.py").write_text(text, encoding="utf-8")
        Path(folder, "app.py").write_text(source, encoding="utf-8")
        engine = Engine(Project(folder), most=most)
        module = engine.project.module_at("app.py")
        found = {name: engine.function_escapes(module.functions[name]) for name in ask}
    return {name: (frozenset(r.type for r in one.raised), one.closed) for name, one in found.items()}


@settings(max_examples=40, deadline=None)
@given(programs)
def test_the_order_of_questions_and_of_definitions_does_not_matter(program):
    assert _answers(_source(program), FUNCTIONS[::-1]) == _answers(_source(program, ("c", "a", "b")))


@settings(max_examples=60, deadline=None)
@given(programs, st.integers(0, 4))
def test_nor_does_it_where_only_few_functions_are_followed(program, most):
    source = _source(program)
    assert _answers(source, FUNCTIONS, most) == _answers(source, FUNCTIONS[::-1], most)


@settings(max_examples=60, deadline=None)
@given(programs, st.integers(0, 4))
def test_following_fewer_functions_names_no_more_and_never_closes_an_answer(program, most):
    near, whole = _answers(_source(program), most=most), _answers(_source(program))
    for name in FUNCTIONS:
        assert near[name][0] <= whole[name][0]
        assert near[name] == whole[name] or not near[name][1]


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


def _indented(body: list[str], by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" for one in body for line in one.split("\n"))


@settings(max_examples=30, deadline=None)
@given(programs, st.sampled_from(["contextlib.nullcontext()", "own.plain()", "contextlib.suppress()"]))
def test_a_manager_that_does_nothing_changes_nothing(program, manager):
    before = _answers(_source(program))
    assert _answers(_source({**program, "a": [_with(program["a"], manager)]})) == before


@settings(max_examples=30, deadline=None)
@given(programs)
def test_a_body_that_is_passed_to_who_calls_it_stays_the_same(program):
    before = _answers(_source(program))
    body = f"def body():\n{_indented(program['a'])}\nown.run(body)"
    assert _answers(_source({**program, "a": [body]})) == before


@settings(max_examples=30, deadline=None)
@given(programs)
def test_a_decorator_that_only_calls_changes_nothing(program):
    before = _answers(_source(program))
    source = _source({**program, "a": ["moved(n, x)"]})
    moved = f"\n@own.same\ndef moved(n: int, x=None):\n{_indented(program['a'])}\n"
    assert _answers(source + moved) == before


@settings(max_examples=30, deadline=None)
@given(programs)
def test_a_new_name_an_alias_and_a_way_through_another_module_change_nothing(program):
    before = _answers(_source(program))
    source = _source({**program, "a": ["other.again(n, x)"]})
    moved = f"\ndef renamed(n: int, x=None):\n{_indented(program['a'])}\nalias = renamed\n"
    after = _answers("import other\n" + source + moved, other="from app import alias as again\n")
    assert after == before


@settings(max_examples=30, deadline=None)
@given(programs, st.sampled_from(NAMES))
def test_a_finally_block_only_adds(program, name):
    before = _answers(_source(program))
    guarded = f"try:\n{_indented(program['a'])}\nfinally:\n    if n: raise {name}"
    after = _answers(_source({**program, "a": [guarded]}))
    assert before["a"][0] <= after["a"][0]


@settings(max_examples=30, deadline=None)
@given(programs)
def test_a_question_before_changes_no_answer(program):
    alone = {name: _answers(_source(program), (name,))[name] for name in FUNCTIONS}
    assert _answers(_source(program)) == alone
