"""Does the house stand as it was drawn? Floors, circles, sizes, and the two places that catch everything."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "broadcatch").rglob("*.py"))
BROAD = {"Exception", "BaseException"}
CATCH_ALL = {"broadcatch/cli/main.py", "broadcatch/pool.py"}
"""The top of the command line, and the worker that must tell its parent what went wrong."""
LISTED = ("broadcatch/lint/rules/", "broadcatch/rewrite/codemods/")
"""What is defined there is found because its file is there."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_downwards_and_libraries_stay_in_their_rooms():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_modules_import_each_other_in_a_circle():
    assert circle(ROOT, "broadcatch") == ""


@pytest.mark.parametrize(
    "back",
    [
        "from house.above import tall\n",
        "from house import above\n",
        "import house.above\n",
        "from . import above\n",
        "from .above import tall\n",
        "def ask():\n    from house.above import tall\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.above import tall\n",
    ],
)
def test_a_circle_is_seen_wherever_its_imports_stand(tmp_path, back):
    below = tmp_path / "house" / "below.py"
    below.parent.mkdir()
    below.with_name("above.py").write_text("from house import below\n", encoding="utf-8")
    below.write_text("import ast\n", encoding="utf-8")
    assert circle(tmp_path, "house") == ""
    below.write_text(back, encoding="utf-8")
    assert set(circle(tmp_path, "house").split(" -> ")) == {"house.above", "house.below"}


def circle(root: Path, package: str) -> str:
    """Modules of a package that import each other in a circle, as `a -> b -> a`; "" if there is none."""
    files = {module_name(path, root): path for path in sorted((root / package).rglob("*.py"))}
    imports = {module: imported(module, path, files) for module, path in files.items()}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return " -> ".join(reversed(found.args[1]))
    return ""


def module_name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(module: str, path: Path, files: dict[str, Path]) -> set[str]:
    """The modules among `files` that a module imports anywhere: in functions and for the type checker too."""
    found: set[str] = set()
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            around = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*around, *filter(None, [node.module])])
            parts = {f"{origin}.{alias.name}" for alias in node.names}
            found |= {part if part in files else origin for part in parts}
    return found & files.keys()


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


def test_nothing_is_defined_that_nobody_uses():
    """Functions, classes and constants of modules; a word that stands elsewhere too counts as a use."""
    used = Counter(word for path in FILES for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    assert [f"{name(path)}: {one}" for path in FILES for one in defined(path) if used[one] < 2] == []


def defined(path: Path) -> Iterator[str]:
    """What a module defines at its top level; not what is decorated, or found by listing a folder."""
    for node in ast.parse(path.read_bytes()).body:
        listed = isinstance(node, ast.ClassDef) and name(path).startswith(LISTED)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not (node.decorator_list or listed):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))


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
