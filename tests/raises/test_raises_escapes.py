"""What can come out of a piece of code? Small modules with the expected set beside them."""

from __future__ import annotations

import ast
import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine


@pytest.fixture
def project(tmp_path):
    def make(**files: str) -> Engine:
        for name, text in files.items():
            path = tmp_path / (name.replace("_in_", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return Engine(Project(tmp_path))

    return make


def of(engine: Engine, name: str = "f", file: str = "app.py"):
    """(types, whether closed) of what function `name` lets out."""
    found = engine.function_escapes(_function(engine, name, file))
    return {one.type for one in found.raised} - {"AttributeError"}, found.closed


def _function(engine: Engine, name: str, file: str = "app.py"):
    module = engine.project.module_at(file)
    return next(one for one in module.extents if one.qualname == name)


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("raise ValueError('x')", {"ValueError"}, True),
        ("int('1')", {"ValueError"}, True),
        ("int(unknown)", {"ValueError", "TypeError"}, True),
        ("int(float(s))", {"ValueError", "OverflowError"}, True),
        ("return 1", set(), True),
        ("return {'a': 1}[key]", {"KeyError"}, True),
        ("return [1][n]", {"IndexError"}, True),
        ("return 'abc'[0:2]", set(), True),
        ("return 1 / n", {"ZeroDivisionError"}, True),
        ("return 1 / 2", set(), True),
        ("json.loads(s)", {"ValueError", "json.decoder.JSONDecodeError"}, True),
        ("getattr(n, 'x', None)", set(), True),
        ("next(iter([]))", {"StopIteration", "TypeError"}, True),
        ("assert n", {"AssertionError"}, True),
        ("eval(s)", {"SyntaxError"}, False),
        ("return os.F_OK | os.R_OK | 4", set(), True),
        ("return os.F_OK | unknown", {"TypeError"}, False),
        ("counts = [0] * n\nreturn counts[n]", {"IndexError"}, True),
        ("datetime.timedelta(seconds=10)", set(), True),
        ("datetime.timedelta(seconds=n)", {"OverflowError", "ValueError"}, True),
        ("os.register_at_fork(before=print)", set(), True),
        (
            "shutil.copyfileobj(unknown, open(s, 'wb'))",
            {"OSError", "FileNotFoundError", "PermissionError"},
            False,
        ),
        (
            "json.load(unknown)",
            {"OSError", "UnicodeDecodeError", "ValueError", "json.decoder.JSONDecodeError"},
            False,
        ),
        ("return '%d' % n", {"TypeError"}, True),
        ("import numpy", {"ImportError"}, False),
        ("import json", set(), True),
        ("logger.info('x')", set(), True),
        ("unknown.method()", set(), False),
        ("def inner(): raise ValueError", set(), True),
        ("lambda: 1 / n", set(), True),
        ("suppressed = 1\nwith contextlib.suppress(ValueError):\n    raise ValueError", set(), True),
        ("with contextlib.nullcontext():\n    raise ValueError", {"ValueError"}, True),
    ],
)
def test_operations_and_builtins(project, body, types, closed):
    head = "import contextlib, datetime, json, logging, os, shutil\nlogger = logging.getLogger(__name__)\n"
    source = f"{head}def f(unknown, key: str, n: int, s: str):\n{textwrap.indent(body, '    ')}\n"
    assert of(project(app=source)) == (types, closed)


def test_a_subscript_of_an_unknown_value_is_open(project):
    types, closed = of(project(app="def f(x): return x['a']"))
    assert "KeyError" in types
    assert not closed


@pytest.mark.parametrize(
    ("clause", "types"),
    [
        ("except KeyError: pass", set()),
        ("except LookupError: pass", set()),
        ("except (ValueError, KeyError): pass", set()),
        ("except ERRORS: pass", set()),
        ("except ValueError: pass", {"KeyError"}),
        ("except KeyError: raise", {"KeyError"}),
        ("except KeyError as exc: raise exc", {"KeyError"}),
        ("except LookupError as exc: raise OSError from exc", {"OSError"}),
        ("except NOT_RESOLVED: pass", {"KeyError"}),
        ("finally: pass", {"KeyError"}),
        ("finally: return", set()),
        ("except KeyError: pass\n    else: raise OSError", {"OSError"}),
    ],
)
def test_a_clause_subtracts_and_a_bare_raise_puts_back(project, clause, types):
    source = f"ERRORS = (KeyError, OSError)\ndef f():\n    try:\n        raise KeyError\n    {clause}\n"
    assert of(project(app=source))[0] == types


def test_a_bare_raise_belongs_to_the_innermost_clause(project):
    source = """
        def f():
            try:
                raise KeyError
            except KeyError as outer:
                try:
                    raise OSError
                except OSError:
                    raise outer
    """
    assert of(project(app=source))[0] == {"KeyError"}


