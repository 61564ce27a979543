"""What a callee does depends on what it is given: constants, and what it says itself, choose its branches."""

from __future__ import annotations

import pytest
from engines import engine_of, of

STRICT = """
    def read(text, strict=True, kind="a", default=None):
        {body}
    def f(text, flag):
        return {call}
"""


def asked(tmp_path, body: str, call: str):
    indented = body.replace("\n", "\n        ")
    return of(engine_of(tmp_path, app=STRICT.format(body=indented, call=call)))


RAISES = "if strict:\n    raise ValueError(text)\nreturn text"


@pytest.mark.parametrize(
    ("call", "types"),
    [
        ("read(text, False)", set()),
        ("read(text, strict=False)", set()),
        ("read(text, True)", {"ValueError"}),
        ("read(text)", {"ValueError"}),
        ("read(text, flag)", {"ValueError"}),
        ("read(text, **flag)", {"ValueError", "TypeError"}),
        ("read(*text)", {"ValueError", "TypeError"}),
    ],
)
def test_a_flag_chooses_the_branch(tmp_path, call, types):
    assert asked(tmp_path, RAISES, call)[0] | {"TypeError"} == types | {"TypeError"}


@pytest.mark.parametrize(
    ("test", "call", "raises"),
    [
        ("not strict", "read(text)", False),
        ("not strict", "read(text, strict=0)", True),
        ("default is None", "read(text)", True),
        ("default is None", "read(text, default=1)", False),
        ("default is not None", "read(text)", False),
        ("kind == 'b'", "read(text)", False),
        ("kind != 'b'", "read(text)", True),
        ("kind in ('b', 'c')", "read(text, kind='c')", True),
        ("kind in ('b', 'c')", "read(text)", False),
        ("kind not in ('b', 'c')", "read(text)", True),
        ("strict and text", "read(text, False)", False),
        ("strict or text", "read(text, False)", True),
        ("not (strict or text)", "read(text)", False),
        ("isinstance(kind, str)", "read(text)", True),
        ("isinstance(kind, (int, bytes))", "read(text)", False),
        ("kind is text", "read(text)", True),
        ("strict == text", "read(text)", True),
    ],
)
def test_tests_of_many_forms_choose(tmp_path, test, call, raises):
    types, closed = asked(tmp_path, f"if {test}:\n    raise ValueError(text)", call)
    assert ("ValueError" in types) is raises


def test_the_other_branch_is_chosen_too(tmp_path):
    body = "if strict:\n    return 1\nelse:\n    raise KeyError(text)"
    assert asked(tmp_path, body, "read(text)") == (set(), True)
    assert asked(tmp_path, body, "read(text, False)") == ({"KeyError"}, True)


def test_what_stands_behind_a_branch_that_leaves_is_the_other_branch(tmp_path):
    body = "if not strict:\n    return 1\nraise KeyError(text)"
    assert asked(tmp_path, body, "read(text, strict=False)") == (set(), True)
    assert asked(tmp_path, body, "read(text)") == ({"KeyError"}, True)


def test_a_parameter_that_is_set_anew_says_nothing(tmp_path):
    body = "if text:\n    strict = True\nif strict:\n    raise KeyError(text)"
    assert "KeyError" in asked(tmp_path, body, "read(text, False)")[0]


def test_a_flag_that_is_handed_on_is_followed(tmp_path):
    text = """
        def inner(text, strict):
            if strict:
                raise KeyError(text)
        def read(text, strict=False):
            return inner(text, strict)
        def f(text):
            return read(text)
        def g(text):
            return read(text, strict=True)
    """
    engine = engine_of(tmp_path, app=text)
    assert of(engine) == (set(), True)
    assert of(engine, "g") == ({"KeyError"}, True)
    assert of(engine, "read") == ({"KeyError"}, True)


def test_an_open_point_in_a_branch_that_is_not_taken_opens_nothing(tmp_path):
    body = "if default is not None:\n    default.run()\nreturn 1"
    assert asked(tmp_path, body, "read(text)") == (set(), True)
    assert asked(tmp_path, body, "read(text, default=flag)")[1] is False


def test_a_partial_leaves_what_it_does_not_name_open(tmp_path):
    text = """
        from functools import partial
        def read(text, strict=False):
            if strict:
                raise KeyError(text)
        def f(text):
            return partial(read, text)(True)
        def g(text):
            later = partial(read, text)
            return later(strict=True)
    """
    engine = engine_of(tmp_path, app=text)
    assert "KeyError" in of(engine)[0]
    assert "KeyError" in of(engine, "g")[0]


def test_a_wrapper_that_passes_everything_on_leaves_flags_open(tmp_path):
    text = """
        from functools import wraps
        def logged(function):
            @wraps(function)
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner
        @logged
        def read(text, strict=False):
            if strict:
                raise KeyError(text)
        def f(text):
            return read(text, True)
    """
    assert "KeyError" in of(engine_of(tmp_path, app=text))[0]


def test_a_method_counts_its_parameters_behind_its_receiver(tmp_path):
    text = """
        class Reader:
            def __init__(self, strict=False):
                if strict:
                    raise KeyError("no")
            def read(self, text, strict=False):
                if strict:
                    raise ValueError(text)
            @classmethod
            def make(cls, strict=False):
                if strict:
                    raise OSError("no")
        def f(text):
            return Reader().read(text, False)
        def g(text):
            return Reader(True).read(text, True)
        def h(text):
            return Reader.make(True)
        def k(text):
            return Reader.read(Reader(), text, True)
    """
    engine = engine_of(tmp_path, app=text)
    assert of(engine)[0] == set()
    assert of(engine, "g")[0] == {"KeyError", "ValueError"}
    assert of(engine, "h")[0] == {"OSError"}
    assert of(engine, "k")[0] == {"ValueError"}


