"""Is a body proven? A function in, all that its `try` can raise out; and the tables, run with hard values."""

from __future__ import annotations

import ast
import builtins
import importlib
import operator
import textwrap

import pytest

from broadcatch.program.names import own_statements
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.provable import CALLS, METHODS, OPERATORS, TOTAL
from broadcatch.raises.proven import proven


@pytest.fixture
def ask(tmp_path):
    def answer(source: str) -> list[str] | None:
        (tmp_path / "app.py").write_text(textwrap.dedent(source), encoding="utf-8")
        engine = Engine(Project(tmp_path))
        module = engine.project.module_at("app.py")
        function = module.functions["f"]
        attempt = next(one for one in own_statements(function.node.body) if isinstance(one, ast.Try))
        found = proven(attempt, function, engine.context(module, function).scope)
        return None if found is None else sorted(found)

    return answer


def tried(body: str, before: str = "pass", head: str = "import os, sys", arguments: str = "given") -> str:
    return (
        f"{head}\ndef f({arguments}):\n    {before}\n    try:\n        {body}\n"
        "    except Exception:\n        return None\n"
    )


@pytest.mark.parametrize(
    ("before", "body", "raises"),
    [
        ("text = os.environ.get('A', '1')", "return int(text)", ["ValueError"]),
        ("text = os.getenv('A', '1')", "return float(text.strip())", ["ValueError"]),
        ("text = f'{sys.argv[1]}x'", "return text.encode()", ["UnicodeEncodeError"]),
        ("pass", "return os.environ['A']", ["KeyError"]),
        ("pass", "return sys.argv[1]", ["IndexError"]),
        (
            "pass",
            "a = sys.argv[1]; return int(a) // int(a)",
            ["IndexError", "ValueError", "ZeroDivisionError"],
        ),
        ("pass", "return int(sys.argv[1].split()[0])", ["IndexError", "ValueError"]),
        ("name = sys.argv[0]", "os.remove(name)", ["OSError", "ValueError"]),
        ("pass", "pass", []),
    ],
)
def test_operations_on_values_of_proven_type_are_answered_in_full(ask, before, body, raises):
    assert ask(tried(body, before)) == raises


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("pass", "return int(given)"),
        ("pass", "return given.name"),
        ("text = given", "return int(text)"),
        ("text = str(given)", "return int(text)"),
        ("text = os.environ.get('A')", "return int(text)"),
        ("pass", "return int(text)"),
        ("if given: text = '1'", "return int(text)"),
        ("text = '1'; text = given", "return int(text)"),
        ("text = '1'; del text", "return int(text)"),
        ("text = '1'; text += given", "return int(text)"),
        ("int = given; text = '1'", "return int(text)"),
        ("os = given", "return os.environ['A']"),
        ("text = '1'", "return int(text, base=given)"),
        ("text = '1'", "return [int(one) for one in text]"),
        ("text = '1'", "global seen; seen = int(text)"),
        ("text = '1'", "import json; return int(text)"),
        ("text = '1'", "return f'{text:>{given}}'"),
    ],
)
def test_what_is_not_certain_is_not_answered(ask, before, body):
    assert ask(tried(body, before)) is None


def test_an_annotation_proves_nothing(ask):
    assert ask(tried("return int(text)", arguments="text: str")) is None


def test_a_builtin_that_the_module_binds_is_another(ask):
    assert ask(tried("return int('1')", head="from app_numbers import int")) is None
    assert ask(tried("return int('1')", head="from app_numbers import *")) is None


VALUES = {
    "str": [
        "",
        "1",
        " 2 ",
        "x",
        "\0",
        "\ud800",
        "1e999",
        "9" * 5000,
        "é",
        "٣",
        "::1",
        "2024-02-30",
        "0.0.0.0/33",
    ],
    "int": [0, 1, -1, 7, 10**400, -(10**400), 2**31, 55296],
    "float": [0.0, -0.0, 1.5, 1e308, float("inf"), float("nan")],
    "bytes": [b"", b"a", b"\xff\xfe"],
    "texts": [[], ["a"], ["a", "b"]],
}


def check(run, kinds, raises):
    """Run with all combinations of hard values: nothing but what is told comes out."""
    told = tuple(getattr(builtins, one) for one in raises)
    combinations = [()]
    for kind in kinds:
        combinations = [(*rest, value) for rest in combinations for value in VALUES[kind]]
    for values in combinations:
        try:
            run(*values)
        except told:
            pass


@pytest.mark.parametrize("key", CALLS, ids=str)
def test_a_call_raises_nothing_but_what_is_told(key, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name, kinds = key
    parts = name.split(".")
    found = builtins
    if len(parts) > 1 and parts[0] != "bytes":
        found, parts = importlib.import_module(parts[0]), parts[1:]
    for part in parts:
        found = getattr(found, part)
    check(found, kinds, CALLS[key].raises)


@pytest.mark.parametrize("key", {**METHODS, **TOTAL}, ids=str)
def test_a_method_raises_nothing_but_what_is_told(key):
    kind, name, kinds = key
    check(lambda one, *rest: getattr(one, name)(*rest), (kind, *kinds), {**METHODS, **TOTAL}[key].raises)


SIGNS = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "BitAnd": operator.and_,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "[]": operator.getitem,
}


@pytest.mark.parametrize("key", OPERATORS, ids=str)
def test_an_operator_raises_nothing_but_what_is_told(key):
    left, sign, right = key
    check(SIGNS[sign], (left, right), OPERATORS[key].raises)
