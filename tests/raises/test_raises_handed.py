"""Functions that an object keeps, and the callers in the project that hand them over."""

from __future__ import annotations

from tests.raises.engines import engine_of, found_in, of

WORKER = """
    class Worker:
        def __init__(self, callback=None):
            self._callback = callback
            self.hooks = []
            self.table = {}
        def add(self, hook): self.hooks.append(hook)
        def put(self, name, hook): self.table[name] = hook
        def run(self): self._callback()
        def all(self):
            for hook in list(self.hooks): hook()
        def one(self, name):
            try:
                self.table[name]()
            except KeyError:
                pass
        def caught(self):
            try:
                self._callback()
            except LookupError:
                pass
"""
MAIN = """
    from app import Worker
    class Shop:
        def close(self): raise OSError
    def boom(): raise LookupError
    def fail(): raise RuntimeError
    def main():
        worker = Worker(boom)
        Worker(callback=fail)
        worker.add(Shop().close)
        worker.put("a", fail)
"""


def test_what_the_callers_pass_to_the_constructor_comes_out_where_it_is_called(tmp_path):
    engine = engine_of(tmp_path, app=WORKER, main=MAIN)
    assert of(engine, "Worker.run") == ({"LookupError", "RuntimeError"}, False)
    assert of(engine, "Worker.caught") == ({"RuntimeError"}, False)


def test_so_does_what_they_put_into_a_list_or_a_mapping(tmp_path):
    engine = engine_of(tmp_path, app=WORKER, main=MAIN)
    assert of(engine, "Worker.all") == ({"OSError"}, False)
    assert of(engine, "Worker.one") == ({"RuntimeError"}, False)


def test_the_call_stays_open_for_others_may_pass_another(tmp_path):
    whys = {one.why for one in found_in(engine_of(tmp_path, app=WORKER, main=MAIN), "Worker.run").unknown}
    assert whys == {"a function that is passed in is called, and others may pass another"}


def test_of_a_callback_that_nobody_passes_nothing_is_known(tmp_path):
    assert of(engine_of(tmp_path, app=WORKER), "Worker.run") == (set(), False)


def test_a_call_of_what_getattr_gives_is_open_with_its_own_reason(tmp_path):
    found = found_in(engine_of(tmp_path, app="def f(x, name): getattr(x, name)()"))
    assert [(one.call, one.why) for one in found.unknown] == [
        ("getattr", "it runs code that cannot be seen"),
        ("getattr(x, name)", "the callee is computed"),
    ]
