"""What runs where a value holds the code: partials, getters, callbacks, functions by type, awaitables."""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, found_in, of

PARTIALS = """
    import functools
    def load(text, hook): return hook(text)
    def hook(text): raise OSError
    load_it = functools.partial(load, hook=hook)
    class Box:
        open = functools.partial(load, hook=hook)
        def __init__(self): self.go = functools.partial(load, hook=hook)
        def own(self): self.go("x")
"""


@pytest.mark.parametrize(
    ("body", "types"),
    [("load_it('x')", {"OSError"}), ("Box.open('x')", {"OSError"}), ("Box().go('x')", {"OSError"})],
)
def test_a_partial_that_a_name_holds_runs_its_function_with_what_it_was_given(tmp_path, body, types):
    assert of(engine_of(tmp_path, app=f"{PARTIALS}\n    def f(): {body}\n")) == (types, True)


DISPATCHED = """
    import functools
    @functools.singledispatch
    def count(value): raise NotImplementedError
    @count.register
    def _(value: int): raise KeyError
    @count.register(str)
    def _(value): raise OSError
    def f(value): count(value)
"""


def test_a_function_chosen_by_type_runs_what_is_registered_and_stays_open(tmp_path):
    found = found_in(engine_of(tmp_path, app=DISPATCHED))
    assert {one.type for one in found.raised} == {"NotImplementedError", "KeyError", "OSError"}
    assert [one.why for one in found.unknown] == ["more of its implementations may be registered elsewhere"]


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("PATTERN.sub(broken, text)", {"ValueError", "re.error"}, True),
        ("re.sub('a', broken, text)", {"ValueError", "re.error"}, True),
        ("re.sub('a', 'b', text)", set(), True),
        ("re.sub('a', unknown, text)", {"re.error"}, False),
        ("os.walk(text, onerror=broken)", {"ValueError"}, True),
        ("tomllib.loads(text, parse_float=broken)", {"ValueError", "tomllib.TOMLDecodeError"}, True),
        ("json.loads(text, object_pairs_hook=broken)", {"ValueError", "json.decoder.JSONDecodeError"}, False),
    ],
)
def test_a_function_that_is_handed_to_python_runs_there(tmp_path, body, types, closed):
    head = "import json, os, re, tomllib\nPATTERN = re.compile('x')\ndef broken(one): raise ValueError\n"
    source = f"{head}def f(text: str, unknown):\n    {body}\n"
    assert of(engine_of(tmp_path, app=source)) == (types, closed)


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        ("operator.attrgetter('a')(value)", False),
        ("GET(value)", False),
        ("GET('text')", True),
        ("operator.itemgetter(0)(value)", False),
    ],
)
def test_a_getter_runs_code_of_what_it_is_asked_about(tmp_path, body, closed):
    source = f"import operator\nGET = operator.attrgetter('a')\ndef f(value):\n    {body}\n"
    assert of(engine_of(tmp_path, app=source))[1] == closed


AWAITED = """
    import asyncio
    from typing import Awaitable
    class Line:
        async def inner(self): raise KeyError
        def plain(self) -> Awaitable[bool]: return self.inner()
        def later(self) -> Awaitable[bool]: return self.made
    class Ready:
        def __await__(self):
            yield
            raise OSError
"""


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("await line.plain()", {"KeyError"}, True),
        ("line.plain()", set(), True),
        ("await line.later()", set(), False),
        ("await Ready()", {"OSError"}, True),
    ],
)
def test_what_a_plain_function_gives_runs_where_it_is_awaited(tmp_path, body, types, closed):
    source = f"{AWAITED}\n    async def f(line: Line): {body}\n"
    assert of(engine_of(tmp_path, app=source)) == (types, closed)


def test_a_class_that_makes_others_in_new_runs_the_methods_of_those(tmp_path):
    source = """
    class Limit:
        def __new__(cls): return Real()
        def take(self): raise NotImplementedError
    class Real(Limit):
        def __new__(cls): return object.__new__(cls)
        def take(self): raise LookupError
    def f(): Limit().take()
    """
    assert of(engine_of(tmp_path, app=source)) == ({"LookupError"}, True)


def test_a_namespace_is_a_dictionary(tmp_path):
    assert of(engine_of(tmp_path, app="import builtins\ndef f(x): return builtins.__dict__[x]"))[0] == {
        "KeyError"
    }


def test_a_text_that_stands_for_a_file_sees_the_subclasses_of_the_file_and_of_others(tmp_path):
    text = """
class Base:
    def run(self): raise NotImplementedError
class Here(Base):
    def run(self): raise KeyError
def f(one: Base): one.run()
"""
    engine = engine_of(
        tmp_path,
        app=text,
        other="""
    import app
    class There(app.Base):
        def run(self): raise OSError
    """,
    )
    module = engine.project.apart("app.py", text.replace("KeyError", "ValueError"))
    found = engine.function_escapes(module.functions["f"])
    assert {one.type for one in found.raised} == {"ValueError", "OSError"}


def test_functions_of_one_name_in_several_branches_all_count(tmp_path):
    source = """
    def f(flag):
        if flag:
            def inner(): raise KeyError
            run = inner
        else:
            def inner(): raise OSError
            run = inner
        return run()
    """
    assert {"KeyError", "OSError"} <= of(engine_of(tmp_path, app=source))[0]
