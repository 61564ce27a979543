"""An exception that ends a thread, a task that nobody waits for, or in the hands of C, is lost."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.callers import Callers
from broadcatch.raises.upwards.lands import lands, lands_beyond
from broadcatch.raises.upwards.lost import DELETED, FUTURE, PROCESS, TASK, THREAD

HEAD = """
import asyncio, atexit, ctypes, functools, multiprocessing, threading, weakref
from concurrent.futures import ThreadPoolExecutor
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int)
executor = ThreadPoolExecutor()
def work(): raise KeyError
async def later(): raise KeyError
"""


@pytest.fixture
def project(tmp_path):
    """The calls of a project that is one file."""

    def make(source):
        (tmp_path / "m.py").write_text(textwrap.dedent(source))
        engine = Engine(Project(tmp_path))
        return Callers(engine, [tmp_path / "m.py"]), engine.project.module_at("m.py")

    return make


def lost(callers, module, name):
    function = next(one for one in module.extents if one.qualname == name)
    return [one.lost for one in lands(callers, function, "KeyError", lambda _one: None) if one.lost]


@pytest.mark.parametrize(
    ("use", "why"),
    [
        ("threading.Thread(target=work).start()", THREAD),
        ("threading.Timer(5, work).start()", THREAD),
        ("threading.Thread(target=functools.partial(work)).start()", THREAD),
        ("threading.Thread(target=lambda: work()).start()", THREAD),
        ("multiprocessing.Process(target=work).start()", PROCESS),
        ("executor.submit(work)", FUTURE),
        ("atexit.register(work)", "Python prints what leaves a callback of atexit.register and goes on"),
        ("kept = CALLBACK(work)", "C calls it: Python prints what leaves it and goes on"),
    ],
)
def test_what_is_run_apart_is_lost(project, use, why):
    assert lost(*project(HEAD + use + "\n"), "work") == [why]


@pytest.mark.parametrize(
    "use",
    [
        "print(executor.submit(work).result())",
        "done = executor.submit(work)\nprint(done.result())",
        "signal.signal(2, work)",
        "TABLE = {'work': work}",
    ],
)
def test_what_somebody_asks_for_is_not(project, use):
    assert lost(*project(HEAD + use + "\n"), "work") == []


@pytest.mark.parametrize(
    ("use", "why"),
    [
        ("asyncio.create_task(later())", [TASK]),
        ("self.task = asyncio.create_task(later())\n    self.task.cancel()", [TASK]),
        ("self.task = asyncio.ensure_future(later())\n    await self.task", []),
        ("task = asyncio.create_task(later())\n    await asyncio.wait([task])", []),
        ("self.loop.create_task(later())", [TASK]),
        ("await asyncio.gather(later())", []),
        ("return asyncio.create_task(later())", []),
        ("async with asyncio.TaskGroup() as group:\n        group.create_task(later())", []),
    ],
)
def test_a_task_is_lost_where_nobody_waits_for_it(project, use, why):
    assert lost(*project(f"{HEAD}async def main(self):\n    {use}\n"), "later") == why


def test_the_run_of_a_thread_and_a_finalizer_are_lost(project):
    source = """
        import threading
        class Base(threading.Thread): pass
        class Worker(Base):
            def run(self): self.step()
            def step(self): raise KeyError
            def __del__(self): self.close()
            def close(self): raise KeyError
    """
    made = project(source)
    assert lost(*made, "Worker.step") == [THREAD]
    assert lost(*made, "Worker.close") == [DELETED]


def beyond(callers, module, line, type_="KeyError"):
    found = lands_beyond(callers, module, line, type_, lambda _one: None)
    return [(one.kind, one.line) for one in found]


def test_what_leaves_a_try_meets_the_clauses_around_it_first(project):
    source = """\
        def f():
            try:
                try:
                    work()
                except ValueError:
                    pass
            except LookupError:
                pass
        def g():
            try:
                f()
            except OSError:
                pass
    """
    made = project(source)
    assert beyond(*made, 5) == [("handler", 7)]
    assert beyond(*made, 5, "OSError") == [("handler", 12)]


def test_the_clauses_beside_it_do_not_see_what_leaves_the_handler(project):
    source = """\
        try:
            work()
        except ValueError:
            pass
        except KeyError:
            pass
    """
    assert beyond(*project(source), 3) == [("module", 3)]


def test_a_finally_of_its_own_that_returns_swallows_it(project):
    source = """\
        def f():
            try:
                work()
            except ValueError:
                pass
            finally:
                return 1
    """
    assert beyond(*project(source), 4) == [("finally", 4)]


def test_no_more_functions_are_looked_at_than_are_wanted(project):
    source = """\
        def a():
            try:
                work()
            except ValueError:
                pass
        def b(): a()
        def c(): b()
    """
    callers, module = project(source)
    assert lands_beyond(callers, module, 4, "KeyError", lambda _one: None, most=2) == []
    assert beyond(callers, module, 4) == [("nobody", 7)]
