"""Which exceptions do CPython's own tests provoke that no answer names? Candidates for rows, for a person.

    python -m benchmarks.mining_tests LIB/test [--python PYTHON] [--jobs 2] [--all] [--only NAME]...

LIB/test is the folder of tests of an installed CPython, or of its sources; PYTHON the environment whose
standard library they are about; NAME is a file to read (`test_struct.py`); without, all `test_*.py` are.
Asked about are `assertRaises(X, callable, ...)` and `with assertRaises(X):` around one statement: what can
that call or statement raise? A closed answer that does not name X is *refuted*; where the table speaks for
the callable and lacks X, it is *lacking*; with --all the rest is listed too (*open*). Programming errors,
warnings, and types that the tests define say nothing. Nothing is run.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lacking import Candidate, is_named, on_record, report, says_nothing
from broadcatch.program.calls import resolve_call
from broadcatch.program.environment import Environment, find_environment
from broadcatch.program.locate import is_standard
from broadcatch.program.module import Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.project import Project
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context
from broadcatch.raises.escapes import Engine

ASSERTS = ("assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "failUnlessRaises")


@dataclass(frozen=True, slots=True)
class Provoked:
    """A statement of a test that raises one of the classes of an expression."""

    statement: ast.stmt
    types: ast.expr
    function: Function | None


def provoked(module: Module) -> Iterator[Provoked]:
    """Every assertion of a test file of which it is plain what raises."""
    for node in ast.walk(module.tree) if module.tree else ():
        if isinstance(node, ast.Call) and _asserts(node) and len(node.args) > _skipped(node):
            callee, *rest = node.args[_skipped(node) :]
            call = ast.copy_location(ast.Call(callee, rest, node.keywords), node)
            yield Provoked(ast.copy_location(ast.Expr(call), node), node.args[0], _around(module, node))
        elif isinstance(node, ast.With) and len(node.items) == len(node.body) == 1:
            given = node.items[0].context_expr
            plain = isinstance(node.body[0], (ast.Expr, ast.Assign, ast.Delete, ast.Return))
            if plain and isinstance(given, ast.Call) and _asserts(given) and given.args:
                yield Provoked(node.body[0], given.args[0], _around(module, node))


def _asserts(call: ast.Call) -> bool:
    return dotted(call.func).rpartition(".")[2] in ASSERTS


def _skipped(call: ast.Call) -> int:
    """How many arguments stand before the callable: the type, and a pattern."""
    return 2 if "Regex" in dotted(call.func) else 1


def _around(module: Module, node: ast.AST) -> Function | None:
    return module.function_at(getattr(node, "lineno", 0))


def callee(context: Context, statement: ast.stmt) -> str:
    """The callable of the standard library that the statement calls last, "" where it is none."""
    value = getattr(statement, "value", None)
    value = value.value if isinstance(value, ast.Await) else value
    if not isinstance(value, ast.Call):
        return ""
    target = resolve_call(context.resolver, value, context.scope)
    names = {*target.externals, *(one.name for one in target.functions if one.module.origin == "standard")}
    return names.pop() if len(names) == 1 and all(map(is_standard, names)) else ""


def candidates(engine: Engine, path: Path) -> Iterator[Candidate]:
    """What the tests of one file show that an answer does not say."""
    module = engine.project.module_at(path)
    for one in provoked(module):
        context = engine.context(module, one.function)
        types = clause_types(context, one.types, context.scope)
        if len(types) != 1 or says_nothing(engine, types[0]) or types[0].startswith(f"{module.name}."):
            continue
        answer = engine.escapes([one.statement], context)
        if is_named(engine, types[0], (found.type for found in answer.raised)):
            continue
        name = callee(context, one.statement)
        recorded = on_record(engine.table, (name,)) if name else None
        if recorded and is_named(engine, types[0], recorded):
            continue
        lacking = recorded is not None
        status = "refuted" if answer.closed else "lacking" if lacking else "open"
        place = f"{path.name}:{one.statement.lineno}"
        yield Candidate(status, name or ast.unparse(one.statement)[:80], types[0], place)


def of_file(task: tuple[Path, Environment]) -> list[Candidate]:
    """The candidates of one file, which is read beside the library, as code that imports it."""
    path, where = task
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as apart:
        return list(candidates(Engine(Project(apart, where)), Path(shutil.copy(path, apart))))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--python", default=sys.prefix)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    found = find_environment(given.python, given.folder)
    where = Environment((), found.standard, found.minor)
    files = [given.folder / one for one in given.only] or sorted(given.folder.rglob("test_*.py"))
    with multiprocessing.get_context("fork").Pool(given.jobs, maxtasksperchild=1) as pool:
        parts = pool.imap_unordered(of_file, [(path, where) for path in files])
        report((one for part in parts for one in part), given.all)


if __name__ == "__main__":
    main()
