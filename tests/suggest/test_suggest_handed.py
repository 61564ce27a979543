"""Is an end told that what this very call hands on excludes?"""

from __future__ import annotations

import ast
import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest
from broadcatch.suggest.conditions import Conditions
from broadcatch.suggest.worth import has, held, kind_of, truth_of

HEAD = """
    import json
    import os
    import random
    import unknown
    class Refused(Exception): ...
    class Late(Exception): ...
    class Mode:
        PLAIN = 1
        STRICT = 2
    MODES = ("a", "b")
    NAMES = ["x", "y"]
"""


@pytest.fixture
def told(tmp_path):
    def answer(code: str) -> list[str]:
        source = textwrap.dedent(HEAD) + textwrap.dedent(code)
        line = source[: source.index("# here")].count("\n") + 1
        (tmp_path / "app.py").write_text(source, encoding="utf-8")
        found = suggest(
            Engine(Project(tmp_path, find_environment("", tmp_path))), "app.py", line, ("Exception",)
        )
        assert not found.closed
        those = [why for one in (*found.proposals, *found.also) for why in one.evidence]
        return list(dict.fromkeys(why.detail for why in those if why.kind != "usage"))

    return answer


CALLED = """
    @unknown.decorator
    def f({}):
        unknown.do()
        {}
    def main(x, y):
        {}
        try:
            {}
        except Exception:  # here
            pass
"""


@pytest.mark.parametrize(
    ("parameters", "raises", "before", "call"),
    [
        ("data", "if 'a' not in data: raise Refused(data)", "pass", "f({'a': x})"),
        ("data", "if not data.get('a', True): raise Refused(data)", "pass", "f({'b': x})"),
        ("data", "if data is None: raise Refused(data)", "data = {}", "f(data)"),
        ("data", "if not isinstance(data, (list, tuple)): raise Refused(data)", "pass", "f([x])"),
        ("mode", "if mode not in MODES: raise Refused(mode)", "pass", "f('a')"),
        ("mode=Mode.PLAIN", "if mode == Mode.STRICT: raise Refused(mode)", "pass", "f()"),
        ("mode=Mode.PLAIN", "if mode != Mode.PLAIN: raise Refused(mode)", "pass", "f()"),
        ("*args", "if len(args) > 1: raise Refused(args)", "pass", "f(x)"),
        ("**kwargs", "if kwargs: raise Refused(kwargs)", "pass", "f()"),
        ("**kwargs", "if kwargs.pop('strict', False): raise Refused(kwargs)", "pass", "f(other=x)"),
        ("name", "if not name: raise Refused(name)", "name = f'a {y}'", "f(name)"),
        ("name", "if not name: return\n        raise Refused(name)", "name = ''", "f(name)"),
    ],
)
def test_a_branch_that_the_arguments_exclude_is_not_told(told, parameters, raises, before, call):
    assert told(CALLED.format(parameters, raises, before, call)) == []


@pytest.mark.parametrize(
    ("parameters", "raises", "before", "call"),
    [
        ("data", "if 'b' not in data: raise Refused(data)", "pass", "f({'a': x})"),
        ("data", "if 'b' not in data: raise Refused(data)", "data = {'a': x}", "f(data)"),
        ("data", "if not data: raise Refused(data)", "data = []", "f(data)"),
        ("mode=Mode.PLAIN", "if mode == Mode.STRICT: raise Refused(mode)", "pass", "f(Mode.STRICT)"),
        ("**kwargs", "if kwargs: raise Refused(kwargs)", "pass", "f(a=x)"),
        ("**kwargs", "if kwargs: raise Refused(kwargs)", "pass", "f(**x)"),
        ("name", "if not name: raise Refused(name)", "name = x", "f(name)"),
        ("name", "if not name: raise Refused(name)", "name = 'a'\n        if y: name = x", "f(name)"),
    ],
)
def test_a_branch_that_they_may_take_is(told, parameters, raises, before, call):
    assert [one.partition(" if")[0] for one in told(CALLED.format(parameters, raises, before, call))] == [
        "raise Refused"
    ] or "unless" in told(CALLED.format(parameters, raises, before, call))[0]


