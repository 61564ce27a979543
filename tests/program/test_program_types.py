"""Of what class is a value? Annotations, stubs, generics, containers, tests before it."""

from __future__ import annotations

import ast
import textwrap

import pytest

from broadcatch.program.calls import resolve_call
from broadcatch.program.project import Project
from broadcatch.program.resolver import Resolver
from broadcatch.program.types import Type

HEAD = """
import asyncio, contextlib, datetime, enum, functools, logging, os, re, subprocess
from collections import defaultdict, deque
from dataclasses import dataclass
from pathlib import Path
from typing import (Any, AsyncIterator, Callable, ClassVar, Final, Generic, Iterator, NamedTuple, NewType,
    Optional, Sequence, TypeVar, Union, cast)
T = TypeVar("T")
U = TypeVar("U", bound="Base")
class A:
    def m(self) -> str: return ""
class B:
    def m(self) -> int: return 1
class C(A):
    def m(self) -> str: return "c"
class Base:
    def __enter__(self: U) -> U: return self
    def __exit__(self, *rest): pass
class Sub(Base):
    def go(self): pass
class Repo(Generic[T]):
    def __init__(self, one: T) -> None: self.one = one
    def get(self) -> T: ...
    def all(self) -> list[T]: ...
class OfA(Repo[A]): pass
class Vector:
    def __add__(self, other: "Vector") -> "Vector": return self
    def __getitem__(self, at: int) -> A: return A()
    def __call__(self) -> B: return B()
    def __bool__(self): return True
class Field(Generic[T]):
    def __get__(self, owner, kind) -> T: ...
class Model:
    a: Field[A] = Field()
class Pair(NamedTuple):
    a: A
    b: B
class Made:
    def __init__(self, path: Path, other, b: B = None):
        self.path = path
        self.other = other
        self.b = b
    @property
    def a(self) -> A: ...
    @functools.cached_property
    def cached(self): return B()
    @classmethod
    def make(cls) -> "Made": return cls(1, 2)
@contextlib.contextmanager
def managed() -> Iterator[A]: yield A()
@contextlib.contextmanager
def plain():
    yield B()
@contextlib.asynccontextmanager
async def later():
    yield B()
def first(those: Sequence[T]) -> T: return those[0]
def to_a(x) -> A: ...
def to_b(x) -> B: ...
def same(f): return f
def hidden(f): return lambda: f
@same
def kept(): return A()
@hidden
def replaced(): return A()
async def coroutine() -> A: ...
CLASSES = {"a": A, "b": B}
FUNCTIONS = {"a": to_a, "b": to_b}
Alias = Union[A, B]
Key = NewType("Key", A)
class Color(str, enum.Enum):
    RED = "red"
    def shade(self): return 1
the_a = A()
FIXED: Final = B()
class WithFixed:
    kind: ClassVar = B()
    def __init__(self):
        self.own: Final = B()
"""


@pytest.fixture
def resolved(tmp_path):
    def answer(body: str, signature: str = "") -> tuple[list[str], list[str], str]:
        """What the last statement of the function's body, a call, runs."""
        code = f"async def f({signature}):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
        (tmp_path / "app.py").write_text(HEAD + code, encoding="utf-8")
        resolver = Resolver(Project(tmp_path))
        function = resolver.project.module_at("app.py").functions["f"]
        calls = [node for node in ast.walk(function.node) if isinstance(node, ast.Call)]
        last = max(calls, key=lambda one: (one.end_lineno, one.end_col_offset, -one.col_offset))
        target = resolve_call(resolver, last, resolver.scope(function))
        return [one.qualname for one in target.functions], list(target.externals), target.why

    return answer


