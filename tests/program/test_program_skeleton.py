"""What is left of a file without the inside of its functions gives the very sketch of the whole file."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.program.environment import Environment
from broadcatch.program.project import Project
from broadcatch.program.skeleton import skeleton
from broadcatch.program.sketch import sketch
from broadcatch.program.text import parsed, text_of

_STANDARD = Path(sysconfig.get_paths()["stdlib"])
SAMPLE = [path for path in sorted(_STANDARD.glob("*.py")) + sorted(_STANDARD.glob("test/test_*.py"))][::6]
_CUT = [
    "return 1",
    '"""text"""\nreturn 1',
    '"""text\nat the margin: def f():\n  pass"""\nx = 1',
    "y = self.x",
    "f(self.x, self.y)\nif self.x: pass",
    "a = b.call(\n    self.x,\n    self.y)",
    "return self.x, 2",
    "self.x = 1",
    "self.x += 1",
    "if a:\n    self.x: int = 1",
    "super(C, self).call()",
    "# comment\nx = 1\n    # comment deeper",
    "x = 'defined classes'",
    'x = "#"',
    "x = {\n'a': '''def f():\n  pass'''}",
    "x = a + \\\n    b",
    "ä = 'ö'",
    "x = 1;",
]
_AS_THEY_ARE = ("at the margin: def f():", "1, 2]", "1,", "2] ; self.x = 1", "'''; self.x = 1")
"""Lines of those that are not indented."""
_LEFT = [
    "self.x, y = 1, 2",
    "(self.x,\n y) = 1, 2",
    "y, (z, self.x) = f()",
    "del self.x",
    "del (\n    self.x)",
    "for self.x in y: pass",
    "with a as self.x: pass",
    "with a as (b, self.x): pass",
    "y = self.x  # comment",
    "(self).x = 1",
    "self . x = 1",
    "self\\\n    .x = 1",
    "x = self.y = 3",
    "x[f('(')], self.x = 1, 2",
    "if x: self.y, z = 1, 2",
    "self.x: int",
    "text = '''\n'''; self.x = 1",
    "def inner(): pass",
    "class Inner: pass",
    "async def inner(): pass",
    "global g\ng = 1",
    "if x: global g",
]
_ODD = ["if x:\n    return [\n1, 2]", "x = [\n1,\n2] ; self.x = 1"]
"""Brackets that end at the margin: what is left of them is no Python, and the file is parsed as a whole."""
_BETWEEN = [
    "x = 1",
    'y = """\n    def no(self):\n        pass\n"""',
    "z = [\n    1,\n]",
    "@decorated(\n    1\n)",
    "# comment",
    "    # comment",
    "",
    "pass",
    "one = two = three(self=1)",
    'v = \'"""\'',
    "if 1:\n        w = 2",
    "@property",
]
_HEADS = [
    "def f(self):",
    "async  def f(self, *, a=1):",
    "def f(self, a='):', b=(1, 2)) -> 'C':  # comment",
    "def f(\n    self,  # comment: (\n    b: dict[str, int] = {},\n) -> None:",
    "def f(): return 1\n    def g(self):",
    "def f(*args):",
    "def f(  # comment\n    self):",
]


def _indented(text: str, by: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join(
        [" " * by + first, *(line if line in _AS_THEY_ARE else " " * by + line for line in rest)]
    )


def _class(parts: list[tuple[str, str, str]]) -> str:
    lines = ["class C:"]
    for between, head, body in parts:
        lines += [f"    {between}", f"    {head}", _indented(body, 8)]
    return "\n".join([*lines, "def last(x): return 2"])


def _check(source: str) -> None:
    cut = skeleton(source)
    if cut is not None and _parses(cut):
        assert sketch(cut, "m", False) == sketch(source, "m", False)


def _parses(source: str) -> bool:
    try:
        parsed(source)
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_cut_file_has_the_sketch_of_the_whole_one(path):
    _check(text_of(path.read_bytes()))


@pytest.mark.parametrize("head", _HEADS)
@pytest.mark.parametrize("body", _CUT + _LEFT + _ODD)
def test_a_cut_class_has_the_sketch_of_the_whole_one(head, body):
    source = _class([("x = 1", head, body), ("pass", head, body)])
    if _parses(source):
        _check(source)


_PART = st.tuples(st.sampled_from(_BETWEEN), st.sampled_from(_HEADS), st.sampled_from(_CUT + _LEFT + _ODD))


@given(st.lists(_PART, min_size=1, max_size=4))
def test_whatever_stands_together_a_cut_file_has_the_sketch_of_the_whole_one(parts):
    source = _class(parts)
    if _parses(source):
        _check(source)


@pytest.mark.parametrize("body", _CUT)
def test_plain_bodies_are_cut(body):
    source = _class([("x = 1", "def f(self):", body + "\nreturn there")])
    assert _parses(source) and "there" not in (skeleton(source) or "there")


@pytest.mark.parametrize("body", _LEFT)
def test_what_a_sketch_knows_is_left(body):
    source = _class([("x = 1", "def f(self):", body)])
    assert _parses(source) and body.split("\n")[0] in (skeleton(source) or source)


@pytest.mark.parametrize("text", ["def f():\r\n  pass\n", "def f():\n\tpass\n", "def f():\n    pass\n\f\n"])
def test_a_text_whose_columns_are_hard_to_count_is_not_cut(text):
    assert skeleton(text) is None


def test_functions_inside_of_strings_are_none():
    source = 'x = """\ndef f():\n    one\n"""\ndef g():\n    two\n'
    assert ast.dump(parsed(skeleton(source) or "")) == ast.dump(parsed(source.replace("two", "0")))


def test_an_error_in_one_function_of_a_package_is_found_when_that_function_is_asked_for(tmp_path):
    package = tmp_path / "packages" / "pack.py"
    package.parent.mkdir()
    broken = "def broken():\n    x = = 1\n\n\ndef whole():\n    return 1\n"
    package.write_text("# a long file\n" * 200 + broken, encoding="utf-8")
    root = tmp_path / "project"
    root.mkdir()
    project = Project(root, Environment((package.parent,)))
    (root / "app.py").write_text("import pack\n", encoding="utf-8")
    module = project.find("pack", project.module_at("app.py"))
    assert module and not module.error
    assert ast.unparse(module.functions["whole"].node.body[0]) == "return 1"
    assert ast.unparse(module.functions["broken"].node.body[0]) == "this Python cannot parse it()"
