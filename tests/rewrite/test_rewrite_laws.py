"""Laws of the small codemods, over generated programs that are run before and after."""

from __future__ import annotations

import ast
import logging
import re
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcatch.rewrite.apply import apply_edits
from broadcatch.rewrite.codemods.batch import BatchWanted
from broadcatch.rewrite.codemods.cancellation import CancellationWanted
from broadcatch.rewrite.codemods.re_raise import ReRaiseWanted
from broadcatch.rewrite.codemods.traceback import TracebackWanted
from broadcatch.rewrite.codemods.useless import UselessWanted
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import BareWanted, ChainWanted, Plan, Wanted

ERRORS = ("KeyError", "ValueError", "OSError")
INJECTED = (KeyError, ValueError, OSError, RuntimeError, KeyboardInterrupt)

ERROR = st.sampled_from(ERRORS)
CAUGHT = st.sampled_from((*ERRORS, "(KeyError, OSError)", "Exception"))
BOUND = st.sampled_from(("", " as e", " as error"))
STEP = st.sampled_from(("step()", "x = step()", "e = step()", "text = '''a\n  b'''  # as it is", "note(1)"))
SAYING = st.sampled_from(
    (
        "log.error(f'it failed: {e}')",
        "log.error('it failed: %s', e)",
        "log.warning('step %s failed (%s)', 1, e)",
        "log.error('it failed: ' + str(e))",
        "log.critical('it failed: {}'.format(e))",
        "log.error('it failed: %s' % e)",
        "log.error(e)",
        "log.info('nothing of it')",
        "log.error(\n    'it failed: %s',\n    e,\n)",
    )
)
RAISING = st.one_of(
    st.just("raise"),
    st.just("raise e"),
    st.just("raise e.with_traceback(e.__traceback__)"),
    st.just("if step(): raise e"),
    ERROR.map(lambda error: f"raise {error}('new')"),
)


def indented(lines: list[str]) -> str:
    """The statements one level deeper, a text over several lines as it is."""
    found = []
    for statement in lines:
        inside = False
        for line in statement.split("\n"):
            found.append(line if inside else f"    {line}")
            inside = inside != (line.count("'''") == 1)
    return "\n".join(found)


def tries(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A `try` around statements of `inner`: clauses that do something and clauses that do nothing."""
    block = st.lists(inner, min_size=1, max_size=2)
    busy = st.builds(
        lambda caught, say, more: f"except {caught} as e:\n{indented([say, *more])}",
        CAUGHT,
        SAYING,
        st.lists(st.one_of(inner, RAISING), max_size=2),
    )
    idle = st.builds(lambda caught, bound: f"except {caught}{bound}:\n    raise{bound[3:]}", CAUGHT, BOUND)

    def whole(body: list[str], clauses: list[str], other: list[str], final: list[str]) -> str:
        parts = (("else", other), ("finally", final))
        ends = [f"{word}:\n{indented(block)}" for word, block in parts if block]
        return "\n".join([f"try:\n{indented(body)}", *clauses, *ends])

    return st.builds(
        whole,
        block,
        st.lists(st.one_of(busy, idle), min_size=1, max_size=3),
        st.one_of(st.just([]), block),
        st.one_of(st.just([]), st.just([]), block),
    )


STATEMENT = st.recursive(STEP, tries, max_leaves=8)
PROGRAM = st.lists(st.one_of(tries(STATEMENT), STATEMENT), min_size=1, max_size=2).map(
    lambda body: f"import logging\n\nlog = logging.getLogger('laws')\n\n\ndef run():\n{indented(body)}\n"
)


def useless_clauses(tree: ast.AST) -> list[int]:
    """The clauses that only raise again and whose errors no clause behind them would take."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
            for at, clause in enumerate(node.handlers):
                only = len(node.handlers) == 1 or all(map(_is_idle, node.handlers[at:]))
                if _is_idle(clause) and only:
                    found.append(clause.lineno)
    return found


def _is_idle(clause: ast.ExceptHandler) -> bool:
    first = clause.body[0]
    if not isinstance(first, ast.Raise) or len(clause.body) > 1:
        return False
    return first.exc is None or (isinstance(first.exc, ast.Name) and first.exc.id == clause.name)


def everything(text: str) -> list[Wanted]:
    """All that the small codemods that keep the meaning can be asked for."""
    tree = ast.parse(text)
    wanted: list[Wanted] = [UselessWanted(line) for line in useless_clauses(tree)]
    for clause in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)):
        wanted.append(BareWanted(clause.lineno, reraises=True))
        for node in ast.walk(clause):
            if isinstance(node, ast.Raise):
                wanted += [
                    ReRaiseWanted(node.lineno, node.col_offset),
                    ChainWanted(node.lineno, node.col_offset),
                ]
        for statement in clause.body:
            call = statement.value if isinstance(statement, ast.Expr) else None
            name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
            if name.startswith("log."):
                wanted.append(
                    TracebackWanted(statement.lineno, name, f"logging.getLogger().{name[4:]}", clause.lineno)
                )
    return list(dict.fromkeys(wanted))


