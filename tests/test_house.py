"""Does the house stand as it was drawn? Floors, sizes, and the two places where anything may be caught."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "broadcatch").rglob("*.py"))
BROAD = {"Exception", "BaseException"}
CATCH_ALL = {"broadcatch/cli/main.py", "broadcatch/pool.py"}
"""The top of the command line, and the worker that must tell its parent what went wrong."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_downwards_and_libraries_stay_in_their_rooms():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_has_at_most_three_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=name)
def test_a_package_does_nothing_when_it_is_imported(path):
    assert path.read_bytes() == b""


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "__init__.py"], ids=name)
def test_a_module_begins_with_the_question_it_answers(path):
    assert ast.get_docstring(ast.parse(path.read_bytes()))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_type_error_is_ignored_by_name_only(path):
    assert re.findall(r"#\s*type:\s*ignore(?!\[)", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_function_has_at_most_forty_lines(path):
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 40} == {}


def test_exactly_two_places_catch_everything():
    standing = {place for place in CATCH_ALL if (ROOT / place).exists()}
    assert [name(path) for path in FILES for _ in broad_handlers(path)] == sorted(standing)


def broad_handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    """The clauses of a file that are bare or name a broad class."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ExceptHandler):
            names = {part.id for part in ast.walk(node.type or ast.Tuple([])) if isinstance(part, ast.Name)}
            if node.type is None or names & BROAD:
                yield node
