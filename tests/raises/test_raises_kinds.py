"""A known kind of value excludes what only others bring. Held against CPython, which runs the same call."""

from __future__ import annotations

import collections
import json

import pytest

from tests.raises.engines import engine_of, found_in

HEAD = "import json\nfrom collections import deque\n"
VALUES = {
    "x: str": "abc",
    "x: bytes": b"a,b",
    "x: list[str]": ["b", "a"],
    "x: list[int]": [2, 1],
    "x: list[list[int]]": [[1]],
    "x: dict[str, int]": {"b": 1, "a": 2},
    "x: dict[str, list[str]]": {"b": ["x"]},
    "x: list[tuple[str, int]]": [("b", 1), ("a", 2)],
    "x: dict[str, set[int]]": {"a": {1}},
    "x: deque[int]": collections.deque([1]),
    "x: int": 3,
    "x: list": [1, "a", None, []],
}


def raised(tmp_path, signature, call):
    engine = engine_of(tmp_path, app=f"{HEAD}def f({signature}):\n    return {call}\n")
    return {one.type for one in found_in(engine, "f").raised}


@pytest.mark.parametrize(
    ("signature", "call"),
    [
        ("x: str", "len(x)"),
        ("x: dict[str, int]", "len(x)"),
        ("x: list[str]", "max(x)"),
        ("x: list[int]", "min(x)"),
        ("x: list[tuple[str, int]]", "sorted(x)"),
        ("x: dict[str, int]", "sorted(x)"),
        ("x: int", "max(x, 3)"),
        ("x: list[int]", "sum(x)"),
        ("x: list[str]", "','.join(x)"),
        ("x: str", "','.join(x)"),
        ("x: list[str]", "set(x)"),
        ("x: dict[str, int]", "frozenset(x)"),
        ("x: dict[str, int]", "json.dumps(x)"),
        ("x: dict[str, list[str]]", "json.dumps({'of': x, 'n': 1, 'none': None})"),
    ],
)
def test_a_value_of_the_right_kind_brings_no_type_error(tmp_path, signature, call):
    assert "TypeError" not in raised(tmp_path, signature, call)
    eval(call, {"json": json}, {"x": VALUES[signature]})


@pytest.mark.parametrize(
    ("signature", "call"),
    [
        ("x: int", "len(x)"),
        ("x: list", "max(x)"),
        ("x: list", "sorted(x)"),
        ("x: list[int]", "','.join(x)"),
        ("x: bytes", "','.join(x)"),
        ("x: list[str]", "sum(x)"),
        ("x: list[list[int]]", "set(x)"),
        ("x: dict[str, set[int]]", "json.dumps(x)"),
        ("x: deque[int]", "json.dumps(x)"),
        ("x: int", "max(x, 'a')"),
        ("x: list[str]", "sorted(x, key=lambda one: [1] if one == 'a' else 2)"),
    ],
)
def test_another_kind_brings_it(tmp_path, signature, call):
    assert "TypeError" in raised(tmp_path, signature, call)
    with pytest.raises(TypeError):
        eval(call, {"json": json}, {"x": VALUES[signature]})