def test_swallowing_everything_closes_what_was_open(project):
    source = "def f(x):\n    try:\n        x.run()\n    except Exception:\n        return None\n"
    assert of(project(app=source)) == (set(), True)


def test_a_chain_of_calls_is_the_evidence(project):
    engine = project(
        errors="class Gone(Exception): pass\nclass GoneForGood(Gone): pass",
        pkg_in___init__="from pkg.impl import load",
        pkg_in_impl="import errors\ndef load(): return fetch()\ndef fetch(): raise errors.GoneForGood()",
        app="from pkg import load as get\ndef f(): return get()",
    )
    found = engine.function_escapes(_function(engine, "f"))
    assert [(one.type, one.line, [step.call for step in one.evidence.via]) for one in found.raised] == [
        ("errors.GoneForGood", 2, ["get", "fetch"])
    ]
    assert (found.raised[0].evidence.path, found.raised[0].evidence.line) == ("pkg/impl.py", 3)
    assert found.closed


def test_methods_are_found_through_self_attributes_constructors_and_globals(project):
    source = """
        class Store:
            def get(self): raise KeyError
        class Service:
            def __init__(self, other: Store):
                self.store = Store()
                self.other = other
            def f1(self): self.store.get()
            def f2(self): self.other.get()
            def f3(self): self.f1()
        service = Service(Store())
        def f():
            service.f3()
        def g():
            local = Store()
            local.get()
    """
    engine = project(app=source)
    for name in ("Service.f1", "Service.f2", "Service.f3", "f", "g"):
        assert of(engine, name) == ({"KeyError"}, True), name


def test_overrides_of_subclasses_count(project):
    source = """
        class Base:
            def run(self): raise NotImplementedError
        class One(Base):
            def run(self): raise KeyError
        class Two(One):
            def run(self): raise OSError
        def f(what: Base): what.run()
        def exact(): One().run()
    """
    engine = project(app=source)
    assert of(engine) == ({"KeyError", "OSError"}, True)
    assert of(engine, "exact") == ({"KeyError"}, True)


def test_overrides_count_for_a_method_called_on_cls_too(project):
    source = """
        class Base:
            def run(cls): raise KeyError
            @classmethod
            def start(cls): cls.run()
            @staticmethod
            def named(): Base.run()
        class One(Base):
            @classmethod
            def run(cls): raise OSError
    """
    engine = project(app=source)
    assert of(engine, "Base.start") == ({"KeyError", "OSError"}, True)
    assert of(engine, "Base.named") == ({"KeyError"}, True)


def test_a_hook_is_open_whoever_overrides_it_here(project):
    source = """
        class Base:
            @classmethod
            def prepare(cls):
                'Override this.'
                pass
            def finish(self): pass
            @classmethod
            def start(cls): cls.prepare()
            def stop(self): self.finish()
        class One(Base):
            def finish(self): raise OSError
        def exact(): Base().finish()
    """
    engine = project(app=source)
    assert of(engine, "Base.start") == (set(), False)
    assert of(engine, "Base.stop") == ({"OSError"}, False)
    assert of(engine, "exact") == (set(), True)


def test_a_property_runs_its_function(project):
    source = """
        class A:
            @property
            def value(self): raise OSError
        def f(a: A): return a.value
    """
    assert of(project(app=source)) == ({"OSError"}, True)


def test_a_coroutine_raises_where_it_is_awaited_and_a_generator_where_it_is_iterated(project):
    source = """
        import asyncio
        async def load(): raise OSError
        def numbers():
            raise KeyError
            yield 1
        def made(): return numbers(), load
        async def f(): await load()
        async def timed(): await asyncio.wait_for(load(), 1)
        def g():
            for n in numbers(): pass
        def h(): return list(numbers())
        async def later():
            task = load()
            await task
    """
    engine = project(app=source)
    assert of(engine, "made") == (set(), True)
    assert of(engine, "f") == ({"OSError"}, True)
    assert "OSError" in of(engine, "timed")[0]
    assert of(engine, "g") == of(engine, "h") == ({"KeyError"}, True)
    assert of(engine, "later") == ({"OSError"}, True)


def test_recursion_ends_and_both_sides_see_everything(project):
    source = """
        def f(n: int):
            if n: raise KeyError
            g(n)
        def g(n: int):
            if n: raise OSError
            f(n)
    """
    engine = project(app=source)
    assert of(engine, "f") == of(engine, "g") == ({"KeyError", "OSError"}, True)


def test_an_undecided_decorator_leaves_the_set_open(project):
    source = "import other\n@other.retry\ndef g(): raise KeyError\ndef f(): g()"
    assert of(project(app=source)) == ({"KeyError"}, False)