def test_a_flag_that_an_inner_function_tests_is_that_of_the_outer_one(tmp_path):
    text = """
        def outer(text, strict=False):
            def inner():
                if strict:
                    raise KeyError(text)
            return inner()
        def f(text):
            return outer(text)
        def g(text):
            return outer(text, True)
    """
    engine = engine_of(tmp_path, app=text)
    assert of(engine)[0] == set()
    assert of(engine, "g")[0] == {"KeyError"}


def test_a_recursion_with_another_flag_is_followed(tmp_path):
    text = """
        def walk(node, top=True):
            if not top:
                raise KeyError(node)
            return walk(node, False)
        def f(node):
            return walk(node)
    """
    assert of(engine_of(tmp_path, app=text)) == ({"KeyError"}, True)


@pytest.mark.parametrize(
    ("call", "raises"),
    [
        ("save()", False),
        ("save(True)", True),
        ("save(force=True)", True),
        ("save(*[1])", True),
        ("save(x=1)", False),
    ],
)
def test_a_parameter_that_is_bound_anew_elsewhere_still_chooses(tmp_path, call, raises):
    text = f"""
        def save(*args, force=False, **others):
            if args:
                force = args[0]
            if force and others is not None:
                raise ValueError
        def f():
            {call}
    """
    assert ("ValueError" in of(engine_of(tmp_path, app=text))[0]) is raises


@pytest.mark.parametrize(
    ("before", "raises"),
    [
        ("pass", False),
        ("strict = text", True),
        ("if text: strict = text", True),
        ("if kind == 'b': strict = text", False),
        ("for strict in text: pass", True),
        ("if kind == 'b': pass\n            else: strict = text", True),
        ("with open(text) as strict: pass", True),
    ],
)
def test_only_a_value_that_was_passed_chooses(tmp_path, before, raises):
    text = f"""
        def read(text, strict=False, kind='a'):
            {before}
            if strict:
                raise LookupError
            strict = 1
        def f(text):
            read(text)
    """
    assert ("LookupError" in of(engine_of(tmp_path, app=text))[0]) is raises


def test_a_loop_binds_it_for_its_next_round(tmp_path):
    text = """
        def read(text, strict=False):
            for one in text:
                if strict:
                    raise LookupError
                strict = True
        def f(text):
            read(text)
    """
    assert "LookupError" in of(engine_of(tmp_path, app=text))[0]


def test_a_flag_with_an_annotation_is_handed_on(tmp_path):
    text = """
        def inner(x: int, strict: bool = True):
            if strict and x:
                raise ValueError
        def outer(x: int, strict: bool = False):
            inner(x, strict=strict)
        def f():
            outer(1)
    """
    assert of(engine_of(tmp_path, app=text)) == (set(), True)


def test_a_function_inside_may_bind_it(tmp_path):
    text = """
        def read(text, strict=False):
            def turn():
                nonlocal strict
                strict = True
            turn()
            if strict:
                raise LookupError
        def f(text):
            read(text)
    """
    assert "LookupError" in of(engine_of(tmp_path, app=text))[0]


KINDS = """
    class Base: pass
    class Own(Base): pass
    class Other: pass
    class Called:
        def __call__(self): raise OSError
    def read(x, y=None):
        if {test}:
            raise LookupError
        return y() if y else None
    def f(u: str, n):
        {body}
"""


@pytest.mark.parametrize(
    ("test", "body", "raises"),
    [
        ("x is None", "read([u])", False),
        ("x is None", "read(f'{u}')", False),
        ("x is None", "read(Own())", False),
        ("x is None", "read(u)", True),
        ("x is not None", "read({})", True),
        ("isinstance(x, str)", "read([])", False),
        ("isinstance(x, str)", "read(str(n))", True),
        ("isinstance(x, int)", "read(bool(n))", True),
        ("isinstance(x, (list, tuple))", "read({u: 1})", False),
        ("not isinstance(x, dict)", "read({u: 1})", False),
        ("isinstance(x, Base)", "read(Own())", True),
        ("not isinstance(x, Base)", "read(Own())", False),
        ("isinstance(x, Other)", "read(Own())", False),
        ("isinstance(x, Other)", "read('a')", False),
        ("isinstance(x, Other)", "read(n)", True),
        ("not isinstance(x, Own)", "read(Base())", True),
        ("isinstance(x, str)", "v = [u]; read(v)", False),
        ("isinstance(x, str)", "v = [u]\n        if n: v = u\n        read(v)", True),
    ],
)
def test_the_class_of_an_argument_chooses(tmp_path, test, body, raises):
    text = KINDS.format(test=test, body=body)
    assert ("LookupError" in of(engine_of(tmp_path, app=text))[0]) is raises


def test_an_object_that_can_be_called_is_still_called(tmp_path):
    text = KINDS.format(test="y is None", body="read(u, Called())")
    assert of(engine_of(tmp_path, app=text))[1] is False


def test_an_abstract_class_may_count_others_as_its_own(tmp_path):
    text = """
        from abc import ABC
        class Sized(ABC): pass
        def read(x):
            if isinstance(x, Sized):
                raise LookupError
        def f():
            read([1])
    """
    assert "LookupError" in of(engine_of(tmp_path, app=text))[0]