HANDED = """
    def outer(*args, **kwargs):
        return inner(*args, **kwargs)
    @unknown.decorator
    def inner(name, data=None, strict=False):
        unknown.do(name)
        if strict:
            raise Refused(name)
        return data["a"]
    def main(x):
        try:
            {}
        except Exception:  # here
            pass
"""


def test_what_is_handed_on_through_args_and_kwargs_is_known(told):
    assert told(HANDED.format("outer(x, data={'a': 1})")) == []
    assert told(HANDED.format("outer(x, {'a': 1}, strict=True)")) == ["raise Refused if `strict`"]


MADE = """
    def g(x):
        try:
            {}
            unknown.done(x)
        except Exception:  # here
            pass
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("random.choice(NAMES)", []),
        ("random.choice(x)", ["random.choice: the sequence is empty"]),
        ("n = int('12')", []),
        ("n = float(len(x))", []),
        ("n = float(Mode(x))", []),
        ("n = json.dumps(x).encode()", ["json.dumps: a value has no JSON form"]),
        ("n = bytes.fromhex('%02x' % x)", []),
        ("n = bytes.fromhex(f'{x:x}')", []),
        ("n = bytes.fromhex('%s' % x)", ["bytes.fromhex: the text is no hexadecimal"]),
        ("n = int(x)", ["int: no integer, if it is text"]),
        ("d = {'a': x}\n            y = d['a']", []),
        ("y = NAMES[1]", []),
    ],
)
def test_what_is_written_out_or_made_just_before_does_not_fail(told, body, expected):
    assert [one for one in told(MADE.format(body)) if "neither" not in one] == expected


MAKES = """
    def folder(path):
        place = os.path.dirname(path)
        if not os.path.exists(place):
            os.makedirs(place)
    def main(x):
        try:
            folder(x)
            unknown.done(x)
        except Exception:  # here
            pass
"""


def test_a_folder_that_was_asked_for_in_the_callee_is_not_there(told):
    assert told(MAKES) == ["os.makedirs: the folder cannot be made"]


def _expr(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("text", "kind", "truth"),
    [
        ("'a %s' % x", "str", None),
        ("f'{x}'", "str", None),
        ("[x]", "list", True),
        ("[*x]", "list", None),
        ("{**x}", "dict", None),
        ("', '.join(x)", "str", None),
        ("a.Line(x)", "object", True),
        ("a.CONST(x)", "", None),
        ("not x", "bool", None),
        ("x", "", None),
    ],
)
def test_the_kind_and_truth_of_an_expression(text, kind, truth):
    assert kind_of(_expr(text)) == kind
    assert truth_of(_expr(text)) is truth


def test_what_a_container_that_is_written_out_holds():
    assert has(_expr("{'a': x}"), _expr("'a'")) is True
    assert has(_expr("{'a': x}"), _expr("'b'")) is False
    assert has(_expr("{'a': x, **y}"), _expr("'b'")) is None
    assert ast.unparse(held(_expr("{'a': [x, y]}['a'][1]"))) == "y"
    assert ast.unparse(held(_expr("{}.get('a', x or 3)"))) == "x or 3"


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        ("isinstance('a', str)", True),
        ("isinstance('a', (int, float))", False),
        ("isinstance(True, int)", True),
        ("isinstance({}, Mapping)", None),
        ("isinstance(Line(x), Line)", True),
        ("isinstance(Line(x), str)", False),
        ("isinstance(Line(x), Base)", None),
        ("isinstance([], Line)", False),
        ("(3 if 'a' in ('a', 'b') else None) is None", False),
    ],
)
def test_what_follows_from_the_kind_of_a_value(test, answer):
    assert Conditions().ask(_expr(test)) is answer


@pytest.mark.parametrize("handed", [r'"a\nb"', r""" "a\nb" + "'\"" """.strip()])
def test_a_text_with_a_break_in_it_is_handed_on_into_another(told, handed):
    code = f"""
        def save(name):
            os.remove(f"{{name}}.txt")
        def main():
            try:
                unknown.call()
                save({handed})
            except Exception:  # here
                pass
    """
    assert any("remove" in one for one in told(code))