def test_a_file_with_unknown_syntax_is_open_with_that_reason(project):
    engine = project(broken="def load(: pass", app="from broken import load\ndef f(): load()")
    found = engine.function_escapes(_function(engine, "f"))
    assert found.raised == ()
    assert "broken" in found.unknown[0].why


def test_a_name_bound_twice_is_open(project):
    source = (
        "try:\n    import other as j\nexcept ImportError:\n    import json as j\ndef f(s: str): j.loads(s)"
    )
    assert of(project(app=source)) == ({"ValueError", "json.decoder.JSONDecodeError"}, False)


def test_evidence_stands_at_the_line_of_the_body(project):
    engine = project(app="def f(s: str):\n    x = 1\n    int(s)\n")
    module = engine.project.module_at("app.py")
    assert isinstance(module.tree, ast.Module)
    found = engine.function_escapes(_function(engine, "f"))
    assert {one.line for one in found.raised} == {3}


def test_reading_an_attribute_may_fail_and_of_an_unknown_object_run_code(project):
    engine = project(app="import types\ndef f(): return types.UnionType\ndef g(x): return x.y\n")
    known = engine.function_escapes(_function(engine, "f"))
    unknown = engine.function_escapes(_function(engine, "g"))
    assert [one.type for one in known.raised] == [one.type for one in unknown.raised] == ["AttributeError"]
    assert (known.closed, unknown.closed) == (True, False)


def test_a_property_of_the_standard_library_may_raise(project):
    source = (
        "from urllib.parse import urlparse\ndef f(s: str):\n    parts = urlparse(s)\n    return parts.port\n"
    )
    engine = project(app=source)
    found = engine.function_escapes(_function(engine, "f"))
    assert {one.line for one in found.raised if one.type == "ValueError"} == {3, 4}


@pytest.mark.parametrize(
    "body",
    [
        "first, second = rows",
        "[first, *rest] = rows",
        "return [*rows]",
        "return {1, *rows}",
        "return 1 in rows",
        "return 1 not in rows",
    ],
)
def test_what_iterates_over_an_unknown_value_is_open(project, body):
    assert of(project(app=f"def f(rows):\n    {body}\n"))[1] is False


@pytest.mark.parametrize(
    "body",
    [
        "first, second = 1, 2",
        "first, second = known",
        "return [*known]",
        "return 1 in known",
        "return 1 in (1, 2)",
        "return 'a' in 'abc'",
        "return rows is None",
    ],
)
def test_what_iterates_over_a_plain_value_is_not_open(project, body):
    assert of(project(app=f"def f(rows, known: list[int]):\n    {body}\n"))[1] is True


def test_membership_runs_the_method_of_a_class(project):
    source = """
        class Box:
            def __contains__(self, what): raise OSError
        class Rows:
            def __iter__(self): raise KeyError
        def f(box: Box): return 1 in box
        def g(rows: Rows): return 1 in rows
    """
    engine = project(app=source)
    assert of(engine) == ({"OSError"}, True)
    assert of(engine, "g") == ({"KeyError"}, True)


@pytest.mark.parametrize("taken", ["from pkg.go import go", "from pkg.go import *"])
def test_what_a_package_takes_out_of_a_submodule_of_the_same_name_is_meant(project, taken):
    go = "def go(): raise KeyError"
    source = "from pkg import go\ndef f(): go()"
    assert of(project(app=source, pkg_in___init__=taken, pkg_in_go=go)) == ({"KeyError"}, True)


def test_a_function_that_a_package_defines_hides_the_submodule_of_its_name(project):
    package = "from pkg.go import other\ndef go(): raise KeyError"
    engine = project(app="from pkg import go\ndef f(): go()", pkg_in___init__=package, pkg_in_go="other = 1")
    assert of(engine) == ({"KeyError"}, True)


def test_a_submodule_that_its_package_imports_whole_is_the_submodule(project):
    go = "def go(): raise KeyError"
    source = "from pkg import go\ndef f(): go.go()"
    assert of(project(app=source, pkg_in___init__="from pkg import go", pkg_in_go=go)) == ({"KeyError"}, True)


def test_a_name_that_a_module_binds_to_itself_means_what_it_meant(project):
    assert of(project(app="TimeoutError = TimeoutError\ndef f(): raise TimeoutError()")) == (
        {"TimeoutError"},
        True,
    )


def test_another_text_of_the_same_file_does_not_show_in_later_answers(project):
    engine = project(app="")
    texts = [
        f"class A:\n    def g(self):\n        try:\n            self.h()\n        except {caught}: pass\n"
        "    def h(self):\n        raise KeyError\n    def f(self):\n        self.g()\n"
        for caught in ("KeyError", "ValueError")
    ]
    answers = []
    for text in texts:
        module = engine.project.apart("app.py", text)
        function = next(one for one in module.extents if one.qualname == "A.f")
        answers.append([one.type for one in engine.function_escapes(function).raised])
    assert answers == [[], ["KeyError"]]
