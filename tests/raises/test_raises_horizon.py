"""How far is a question followed? The nearest functions, and what lies beyond is open."""

from __future__ import annotations

from pathlib import Path

from broadcatch.model.raising import RaiseSet
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine


def answer(tmp_path: Path, source: str, most: int, name: str = "asked") -> RaiseSet:
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    engine = Engine(Project(tmp_path), most=most)
    return engine.function_escapes(engine.project.module_at("app.py").functions[name])


def types(found: RaiseSet) -> set[str]:
    return {one.type for one in found.raised}


CHAIN = """
def asked(n: int):
    near(n)
def near(n: int):
    if n:
        raise ValueError
    far(n)
def far(n: int):
    raise LookupError
"""


def test_all_of_a_short_chain_is_followed(tmp_path):
    found = answer(tmp_path, CHAIN, most=2)
    assert types(found) == {"ValueError", "LookupError"}
    assert found.closed


def test_a_function_that_is_too_far_away_leaves_the_answer_open(tmp_path):
    found = answer(tmp_path, CHAIN, most=1)
    assert types(found) == {"ValueError"}
    assert [(one.line, one.call) for one in found.unknown] == [(3, "near")]
    assert found.unknown[0].why == "`far` (app.py:7): too far away to be followed"


def test_the_nearest_functions_are_followed_first(tmp_path):
    found = answer(tmp_path, CHAIN.replace("    near(n)\n", "    near(n)\n    also(n)\n") + ALSO, most=2)
    assert types(found) == {"ValueError", "OSError"}


ALSO = """
def also(n: int):
    raise OSError
"""


def test_a_context_manager_that_is_too_far_away_lets_its_body_through(tmp_path):
    source = """
import contextlib
@contextlib.contextmanager
def quiet():
    try:
        yield
    except ValueError:
        raise LookupError
def asked(n: int):
    with quiet():
        raise ValueError
"""
    assert types(answer(tmp_path, source, most=1)) == {"LookupError"}
    beyond = answer(tmp_path, source, most=0)
    assert types(beyond) == {"ValueError"}
    assert not beyond.closed


def test_a_call_back_is_not_too_far_away(tmp_path):
    found = answer(tmp_path, CHAIN.replace("raise LookupError", "asked(n)"), most=3)
    assert types(found) == {"ValueError"}
    assert found.closed


BROAD = """
def asked(n: int):
    first(n)
    second(n)
def first(n: int):
    last(n)
def second(n: int):
    first(n)
def last(n: int):
    raise LookupError
"""


def test_what_an_earlier_question_followed_to_its_end_is_as_far_away_as_before(tmp_path):
    alone = answer(tmp_path, BROAD, most=2)
    engine = Engine(Project(tmp_path), most=2)
    functions = engine.project.module_at("app.py").functions
    assert types(engine.function_escapes(functions["second"])) == {"LookupError"}
    assert engine.function_escapes(functions["asked"]) == alone
    assert types(alone) == set() and not alone.closed


def test_an_answer_knows_whether_it_ends_at_the_horizon(tmp_path):
    (tmp_path / "app.py").write_text(BROAD, encoding="utf-8")
    engine = Engine(Project(tmp_path), most=2)
    functions = engine.project.module_at("app.py").functions
    assert engine.is_cut(functions["asked"])
    assert not engine.is_cut(functions["second"])


def test_a_chain_of_a_thousand_functions_is_followed_to_the_horizon_and_is_open(tmp_path):
    links = "".join(f"def f{number}():\n    return f{number + 1}()\n" for number in range(1_000))
    source = f"{links}def f1000():\n    return int('1')\ndef asked():\n    return f0()\n"
    found = answer(tmp_path, source, most=200)
    assert [one.why for one in found.unknown] == ["`f200` (app.py:400): too far away to be followed"]
