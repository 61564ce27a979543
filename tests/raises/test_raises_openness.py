"""Which sort of open point is it? Source in, the sorts of what is open in its function `f` out."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.model.raising import Unknown
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.openness import sort_of
from tests.raises.engines import engine_of, found_in


@pytest.fixture
def sorts(tmp_path):
    def answer(source: str) -> list[str]:
        (tmp_path / "app.py").write_text(textwrap.dedent(source), encoding="utf-8")
        engine = Engine(Project(tmp_path))
        function = engine.project.module_at("app.py").functions["f"]
        return sorted({sort_of(one) for one in engine.function_escapes(function).unknown})

    return answer


@pytest.mark.parametrize(
    "body",
    ["x.name", "x[0]", "x[1:]", "x + 1", "for y in x: pass", "x.name = 1", "x.strip()", "getattr(x, y)"],
)
def test_what_python_does_itself_with_a_value_of_unknown_type_is_quiet(sorts, body):
    assert sorts(f"def f(x, y):\n    {body}\n") == ["quiet"]


@pytest.mark.parametrize(
    "body",
    [
        "x()",
        "exec(x)",
        "import importlib; importlib.import_module(x)",
        "import pickle; pickle.loads(x)",
        "import json; json.loads('1', object_hook=x)",
        "g = globals()['g']; g()",
        "import importlib.util as u; u.spec_from_file_location('m', x).loader.exec_module(y)",
        "raise x",
    ],
)
def test_what_somebody_else_brings_along_is_foreign(sorts, body):
    assert "foreign" in sorts(f"def f(x, y):\n    {body}\n")


def test_what_getattr_gives_is_brought_along_where_it_is_called(sorts):
    own = "class A:\n    def on(self): pass\ndef f(name):\n    a = A()\n    getattr(a, name)"
    assert sorts(own) == []
    assert sorts(f"{own}()") == ["foreign"]


@pytest.mark.parametrize("kind", ["", ": Callable[[int], str]"])
def test_what_an_object_was_given_to_call_is_brought_along(sorts, kind):
    assert sorts(f"""
        from typing import Callable
        class A:
            def __init__(self, call{kind}): self.call = call
        def f(a: A): a.call(1)
    """) == ["foreign"]


def test_a_call_of_which_nothing_is_known_is_unseen(sorts):
    assert sorts("def f(x):\n    x.send_all()\n") == ["unseen"]


def test_a_call_of_what_is_not_installed_is_one_of_a_library(sorts):
    assert "library" in sorts("import clientlib\ndef f(x):\n    clientlib.fetch(x)\n")


def test_what_is_open_further_down_is_deep(sorts):
    assert sorts("def f(x):\n    g(x)\n\ndef g(x):\n    x.send_all()\n") == ["deep"]


def test_one_of_many_classes_is_foreign_wherever_it_is_called():
    inner = "`base.run` (app.py:3): more than 25 classes override it"
    assert sort_of(Unknown(1, "g", inner)) == "foreign"


def test_a_method_from_outside_that_very_many_classes_override_is_open(tmp_path):
    below = "".join(f"class C{i}(Base):\n    def join(self): raise KeyError\n" for i in range(30))
    base = "import threading\nclass Base(threading.Thread): pass\n"
    found = found_in(engine_of(tmp_path, app=f"{base}{below}\ndef f(base: Base):\n    base.join()\n"))
    assert [(one.call, one.why) for one in found.unknown] == [
        ("base.join", "more than 25 classes override it")
    ]
