"""What does a `with` make of what its body raises?"""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, found_in, of

GENERATORS = """
    import contextlib
    class Gone(Exception): pass
    @contextlib.contextmanager
    def plain():
        yield 1
    @contextlib.contextmanager
    def translating():
        try:
            yield
        except OSError as exc:
            raise Gone from exc
    @contextlib.contextmanager
    def swallowing(quiet):
        try:
            yield
        except (OSError, KeyError):
            if not quiet: raise
    @contextlib.contextmanager
    def quiet():
        try:
            yield
        except Exception:
            pass
    @contextlib.contextmanager
    def entering():
        int('x')
        try:
            yield
        finally:
            leave()
    def leave(): raise ZeroDivisionError
    @contextlib.contextmanager
    def around():
        with translating():
            yield
    @contextlib.asynccontextmanager
    async def later():
        try:
            yield
        except OSError:
            raise Gone
    @contextlib.contextmanager
    def guarded(call):
        call()
        yield
    class Store:
        @contextlib.contextmanager
        def open(self):
            try:
                yield self
            except OSError:
                raise Gone
    def load(): raise OSError
"""


@pytest.mark.parametrize(
    ("manager", "types"),
    [
        ("plain()", {"OSError"}),
        ("translating()", {"app.Gone"}),
        ("around()", {"app.Gone"}),
        ("swallowing(True)", {"OSError"}),
        ("quiet()", set()),
        ("entering()", {"ValueError", "OSError", "ZeroDivisionError"}),
        ("translating(), plain()", {"app.Gone"}),
        ("translating() as x, quiet() as y", {"app.Gone"}),
        ("Store().open()", {"app.Gone"}),
        ("guarded(lambda: leave())", {"ZeroDivisionError", "OSError"}),
        ("contextlib.nullcontext()", {"OSError"}),
        ("contextlib.suppress(LookupError, OSError)", set()),
        ("contextlib.suppress(LookupError)", {"OSError"}),
    ],
)
def test_a_generator_runs_the_body_at_its_yield(tmp_path, manager, types):
    source = f"{GENERATORS}    def f():\n        with {manager}:\n            load()\n"
    assert of(engine_of(tmp_path, app=source)) == (types, True)


def test_a_generator_that_hands_over_to_another_lets_all_through(tmp_path):
    source = f"""{GENERATORS}
    def inner():
        yield
    @contextlib.contextmanager
    def outer():
        yield from inner()
    def f():
        with outer():
            load()
    """
    assert of(engine_of(tmp_path, app=source)) == ({"OSError"}, True)


def test_an_asynchronous_generator_does_too(tmp_path):
    source = f"{GENERATORS}    async def f():\n        async with later():\n            load()\n"
    assert of(engine_of(tmp_path, app=source)) == ({"app.Gone"}, True)


def test_what_passes_through_keeps_its_place_and_what_the_manager_adds_names_it(tmp_path):
    source = f"{GENERATORS}    def f():\n        with entering():\n            load()\n"
    found = found_in(engine_of(tmp_path, app=source))
    assert {(one.type, tuple(step.call for step in one.evidence.via)) for one in found.raised} == {
        ("OSError", ("load",)),
        ("ValueError", ("entering",)),
        ("ZeroDivisionError", ("entering", "leave")),
    }


def test_a_reraise_of_an_outer_clause_works_within_a_with(tmp_path):
    source = f"""{GENERATORS}
    def f():
        try:
            raise KeyError
        except KeyError:
            with plain():
                raise
    """
    assert of(engine_of(tmp_path, app=source)) == ({"KeyError"}, True)


@pytest.mark.parametrize(
    ("leave", "types"),
    [
        ("pass", {"OSError"}),
        ("return None", {"OSError"}),
        ("return False", {"OSError"}),
        ("return True", set()),
        ("if kind:\n                return True", {"OSError"}),
        ("return isinstance(value, OSError)", set()),
        ("return isinstance(value, KeyError)", {"OSError"}),
        ("return kind is not None and issubclass(kind, (OSError, KeyError))", set()),
        ("return self.quiet", {"OSError"}),
        ("raise Gone", {"OSError", "app.Gone"}),
    ],
)
def test_a_class_swallows_only_what_it_surely_swallows(tmp_path, leave, types):
    source = f"""
    class Gone(Exception): pass
    class Box:
        quiet: bool = True
        def __enter__(self): return self
        def __exit__(self, kind, value, trace):
            {leave}
    def f():
        with Box():
            raise OSError
    """
    assert of(engine_of(tmp_path, app=source)) == (types, True)


def test_entering_runs_code_too(tmp_path):
    source = """
        import contextlib
        class Box:
            def __enter__(self): raise OSError
            def __exit__(self, *rest): raise KeyError
            def close(self): raise LookupError
        def f():
            with Box(): pass
        def g(stack: contextlib.ExitStack): stack.enter_context(Box())
        def h():
            with contextlib.closing(Box()): pass
        def unknown(x):
            with x: pass
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == of(engine, "g") == ({"OSError", "KeyError"}, True)
    assert of(engine, "h") == ({"LookupError"}, True)
    assert of(engine, "unknown") == (set(), False)


def test_a_manager_that_uses_itself_ends(tmp_path):
    source = """
        import contextlib
        @contextlib.contextmanager
        def again(n: int):
            with again(n):
                yield
        def f():
            with again(1):
                raise OSError
    """
    assert of(engine_of(tmp_path, app=source)) == ({"OSError"}, False)


def test_a_group_of_tasks_raises_a_group(tmp_path):
    source = """
        import asyncio
        async def load(): raise OSError
        async def f():
            async with asyncio.TaskGroup() as group:
                group.create_task(load())
        async def timed():
            async with asyncio.timeout(1):
                await load()
    """
    engine = engine_of(tmp_path, app=source)
    assert "ExceptionGroup" in of(engine)[0]
    assert of(engine, "timed")[0] == {"OSError", "TimeoutError"}
