"""The search for bytes against `ast`: names in clauses that are imported, and pairs in one `try`."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from broadcatch.model.links import HERE
from broadcatch.source.bindings import bindings_of, dotted
from broadcatch.source.clauses import is_capword, named_in
from broadcatch.source.imports import imports_of

STDLIB = Path(sysconfig.get_paths()["stdlib"])


@pytest.mark.parametrize("package", ["asyncio", "http", "email", "importlib", "logging", "concurrent"])
def test_every_import_at_the_top_of_a_file_is_found(package: str) -> None:
    for path in sorted((STDLIB / package).rglob("*.py")):
        source = path.read_bytes()
        bound = bindings_of(ast.parse(source))
        wanted = {name: one.qualified for name, one in bound.items() if one.last == "import" and name != "*"}
        found = imports_of(source).names
        assert wanted.keys() <= found.keys(), path


@pytest.mark.parametrize("package", ["asyncio", "http", "email", "importlib", "logging", "concurrent"])
def test_no_imported_name_in_a_clause_is_missed(package: str) -> None:
    for path in sorted((STDLIB / package).rglob("*.py")):
        source = path.read_bytes()
        tree = ast.parse(source)
        imports = imports_of(source).names
        types = [node.type for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.type]
        names = {dotted(part) for one in types for part in getattr(one, "elts", [one])} - {""}
        wanted = {name for name in names if name.partition(".")[0] in imports}
        found = named_in(source).links.imported
        assert {imports[n.partition(".")[0]] + n[len(n.partition(".")[0]) :] for n in wanted} <= set(found)


HEAD = b"from .a import ERRS, B as C\nimport d.e\n"


@pytest.mark.parametrize(
    ("clauses", "pairs"),
    [
        (b"except ERRS:\n    pass\nexcept KeyError:\n    pass\n", {(".a.ERRS", "builtins.KeyError")}),
        (b"except C:\n    pass\nexcept d.e.F as x:\n    pass\n", {(".a.B", "d.e.F")}),
        (b"except ValueError:\n    pass\nexcept Own:\n    pass\n", {("builtins.ValueError", HERE + "Own")}),
        (b"except (  # x)\n    C,\n    Own):\n    pass\n", {(".a.B", HERE + "Own"), (HERE + "Own", ".a.B")}),
        (b"except ValueError:\n    pass\ntry:\n    x()\nexcept C:\n    pass\n", set()),
    ],
)
def test_pairs_that_only_other_files_explain(clauses: bytes, pairs: set[tuple[str, str]]) -> None:
    assert set(named_in(HEAD + b"try:\n    y()\n" + clauses).links.pairs) == pairs


@pytest.mark.parametrize(
    ("clauses", "certain"),
    [
        (b"except OSError:\n    pass\nexcept IOError:\n    pass\n", True),
        (b"except Exception:\n    pass\nexcept KeyError:\n    pass\n", True),
        (b"except KeyError:\n    pass\nexcept Exception:\n    pass\n", False),
        (b"except C:\n    pass\nexcept C:\n    pass\n", True),
    ],
)
def test_what_builtins_tell_is_certain(clauses: bytes, certain: bool) -> None:
    assert named_in(HEAD + b"try:\n    y()\n" + clauses).certain is certain


def test_constants_are_not_spelt_like_classes() -> None:
    assert [
        one for one in ("HTTPError", "a.Error", "IOError", "_Own", "ERRS", "error", "E") if is_capword(one)
    ] == [
        "HTTPError",
        "a.Error",
        "IOError",
        "_Own",
    ]
