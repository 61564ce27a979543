"""Do escapes follow a function that is passed, returned or wrapped? Callbacks, executors, decorators."""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, found_in, of

RETRY = """
    import functools, time
    class Gone(Exception): pass
    def load(): raise OSError
    async def fetch(): raise OSError
    def retry(func, *args):
        try:
            return func(*args)
        except KeyError as exc:
            raise Gone from exc
    def pick(d: dict, k: str): return d[k]
"""


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("retry(load)", {"OSError"}, True),
        ("retry(pick, {}, 'a')", {"app.Gone"}, True),
        ("retry(func=load)", {"OSError"}, True),
        ("retry(lambda: load())", {"OSError"}, True),
        ("retry(lambda: 1)", set(), True),
        ("retry(functools.partial(load))", {"OSError"}, True),
        ("retry(functools.partial(pick, {}), 'a')", {"app.Gone"}, True),
        ("retry(int)", {"ValueError", "TypeError", "OverflowError"}, True),
        ("retry(load if x else pick)", {"OSError", "app.Gone"}, True),
        ("retry(x)", set(), False),
        ("retry(load)\nretry(x)", {"OSError"}, False),
        ("work = functools.partial(retry, load)\nwork()", {"OSError"}, True),
        ("retry(Store().get)", {"LookupError", "ZeroDivisionError"}, True),
        ("retry(Store)", {"ZeroDivisionError"}, True),
        ("retry(retry, load)", set(), False),
        ("sorted([1], key=load)", {"OSError", "TypeError"}, True),
        ("list(map(load, [1]))", {"OSError"}, True),
        ("functools.reduce(pick, [1])", {"KeyError", "TypeError"}, True),
    ],
)
def test_what_is_passed_comes_out_through_the_handlers_of_who_calls_it(tmp_path, body, types, closed):
    store = """
    class Store:
        def __init__(self): 1 / zero()
        def get(self): raise LookupError
    def zero() -> int: return 0
"""
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    source = f"{RETRY}{store}    def f(x):\n{lines}\n"
    found, is_closed = of(engine_of(tmp_path, app=source))
    translated = {"app.Gone"} if "retry(" in body or "retry," in body else set()
    assert (found, is_closed) == (types | translated, closed)


def test_two_callers_do_not_see_what_the_other_passes(tmp_path):
    source = f"{RETRY}    def f(): retry(load)\n    def g(): retry(pick)\n"
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == ({"OSError", "app.Gone"}, True)
    assert of(engine, "g") == ({"app.Gone"}, True)
    assert of(engine, "retry") == ({"app.Gone"}, False)


def test_the_chain_names_who_calls_and_who_raises(tmp_path):
    found = found_in(engine_of(tmp_path, app=f"{RETRY}    def f():\n        retry(load)\n"))
    (only,) = [one for one in found.raised if one.type == "OSError"]
    assert (only.line, only.evidence.line) == (13, 4)
    steps = [(step.call, step.path, step.line) for step in only.evidence.via]
    assert steps == [("retry", "app.py", 13), ("load", "app.py", 8)]


def test_a_parameter_that_is_handed_on_is_followed(tmp_path):
    source = """
        def load(): raise OSError
        def outer(func): return inner(func)
        def inner(func): return func()
        def nested(func):
            def run(): return func()
            return run()
        def f(): outer(load)
        def g(): nested(load)
        def h(n):
            def again(func):
                if n: again(lambda: func())
                func()
            again(load)
        def k(n):
            def again(func):
                if n: again(lambda: [func(), load()])
                func()
            again(load)
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == of(engine, "g") == ({"OSError"}, True)
    assert of(engine, "h") == ({"OSError"}, True)
    assert of(engine, "k") == ({"OSError"}, False)


def test_an_argument_that_is_left_out_has_its_default(tmp_path):
    source = """
        def load(): raise OSError
        def run(func=load, after=None):
            func()
            if after: after()
        def f(): run()
        def g(after): run(after=after)
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == ({"OSError"}, True)
    assert of(engine, "g") == ({"OSError"}, False)


def test_a_decorator_is_what_its_wrapper_does(tmp_path):
    source = """
        import functools
        class Gone(Exception): pass
        def translate(func):
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                try:
                    return func(*args, **kwargs)
                except OSError as exc:
                    raise Gone from exc
            return wrapper
        def swallow(*types):
            def decorate(func):
                def wrapper(*args):
                    try:
                        return func(*args)
                    except Exception:
                        return None
                return wrapper
            return decorate
        REGISTRY = []
        def register(func):
            REGISTRY.append(func)
            return func
        @translate
        def one(): raise OSError
        @swallow(OSError)
        def two(): raise OSError
        @register
        def three(): raise OSError
        @register
        @translate
        def four(): raise OSError
        class A:
            @translate
            def method(self): raise OSError
            @property
            @translate
            def value(self): raise OSError
        def f1(): one()
        def f2(): two()
        def f3(): three()
        def f4(): four()
        def f5(a: A): a.method()
        def f6(a: A): return a.value
        def f7(): translate(three)()
    """
    engine = engine_of(tmp_path, app=source)
    assert (
        of(engine, "f1") == of(engine, "f4") == of(engine, "f5") == of(engine, "f6") == ({"app.Gone"}, True)
    )
    assert of(engine, "f7") == ({"app.Gone"}, True)
    assert of(engine, "f2") == (set(), True)
    assert of(engine, "f3") == ({"OSError"}, True)


def test_a_decorator_of_coroutines_raises_where_they_are_awaited(tmp_path):
    source = """
        class Gone(Exception): pass
        def translate(func):
            async def wrapper(*args):
                try:
                    return await func(*args)
                except OSError:
                    raise Gone
            return wrapper
        def counted(func):
            def wrapper(*args):
                return func(*args)
            return wrapper
        @translate
        async def one(): raise OSError
        @counted
        async def two(): raise OSError
        async def f1(): await one()
        async def f2(): await two()
        def made(): return one(), two()
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f1") == ({"app.Gone"}, True)
    assert of(engine, "f2") == ({"OSError"}, True)
    assert of(engine, "made") == (set(), True)


def test_what_runs_in_a_thread_comes_out_where_it_is_awaited(tmp_path):
    source = """
        import asyncio
        def load(n): raise OSError
        async def f(): await asyncio.to_thread(load, 1)
        async def g(what): await asyncio.to_thread(what, 1)
        async def h(loop: asyncio.AbstractEventLoop):
            await loop.run_in_executor(None, load, 1)
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == ({"OSError"}, True)
    assert of(engine, "g") == (set(), False)
    assert of(engine, "h")[0] == {"OSError"}


def test_an_awaitable_that_is_passed_is_awaited_by_who_gets_it(tmp_path):
    source = """
        async def load(): raise OSError
        async def run(coro): return await coro
        async def f(): await run(load())
        async def g(what): await run(what)
        async def call(what): return await what()
        async def h():
            made = lambda: load()
            await made()
        async def i(): await call(lambda: load())
        async def j(): await call(load)
        def k(): made = lambda: load(); made()
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == ({"OSError"}, True)
    assert of(engine, "g") == (set(), False)
    assert of(engine, "h") == of(engine, "i") == of(engine, "j") == ({"OSError"}, True)
    assert of(engine, "k") == (set(), True)
