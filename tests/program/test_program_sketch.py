"""A sketch tells the same of a file as its whole tree, and its parts stand where they stand in the file."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from broadcatch.program.names import bindings
from broadcatch.program.sketch import sketch
from broadcatch.program.text import parsed, text_of
from broadcatch.program.unfold import BadSketch, SourceText, read_module, unfold

_STANDARD = Path(sysconfig.get_paths()["stdlib"])
SAMPLE = [path for path in sorted(_STANDARD.glob("*.py")) + sorted(_STANDARD.glob("asyncio/*.py"))][::5]
ODD = '''
import os.path as p, sys
from . import near
from .. import *
x = 1, 2
y: "int" = (3,
   4)
z = (
    "ä" + name  # with a comment
    .attribute
)
(w := 1)
print(f"{(in_text := 1)}")
for ä in range(3), : pass
with open("a") as f, (
    open("b")
) as g: ...
try: v = "ö"; u = v + 1
except (ValueError,
        TypeError) as e:
    def inside(): return 1
class A: x = 1
class B(A,
    C): y = 2
class D(
    A,
):
    "text"
    if x:
        @property
        def p(self): return 1
        @p.setter
        def p(self, v):
            """ a
text at the margin"""
            def inner(): yield 1
            class Local(A): ...
# a comment at the margin
            return [
1, 2]
    async def q(self): global x; x = 2
    z = p; r: int
\tdef tabs(): pass
'''.replace("\tdef", "if 1:\n\tdef")


def _definitions(tree: ast.Module) -> dict[tuple[str, int, int], ast.AST]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {(n.name, n.lineno, n.col_offset): n for n in ast.walk(tree) if isinstance(n, kinds)}


def _same(found, expected) -> bool:
    return ast.dump(found, include_attributes=True) == ast.dump(expected, include_attributes=True)


def _shown(names) -> dict[str, list[tuple]]:
    return {name: [_one(b) for b in those] for name, those in names.items()}


def _one(binding) -> tuple:
    """A sketch keeps no augmented assignment: the name is then of no known value."""
    if binding.how == "augmented":
        return ("opaque", "", None, None, ())
    exprs = (one and ast.dump(one, include_attributes=True) for one in (binding.expr, binding.value))
    return (binding.how, binding.target, *exprs, binding.path)


def _check(source: str) -> None:
    module = read_module(source, "some.module", "some/module.py", False)
    tree = parsed(source)
    defined = _definitions(tree)
    assert _shown(module.names) == _shown(bindings(tree.body, "some.module", False))
    assert len(module.extents) <= len(defined)
    for one in (*module.extents, *module.classes.values()):
        node = defined[(one.short, one.span.line, one.span.column)]
        assert _same(one.node, node)
        assert (one.span.line, one.span.last) == (node.lineno, node.end_lineno)
    for cls in module.classes.values():
        node = defined[(cls.short, cls.span.line, cls.span.column)]
        assert _shown(cls.names) == _shown(bindings(node.body, "some.module", False))


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_the_parts_of_a_file_are_as_in_its_whole_tree(path):
    _check(text_of(path.read_bytes()))


def test_odd_layouts_are_read_as_in_the_whole_tree():
    _check(ODD)


def test_names_are_told_apart_as_imports_definitions_and_values():
    module = read_module(ODD, "pack.some.module", "m.py", False)
    assert {name: [one.how for one in those] for name, those in module.names.items() if name in "pxeAuD"} == {
        "p": ["import"],
        "x": ["value"],
        "e": ["caught"],
        "u": ["value"],
        "A": ["class"],
        "D": ["class"],
    }
    assert module.names["in_text"][0].how == "opaque"
    assert module.stars == ("pack",) and module.rebound == {"x"}


def test_a_setter_does_not_hide_its_getter():
    module = read_module(ODD, "pack.some.module", "m.py", False)
    assert module.classes["D"].members["p"].span.line < module.functions["D.p.<locals>.inner"].span.line
    assert isinstance(module.classes["D"].members["p"].node.body[0], ast.Return)


def test_the_body_of_a_class_is_parsed_only_when_asked_for():
    node = read_module("class A(B):\n    x = 1\n", "m", "m.py", False).classes["A"].node
    assert "body" not in vars(node)
    assert ast.unparse(node) == "class A(B):\n    x = 1"


def test_syntax_that_this_python_does_not_know_is_an_error_of_the_module():
    module = read_module("x = \nfrom now import on !\n", "m", "m.py", False)
    assert module.error.startswith("cannot be parsed") and module.tree is None and not module.names


def test_imports_for_type_checkers_are_told_apart():
    module = read_module("if TYPE_CHECKING:\n    from a import b\nimport c\n", "m", "m.py", False)
    assert module.for_typing == {"b"}


def test_a_function_that_is_gone_calls_what_nobody_knows(tmp_path):
    path = tmp_path / "m.py"
    data = sketch("x = 1\ndef f():\n    return x.y\nclass A(B):\n    z = f()\n", "m", False)
    path.write_text("def f(): ...", encoding="utf-8")
    module = unfold(data, "m.py", SourceText(path, "the hash of what it held"), "project")
    nodes = module.functions["f"].node, module.classes["A"].node.bases[0], module.names["x"][0].expr
    assert all("the file changed" in ast.unparse(node) for node in nodes)


@pytest.mark.parametrize(
    "damage",
    [
        [],
        None,
        {"a": 1},
        ["m", False, "", [], [], [], {"x": [7]}, []],
        ["m", False, "", [], [], [], {"x": [[0, 1, "b", 1, 1]]}, []],
        ["m", False, "", [], [], [], {"x": [[9, 1, 1, 1, 1]]}, []],
        ["m", False, "", [], [], [], {}, [[0, "f", 1, 1]]],
        ["m", False, "", [], [], [], {}, [[0, "f", 5, 1, 0, 2, []]]],
        ["m", False, "", [], [], [], {}, [[4, 3, 1, 1, 0, 2, 0, 0, {}, []]]],
        ["m", False, "", [[]], [{}], [], {}, [["f"]]],
    ],
)
def test_data_that_is_no_sketch_is_told_apart(damage):
    with pytest.raises(BadSketch):
        unfold(damage, "m.py", SourceText(source=""), "project")
