"""Laws of the codemods, over generated programs."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import JSON, raises

from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import BareWanted, NarrowWanted, Plan, Wanted

ERRORS = ("KeyError", "ValueError", "OSError", "RuntimeError")
NAMES = ("exc", "err")

NAME = st.sampled_from(NAMES)
CLASSES = st.lists(st.sampled_from((*ERRORS, "Exception")), max_size=2, unique=True).map(
    lambda names: names or ["Exception"]
)
HEADER = st.one_of(
    st.just("except:"),
    st.builds(
        lambda names, bound: (
            f"except {names[0] if len(names) == 1 else '(' + ', '.join(names) + ')'}{bound}:"
        ),
        CLASSES,
        st.one_of(st.just(""), NAME.map(lambda name: f" as {name}")),
    ),
)
SIMPLE = st.one_of(
    st.just("step()"),
    st.just("raise"),
    st.sampled_from(ERRORS).map(lambda error: f"raise {error}('new')"),
    st.sampled_from(ERRORS).map(lambda error: f"if step(): raise {error}"),
    st.sampled_from(ERRORS).map(lambda error: f"raise {error}(\n    'new',  # why\n)"),
    NAME.map(lambda name: f"{name} = step()"),
    NAME.map(lambda name: f"note({name})"),
    NAME.map(lambda name: f"del {name}"),
    NAME.map(lambda name: f"note((lambda: {name})())"),
    NAME.map(lambda name: f"note([{name} for {name} in (1, 2)])"),
)


def indented(lines: list[str]) -> str:
    text = "\n".join(lines)
    return "\n".join(f"    {line}" for line in text.split("\n"))


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    block = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda body: f"if step():\n{indented(body)}", block),
        st.builds(
            lambda body, other: f"for item in (1, 2):\n{indented(body)}\nelse:\n{indented(other)}",
            block,
            block,
        ),
        st.builds(
            lambda body, header, handler: f"try:\n{indented(body)}\n{header}\n{indented(handler)}",
            block,
            HEADER,
            block,
        ),
        st.builds(
            lambda body, header, handler, final: (
                f"try:\n{indented(body)}\n{header}\n{indented(handler)}\nfinally:\n{indented(final)}"
            ),
            block,
            HEADER,
            block,
            block,
        ),
    )


STATEMENT = st.recursive(SIMPLE, compound, max_leaves=12)
TRY = st.builds(
    lambda header, handler: f"try:\n    step()\n{header}\n{indented(handler)}",
    HEADER,
    st.lists(STATEMENT, min_size=1, max_size=3),
)
PROGRAM = st.lists(st.one_of(TRY, TRY, STATEMENT), min_size=1, max_size=3).map(
    lambda body: f'"""Doc."""\n\nimport os\n\n\ndef run():\n{indented(body)}\n'
)


def with_bare(text: str) -> list[Wanted]:
    lines = [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    return [*raises(text), *(BareWanted(line) for line in lines)]


def with_narrow(text: str) -> list[Wanted]:
    lines = [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    replacement = "(KeyError, json.JSONDecodeError)"
    return [*raises(text), *(NarrowWanted(line, replacement, (JSON,)) for line in lines)]


def rewritten(text: str, wanted: list[Wanted]) -> tuple[str, Plan]:
    made = plan(text, "a.py", wanted)
    return carry_out(text, made.rewrites), made


@dataclass(frozen=True)
class Ending:
    """How a run ended: the exception with its class, words and causes, and what was done before."""

    error: str
    words: str
    context: str
    done: tuple[str, ...]


class Injected(Exception):
    """What a failing step raises."""


def endings(text: str, failing: int, kind: type[BaseException]) -> tuple[Ending, BaseException | None]:
    """Runs the program with its step number `failing` raising `kind`."""
    done: list[str] = []

    def step() -> bool:
        done.append("step")
        if len(done) == failing:
            raise kind("injected")
        return len(done) % 2 == 0

    space = {"step": step, "note": lambda value: done.append(type(value).__name__)}
    exec(compile(text, "program", "exec"), space)
    try:
        space["run"]()  # type: ignore[operator]
    except BaseException as error:  # noqa: BLE001 - whatever the program ends with is compared
        context = type(error.__context__).__name__
        return Ending(type(error).__name__, str(error), context, tuple(done)), error
    return Ending("", "", "", tuple(done)), None


@settings(max_examples=150, deadline=None)
@given(PROGRAM, st.sampled_from([with_bare, with_narrow]))
def test_rewrites_together_compile_and_a_second_run_changes_nothing(
    text: str, wanted: Callable[[str], list[Wanted]]
) -> None:
    after, made = rewritten(text, wanted(text))
    compile(after, "after", "exec")
    again, second = rewritten(after, wanted(after))
    assert second.rewrites == ()
    assert again == after
    assert (unified("a.py", text, after) == "") == (made.rewrites == ())


@settings(max_examples=400, deadline=None)
@given(
    PROGRAM,
    st.integers(1, 3),
    st.sampled_from([KeyError, ValueError, OSError, Injected, KeyboardInterrupt, StopIteration]),
)
def test_a_chained_program_ends_with_the_same_error_and_only_gains_causes(
    text: str, failing: int, kind: type[BaseException]
) -> None:
    after, made = rewritten(text, list(raises(text)))
    assert {rewrite.safety for rewrite in made.rewrites} <= {"safe"}
    before_ending, old = endings(text, failing, kind)
    after_ending, new = endings(after, failing, kind)
    assert after_ending == before_ending
    while old is not None and new is not None:
        assert type(new) is type(old)
        assert old.__cause__ is None
        assert new.__cause__ in (None, new.__context__)
        old, new = old.__context__, new.__context__


@settings(max_examples=100, deadline=None)
@given(PROGRAM, st.integers(1, 5), st.sampled_from([KeyError, Injected, KeyboardInterrupt, SystemExit]))
def test_a_bare_clause_named_with_the_same_meaning_changes_nothing(
    text: str, failing: int, kind: type[BaseException]
) -> None:
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    after, made = rewritten(text, [BareWanted(node.lineno, reraises=True) for node in handlers])
    assert len(made.rewrites) == sum(node.type is None for node in handlers)
    assert endings(after, failing, kind)[0] == endings(text, failing, kind)[0]