@pytest.mark.parametrize(
    ("signature", "body", "functions"),
    [
        ("x: A", "x.m()", ["A.m", "C.m"]),
        ("x: Optional[B]", "x.m()", ["B.m"]),
        ("x: A | B", "x.m()", ["A.m", "C.m", "B.m"]),
        ("x: Alias", "x.m()", ["A.m", "C.m", "B.m"]),
        ("x: 'B'", "x.m()", ["B.m"]),
        ("x: dict[str, B]", "x.get('k').m()", ["B.m"]),
        ("x: dict[str, B]", "for k, v in x.items():\n    v.m()", ["B.m"]),
        ("x: list[B]", "for i, one in enumerate(x):\n    one.m()", ["B.m"]),
        ("x: list[A], y: dict[int, B]", "for one, two in zip(x, y.values()):\n    two.m()", ["B.m"]),
        ("x: list[B]", "[one.m() for one in x]", ["B.m"]),
        ("x: AsyncIterator[B]", "async for one in x:\n    one.m()", ["B.m"]),
        ("x: tuple[A, B]", "x[1].m()", ["B.m"]),
        ("x: tuple[A, B]", "one, two = x\ntwo.m()", ["B.m"]),
        ("x: Pair", "one, two = x\ntwo.m()", ["B.m"]),
        ("x: Sequence[B]", "first(x).m()", ["B.m"]),
        ("x: OfA", "x.get().m()", ["A.m", "C.m"]),
        ("x: OfA", "x.all()[0].m()", ["A.m", "C.m"]),
        ("", "Repo(B()).get().m()", ["B.m"]),
        ("", "deque([B()]).popleft().m()", ["B.m"]),
        ("", "with managed() as one, plain() as two:\n    two.m()", ["B.m"]),
        ("", "async with later() as one:\n    one.m()", ["B.m"]),
        ("", "with Sub() as one:\n    one.go()", ["Sub.go"]),
        ("", "(await coroutine()).m()", ["A.m", "C.m"]),
        ("", "CLASSES['a']().m()", ["A.m", "B.m"]),
        ("k", "FUNCTIONS[k](1)", ["to_a", "to_b"]),
        ("", "(Vector() + Vector())[0].m()", ["A.m", "C.m"]),
        ("", "Vector()().m()", ["B.m"]),
        ("", "functools.partial(to_b, 1)().m()", ["B.m"]),
        ("", "Model().a.m()", ["A.m", "C.m"]),
        ("", "Made(Path(), 1).cached.m()", ["B.m"]),
        ("", "Made.make().b.m()", ["B.m"]),
        ("", "call = B().m\ncall()", ["B.m"]),
        ("", "call = cast('Callable[[], int]', B().m)\ncall()", ["B.m"]),
        ("", "call = cast(Callable[[], int], B().m)\ncall()", ["B.m"]),
        ("x", "cast('B', x).m()", ["B.m"]),
        ("", "x = None\nx = A()\nx = B()\nx.m()", ["B.m"]),
        ("", "kept().m()", ["A.m"]),
        ("", "Color.RED.shade()", ["Color.shade"]),
        ("x", "if isinstance(x, B):\n    x.m()", ["B.m"]),
        ("x", "if isinstance(x, B):\n    x = x.m()", ["B.m"]),
        ("x", "while isinstance(x, B):\n    x.m()\n    x = unknown", ["B.m"]),
        ("x: A | B", "if isinstance(x, A):\n    return\nx.m()", ["B.m"]),
        ("x", "assert isinstance(x, B)\nx.m()", ["B.m"]),
        ("x", "isinstance(x, B) and x.m()", ["B.m"]),
        ("", "x: Final = B()\nx.m()", ["B.m"]),
        ("", "FIXED.m()", ["B.m"]),
        ("", "WithFixed().own.m()", ["B.m"]),
        ("", "WithFixed.kind.m()", ["B.m"]),
        ("c", "if c:\n    x = B()\nelse:\n    x = B()\nx.m()\nx = unknown", ["B.m"]),
        ("c", "x = B()\nif c:\n    x = A()\nx.m()\nx = unknown", ["A.m", "B.m"]),
        ("c", "if c:\n    x = B()\nelif 1:\n    return\nelse:\n    x, y = B(), 1\nx.m()\nx = 3", ["B.m"]),
        ("", "sorted([B()])[0].m()", ["B.m"]),
        ("", "max([B()], key=id).m()", ["B.m"]),
    ],
)
def test_the_class_of_a_value_is_known(resolved, signature, body, functions):
    found, _, why = resolved(body, signature)
    assert (sorted(found), why) == (sorted(functions), "")


