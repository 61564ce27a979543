"""Where an exception lands that leaves a function: handlers, entry points, or out of sight."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.callers import Callers
from broadcatch.raises.upwards.lands import lands


@pytest.fixture
def land(tmp_path):
    """Where `type_` lands that leaves `name` (module.function), in a project of these modules."""

    def ask(name, type_, entry=lambda _function: None, **modules):
        for module, source in modules.items():
            (tmp_path / f"{module}.py").write_text(textwrap.dedent(source))
        engine = Engine(Project(tmp_path))
        module, _, function = name.partition(".")
        found = engine.project.module_at(f"{module}.py")
        [asked] = [one for one in found.extents if one.qualname == function]
        callers = Callers(engine, sorted(tmp_path.glob("*.py")))
        return [
            (one.kind, f"{one.path}:{one.line}", one.caught, one.detail)
            for one in lands(callers, asked, type_, entry)
        ]

    return ask


NOBODY = "nobody in the project calls it"


def test_the_next_clause_that_catches_it_is_where_it_lands(land):
    source = """
        def load(): raise KeyError
        def read():
            try:
                return load()
            except ValueError:
                return 1
            except LookupError:
                return 2
    """
    assert land("m.load", "KeyError", m=source) == [("handler", "m.py:8", ("LookupError",), "")]
    assert land("m.load", "OSError", m=source) == [("nobody", "m.py:3", (), NOBODY)]


def test_it_goes_through_callers_in_other_files_and_under_other_names(land):
    low = "def load(): raise KeyError\n"
    middle = "from low import load as fetch\n\ndef get(): return fetch()\n"
    top = "import middle\ntry:\n    middle.get()\nexcept KeyError:\n    pass\n"
    found = land("low.load", "KeyError", low=low, middle=middle, top=top)
    assert found == [("handler", "top.py:4", ("KeyError",), "")]


def test_a_call_in_a_clause_or_after_the_body_is_not_guarded_by_it(land):
    source = """
        def load(): raise KeyError
        def f():
            try:
                pass
            except KeyError:
                load()
            else:
                load()
            finally:
                load()
    """
    assert land("m.load", "KeyError", m=source) == [("nobody", "m.py:3", (), NOBODY)]


def test_a_handler_that_raises_it_again_is_passed(land):
    source = """
        def load(): raise KeyError
        def f():
            try:
                load()
            except KeyError:
                print("lost")
                raise
        def g():
            try:
                f()
            except Exception:
                pass
    """
    assert land("m.load", "KeyError", m=source) == [("handler", "m.py:12", ("Exception",), "")]


def test_a_handler_that_raises_it_again_at_times_is_an_end_and_is_passed(land):
    source = """
        def load(): raise KeyError
        def f():
            try:
                load()
            except KeyError as exc:
                if exc.args:
                    return None
                raise
        def g():
            try:
                f()
            except Exception:
                pass
    """
    assert [place for _, place, _, _ in land("m.load", "KeyError", m=source)] == ["m.py:6", "m.py:13"]


def test_a_clause_of_a_part_of_it_may_catch_it_and_may_not(land):
    source = """
        def load(): raise OSError
        def f():
            try:
                load()
            except FileNotFoundError:
                pass
    """
    found = land("m.load", "OSError", m=source)
    assert [kind for kind, _, _, _ in found] == ["handler", "nobody"]


def test_suppress_and_a_finally_that_returns_stop_it(land):
    source = """
        from contextlib import suppress
        def load(): raise KeyError
        def f():
            with suppress(KeyError):
                load()
        def g():
            try:
                load()
            finally:
                return 1
    """
    found = land("m.load", "KeyError", m=source)
    assert [(kind, place) for kind, place, _, _ in found] == [("suppressed", "m.py:5"), ("finally", "m.py:9")]


def test_recursion_comes_to_an_end(land):
    source = """
        def even(n): return odd(n - 1)
        def odd(n): return even(n - 1)
        def f():
            try:
                even(4)
            except RecursionError:
                pass
    """
    found = land("m.even", "RecursionError", m=source)
    assert [place for _, place, _, _ in found] == ["m.py:7"]


def test_a_call_of_the_base_may_run_an_override(land):
    source = """
        class Base:
            def run(self): return 1
        class Own(Base):
            def run(self): raise KeyError
        def f(base: Base):
            try:
                base.run()
            except KeyError:
                pass
    """
    assert land("m.Own.run", "KeyError", m=source) == [("handler", "m.py:9", ("KeyError",), "")]


def test_a_constructor_is_called_by_the_name_of_its_class(land):
    source = """
        class Base:
            def __init__(self): raise KeyError
        class Own(Base): pass
        try:
            Own()
        except KeyError:
            pass
    """
    assert land("m.Base.__init__", "KeyError", m=source) == [("handler", "m.py:7", ("KeyError",), "")]


def test_a_decorator_of_the_project_stands_between_the_function_and_its_callers(land):
    source = """
        def retry(func):
            def wrapper(*args):
                try:
                    return func(*args)
                except KeyError:
                    return None
            return wrapper
        @retry
        def load(): raise KeyError
        def f(): load()
    """
    assert land("m.load", "KeyError", m=source) == [("handler", "m.py:6", ("KeyError",), "")]
    assert land("m.load", "OSError", m=source)[0][:2] == ("nobody", "m.py:11")


def test_module_level_is_an_import_or_the_program_itself(land):
    source = """
        def load(): raise KeyError
        load()
        if __name__ == "__main__":
            load()
    """
    assert land("m.load", "KeyError", m=source) == [
        ("module", "m.py:3", (), "while m.py is imported"),
        ("entry", "m.py:5", (), 'under if __name__ == "__main__"'),
    ]


@pytest.mark.parametrize(
    ("use", "detail"),
    [
        ("threading.Thread(target=load)", "handed to threading.Thread"),
        ("signal.connect(load)", "handed to signal.connect"),
        ("table = {'load': load}", "kept as table"),
        ("later = lambda: load()", "called in a lambda that is kept as later"),
    ],
)
def test_a_function_that_is_handed_on_is_called_from_elsewhere(land, use, detail):
    source = f"import threading\ndef load(): raise KeyError\n{use}\n"
    assert land("m.load", "KeyError", m=source) == [("passed", "m.py:3", (), detail)]


def test_a_task_is_not_caught_where_it_is_made(land):
    source = """
        import asyncio
        async def load(): raise KeyError
        async def f():
            try:
                asyncio.create_task(load())
            except KeyError:
                pass
        async def g():
            try:
                await load()
            except KeyError:
                pass
    """
    assert land("m.load", "KeyError", m=source) == [
        ("handler", "m.py:12", ("KeyError",), ""),
        ("passed", "m.py:6", (), "its coroutine is handed to asyncio.create_task"),
    ]


def test_a_method_of_an_unknown_object_may_be_it(land):
    source = """
        class Store:
            def load(self): raise KeyError
        def f(store): store.load()
    """
    assert land("m.Store.load", "KeyError", m=source) == [("possible", "m.py:4", (), "store.load")]


def test_an_entry_point_is_told_and_its_callers_too(land):
    source = """
        def load(): raise KeyError
        def f():
            try:
                load()
            except KeyError:
                pass
    """
    found = land("m.load", "KeyError", lambda one: ("entry", f"@route on {one.qualname}"), m=source)
    assert found == [("entry", "m.py:2", (), "@route on load"), ("handler", "m.py:6", ("KeyError",), "")]


def test_python_itself_calls_what_has_such_a_name(land):
    source = "class A:\n    def __str__(self): raise KeyError\n"
    assert land("m.A.__str__", "KeyError", m=source) == [
        ("nobody", "m.py:2", (), "Python itself calls `__str__`")
    ]


def test_a_constructor_is_called_by_the_name_of_what_returns_the_class(land):
    source = """
        class Connection:
            def __init__(self): raise OSError
        class Client:
            def kind(self): return Connection
            def open(self):
                try:
                    self.kind()()
                except OSError:
                    return None
    """
    assert land("m.Connection.__init__", "OSError", m=source) == [("handler", "m.py:9", ("OSError",), "")]