def rewritten(text: str, wanted: list[Wanted]) -> tuple[str, Plan]:
    made = plan(text, "a.py", wanted)
    return carry_out(text, made.rewrites), made


@dataclass(frozen=True)
class Run:
    """What a program did: the calls it made, what it ended with, and its log without messages' endings."""

    ending: str
    words: str
    done: tuple[str, ...]
    levels: tuple[str, ...]


class Records(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record)


def run(text: str, failing: int, kind: type[BaseException]) -> tuple[Run, list[logging.LogRecord]]:
    """Runs the program with its step number `failing` raising `kind`."""
    done: list[str] = []

    def step() -> bool:
        done.append("step")
        if len(done) == failing:
            raise kind("injected")
        return len(done) % 2 == 0

    records, log = Records(), logging.getLogger("laws")
    log.addHandler(records)
    log.propagate = False
    ending = words = ""
    try:
        space = {"step": step, "note": done.append}
        exec(compile(text, "program", "exec"), space)
        space["run"]()  # type: ignore[operator]
    except BaseException as error:  # noqa: BLE001 - whatever the program ends with is compared
        ending, words = type(error).__name__, str(error)
    finally:
        log.removeHandler(records)
    levels = tuple(one.levelname for one in records.kept)
    return Run(ending, words, tuple(map(str, done)), levels), records.kept


@settings(max_examples=120)
@given(PROGRAM, st.integers(1, 4), st.sampled_from(INJECTED))
def test_what_is_safe_does_the_same_for_every_error_and_only_the_log_gains(
    text: str, failing: int, kind: type[BaseException]
) -> None:
    after, made = rewritten(text, everything(text))
    assert {one.safety for one in made.rewrites} <= {"safe"}
    was, old = run(text, failing, kind)
    now, new = run(after, failing, kind)
    assert now == was
    for before, behind in zip(old, new, strict=True):
        assert behind.exc_info or not before.exc_info
        if not behind.exc_info:
            assert behind.getMessage() == before.getMessage()
        else:
            told = f"{behind.getMessage()} {behind.exc_info[1]!r} {behind.exc_info[1]}"
            assert all(word in told for word in re.findall(r"\w+", before.getMessage()))


@settings(max_examples=50)
@given(PROGRAM)
def test_they_parse_and_a_second_run_changes_nothing(text: str) -> None:
    after, _ = rewritten(text, everything(text))
    again, second = rewritten(after, everything(after))
    logged = {one.line for one in second.rewrites if one.kind == "traceback"}
    assert [one for one in second.rewrites if one.kind != "traceback"] == []
    assert again == after or logged


@settings(max_examples=50)
@given(PROGRAM, st.data())
def test_each_choice_of_them_is_whole_and_every_line_outside_stays(text: str, data: st.DataObject) -> None:
    made = plan(text, "a.py", everything(text))
    chosen = [one for one in made.rewrites if data.draw(st.booleans())]
    after = carry_out(text, chosen)
    assert after == apply_edits(text, [edit for one in chosen for edit in one.edits])
    touched = {
        line for one in chosen for edit in one.edits for line in range(edit.span.line, edit.span.end_line + 1)
    }
    kept = [line for number, line in enumerate(text.split("\n"), 1) if number not in touched]
    lines = iter(after.split("\n"))
    assert all(line in lines for line in kept)


GATHERING = st.builds(
    lambda checks, caught: (
        "import asyncio\n\n\nasync def run(xs):\n"
        "    results = await asyncio.gather(*xs, return_exceptions=True)\n"
        + "".join(f"    for one in results:\n        if {check}:\n            continue\n" for check in checks)
        + f"    try:\n        await step()\n    except {caught}:\n        pass\n    return results\n"
    ),
    st.lists(
        st.sampled_from(("isinstance(one, Exception)", "not isinstance(one, (int, Exception))")),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(
        ("BaseException", "(asyncio.CancelledError, ValueError)", "(ValueError, asyncio.CancelledError, int)")
    ),
)


@settings(max_examples=30)
@given(GATHERING)
def test_cancellations_and_batches_compile_and_are_done_once(text: str) -> None:
    def wanted(of: str) -> list[Wanted]:
        lines = of.split("\n")
        clause = next(at for at, line in enumerate(lines, 1) if line.startswith("    except"))
        check = next(at for at, line in enumerate(lines, 1) if "isinstance" in line)
        return [BatchWanted(5, "check", check), CancellationWanted(clause)]

    after, made = rewritten(text, wanted(text))
    assert len(made.rewrites) == 2
    compile(after, "after", "exec")
    assert "Exception" not in after.replace("BaseException", "").replace("return_exceptions", "")
    assert after.count("except asyncio.CancelledError:\n        raise\n") == 1
    assert [one.kind for one in plan(after, "a.py", [wanted(text)[0]]).rewrites] == []