@pytest.mark.parametrize(
    ("signature", "body", "external"),
    [
        ("s: str", "re.match('a', s).group(0)", "re.Match.group"),
        ("s: str", "s.split(',')[0].strip()", "builtins.str.strip"),
        ("", "Made(Path(), 1).path.open()", "pathlib.Path.open"),
        (
            "",
            "(datetime.datetime.now() - datetime.datetime.now()).total_seconds()",
            "datetime.timedelta.total_seconds",
        ),
        ("", "(datetime.datetime.now() - datetime.timedelta(1)).timestamp()", "datetime.datetime.timestamp"),
        ("", "Path('x').parent.joinpath('y').stat()", "pathlib.Path.stat"),
        ("s: bytes", "t = s\nt += b'='\nt.strip()", "builtins.bytes.strip"),
        ("", "logging.getLogger('x').info('')", "logging.Logger.info"),
        ("", "subprocess.run(['x']).check_returncode()", "subprocess.CompletedProcess.check_returncode"),
        ("", "with open('x', 'rb') as stream:\n    stream.read()", "io.BufferedReader.read"),
        ("", "os.environ.get('X', '').lower()", "builtins.str.lower"),
        ("", "os.environ['X'].lower()", "builtins.str.lower"),
        ("", "(await asyncio.create_subprocess_exec('x')).wait()", "asyncio.subprocess.Process.wait"),
        ("x: OSError", "x.strerror.lower()", "builtins.str.lower"),
        ("x: str | Path", "if not isinstance(x, Path):\n    x.upper()", "builtins.str.upper"),
    ],
)
def test_the_standard_library_is_typed_by_its_stubs(resolved, signature, body, external):
    assert resolved(body, signature) == ([], [external], "")


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("x", "x.m()"),
        ("x: Any", "x.m()"),
        ("x: list", "x[0].m()"),
        ("x: A | Any", "x.m()"),
        ("", "Made(Path(), 1).other.m()"),
        ("", "replaced().m()"),
        ("x", "x = A()\nfor i in range(3):\n    x.m()\n    x = unknown()"),
        ("x", "if isinstance(x, B):\n    x = unknown()\n    x.m()"),
        ("x", "if isinstance(x, B):\n    for i in range(3):\n        x.m()\n        x = unknown"),
        ("x", "if isinstance(x, B):\n    pass\nx.m()"),
        ("x: A", "[x.m() for x in unknown]"),
        ("x: A", "(lambda x: x.m())"),
        ("s: str", "s.no_such_method()"),
        ("c", "if c:\n    x = B()\nx.m()\nx = unknown"),
        ("c", "x = unknown\nif c:\n    x = B()\nx.m()"),
        ("c", "for y in c:\n    if c:\n        x = B()\n        break\n    x = unknown\nx.m()"),
    ],
)
def test_what_is_not_known_is_not_guessed(resolved, signature, body):
    functions, externals, why = resolved(body, signature)
    assert why != "" and not functions and not externals


def test_answers_do_not_depend_on_the_order_of_questions(tmp_path):
    (tmp_path / "app.py").write_text(HEAD, encoding="utf-8")
    expressions = [
        ast.parse(text, mode="eval").body
        for text in ("FUNCTIONS['a'](1)", "OfA(1).get()", "Pair(1, 2)[1]", "Made(1, 2).path.parent", "the_a")
    ]

    def answers(order: list[ast.expr]) -> dict[str, Type | None]:
        resolver = Resolver(Project(tmp_path))
        scope = resolver.scope(resolver.project.module_at("app.py").functions["to_a"])
        found = {ast.unparse(one): resolver.type_of(one, scope) for one in order}
        return {text: found[text] and found[text].name for text in sorted(found)}

    assert answers(expressions) == answers(expressions[::-1])


def test_a_package_may_import_what_it_names_when_it_is_asked_for(tmp_path):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text(
        "_WHERE = {'Engine': '.engine'}\ndef __getattr__(name):\n    return 1\n", encoding="utf-8"
    )
    (tmp_path / "pkg" / "engine.py").write_text("class Engine:\n    def run(self): ...\n", encoding="utf-8")
    assert getattr(Project(tmp_path).resolve("pkg.Engine"), "name", None) == "pkg.engine.Engine"
    assert Project(tmp_path).resolve("pkg.Other") is None
