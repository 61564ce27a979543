"""Who is who? Names through imports, classes and their bases, targets of calls."""

from __future__ import annotations

import ast
import textwrap

import pytest

from broadcatch.program.calls import resolve_call, shown
from broadcatch.program.classes import Hierarchy, standard_exceptions
from broadcatch.program.module import Class, Function
from broadcatch.program.names import absolute
from broadcatch.program.project import External, Project
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import module_scope


@pytest.fixture
def project(tmp_path):
    def make(files: dict[str, str]) -> Project:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return Project(tmp_path)

    return make


@pytest.mark.parametrize(
    ("module", "is_package", "level", "target", "expected"),
    [
        ("a.b.c", False, 1, "d", "a.b.d"),
        ("a.b", True, 1, "d", "a.b.d"),
        ("a.b.c", False, 2, "d", "a.d"),
        ("a.b.c", False, 1, "", "a.b"),
        ("a.b", False, 0, "x.y", "x.y"),
    ],
)
def test_a_relative_import_becomes_absolute(module, is_package, level, target, expected):
    assert absolute(module, is_package, level, target) == expected


def test_a_name_is_followed_through_reexports_stars_and_aliases(project):
    made = project(
        {
            "pkg/__init__.py": "from .api import *",
            "pkg/api.py": "from ._core import Client as _C\nClient = _C",
            "pkg/_core.py": "class Client:\n    def get(self): pass",
        }
    )
    found = made.resolve("pkg.Client")
    assert isinstance(found, Class) and found.name == "pkg._core.Client"
    method = made.resolve("pkg.Client.get")
    assert isinstance(method, Function) and method.qualname == "Client.get"
    assert made.resolve("vendor.get") == External("vendor.get")
    assert made.resolve("pkg.nothing") is None


def test_packages_are_named_by_their_folders_and_found_in_src(project):
    made = project({"src/app/__init__.py": "", "src/app/run.py": "X = 1", "tools/x.py": "import app.run"})
    assert made.module_at("src/app/run.py").name == "app.run"
    assert made.find("app.run") is made.module_at("src/app/run.py")
    assert made.module_at("tools/x.py").name == "tools.x"


def test_circular_imports_end(project):
    made = project({"a.py": "from b import x", "b.py": "from a import x"})
    assert made.resolve("a.x") is None


def test_the_hierarchy_crosses_from_project_to_standard_library(project):
    made = project(
        {
            "errors.py": "import json\nclass Bad(json.JSONDecodeError): pass\nclass Far(Bad): pass",
            "x.py": "import vendor\nclass Odd(vendor.Failure): pass",
        }
    )
    hierarchy = Resolver(made).hierarchy
    for name in ("errors.Far", "errors.Bad", "x.Odd"):
        cls = made.resolve(name)
        assert isinstance(cls, Class)
        hierarchy.name_of(cls)
    assert hierarchy.is_subclass("errors.Far", "ValueError") is True
    assert hierarchy.is_subclass("errors.Far", "KeyError") is False
    assert hierarchy.is_subclass("x.Odd", "KeyError") is None
    assert hierarchy.catches("Exception", "x.Odd")
    assert not hierarchy.catches("ValueError", "x.Odd")


def test_aliases_of_the_standard_library_depend_on_the_version():
    assert standard_exceptions(10)["asyncio.TimeoutError"][0] == "asyncio.exceptions.TimeoutError"
    assert standard_exceptions(11)["asyncio.TimeoutError"][0] == "TimeoutError"
    assert standard_exceptions(99) == standard_exceptions(13)
    assert standard_exceptions(11)["socket.timeout"][0] == "TimeoutError"


def test_a_builtin_class_is_named_bare(project):
    hierarchy: Hierarchy = Resolver(project({})).hierarchy
    assert hierarchy.canonical("builtins.KeyError") == "KeyError"
    assert hierarchy.canonical("json.JSONDecodeError") == "json.decoder.JSONDecodeError"
    assert hierarchy.canonical("base64.binascii.Error") == "binascii.Error"
    assert hierarchy.canonical("xml.parsers.expat.ExpatError") == "xml.parsers.expat.ExpatError"
    assert hierarchy.canonical("httpx.HTTPError") == "httpx.HTTPError"


@pytest.mark.parametrize(
    ("setup", "call", "functions", "externals"),
    [
        ("import json", "json.loads('')", [], ["json.loads"]),
        ("from json import loads as l", "l('')", [], ["json.loads"]),
        ("x = {}", "x.get(1)", [], ["builtins.dict.get"]),
        ("def f(): pass", "f()", ["f"], []),
        ("class A:\n    def __init__(self): pass", "A()", ["A.__init__"], []),
        ("class A:\n    def m(self): return 1\na = A()", "a.m()", ["A.m"], []),
        ("class A:\n    def m(self): return 1\nclass B(A): pass", "B().m()", ["A.m"], []),
        ("import logging\nlog = logging.getLogger()", "log.info('')", [], ["logging.Logger.info"]),
        ("class A:\n    def m(self): return 1\ndef make() -> A: ...", "make().m()", ["A.m"], []),
        ("class A:\n    def m(self): return 1\ndef make(): return A()", "make().m()", ["A.m"], []),
        ("class A:\n    def m(self): return 1\nall: list[A] = []", "all[0].m()", ["A.m"], []),
    ],
)
def test_a_call_is_resolved(project, setup, call, functions, externals):
    made = project({"app.py": setup})
    parsed = ast.parse(call, mode="eval").body
    assert isinstance(parsed, ast.Call)
    target = resolve_call(Resolver(made), parsed, module_scope(made.module_at("app.py")))
    assert [one.qualname for one in target.functions] == functions
    assert list(target.externals) == externals
    assert target.why == ""


@pytest.mark.parametrize(
    ("setup", "call", "why"),
    [
        ("", "nowhere()", "bound nowhere"),
        ("from other import x", "x.y.z()", ""),
        ("def f(g): pass", "f.attribute()", "not known"),
        ("x = unknown", "x.m()", "not known"),
    ],
)
def test_an_unresolved_call_has_a_reason(project, setup, call, why):
    made = project({"app.py": setup})
    parsed = ast.parse(call, mode="eval").body
    assert isinstance(parsed, ast.Call)
    target = resolve_call(Resolver(made), parsed, module_scope(made.module_at("app.py")))
    assert why in target.why
    assert target.why or target.externals


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("run(1)", "run(1)"),
        (f"chord(header={'x' * 30}, body={'y' * 30}).on_error(log).start", "chord(…).on_error(…).start"),
        (f"one(two({'x' * 60})).go", "one(…).go"),
    ],
)
def test_a_long_callee_is_shown_without_its_arguments(expr, text):
    assert shown(ast.parse(expr, mode="eval").body) == text


@pytest.mark.parametrize("root", [".", "src", "src/pkg"])
@pytest.mark.parametrize("inits", [("pkg",), ()])
def test_a_package_is_found_by_its_own_files_wherever_the_project_is_said_to_begin(tmp_path, root, inits):
    package = tmp_path / "src" / "pkg"
    (package / "sub").mkdir(parents=True)
    (package / "made.py").write_text("def make(): ...\n", encoding="utf-8")
    (package / "sub" / "app.py").write_text("from pkg.made import make\n", encoding="utf-8")
    for one in inits:
        (tmp_path / "src" / one / "__init__.py").write_text("", encoding="utf-8")
    project = Project(tmp_path / root)
    module = project.module_at(str((package / "sub" / "app.py").relative_to(tmp_path / root)))
    found = project.member(module, "make")
    assert getattr(found, "qualname", None) == "make"


@pytest.mark.parametrize("root", [".", "pkg", "pkg/sub"])
def test_a_module_named_like_one_of_the_standard_library_does_not_hide_it(tmp_path, root):
    package = tmp_path / "pkg" / "sub"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    text = "import pickle\nfrom pickle import dumps\nHIGHEST = pickle.HIGHEST\n"
    (package / "pickle.py").write_text(text, encoding="utf-8")
    project = Project(tmp_path / root)
    module = project.module_at(str((package / "pickle.py").relative_to(tmp_path / root)))
    assert project.member(module, "dumps") == External("pickle.dumps")


def test_a_name_that_leads_back_to_itself_through_its_own_module_ends(project):
    found = project({"pickle.py": "import pickle\nHIGHEST = pickle.HIGHEST\n"})
    assert found.member(found.module_at("pickle.py"), "HIGHEST") is not None
