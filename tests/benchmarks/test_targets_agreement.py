"""Are two answers about a call compared as a person would compare them?"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.targets.agree import (
    Ours,
    agree,
    definite,
    overrides,
    phantoms,
    reexported,
    same_name,
    same_place,
)
from benchmarks.targets.lsp import section
from benchmarks.targets.places import Place, definitions, module_name, place
from benchmarks.targets.score import Row, open_classes, score, without_names
from benchmarks.targets.sites import position, sites
from benchmarks.targets.truth import Answer, dump, load, spots
from broadcatch.program.project import Project
from broadcatch.program.resolver import Resolver

RUN = Place("/p/work.py", 3, "function", "work.Worker.run")
WORKER = Place("/p/work.py", 1, "class", "work.Worker")


def test_the_same_row_is_the_same_definition():
    assert agree(Ours(functions=(RUN,)), (RUN,))
    assert not agree(Ours(functions=(RUN,)), (Place("/p/other.py", 3, "function", "other.run"),))


def test_an_overload_in_another_row_is_the_same_definition():
    assert same_place(RUN, Place("/p/work.py", 9, "function", "work.Worker.run"))
    assert not same_place(RUN, Place("/p/work.py", 9, "function", "work.Worker.stop"))


def test_a_stub_stands_for_the_source_that_it_describes():
    assert same_place(RUN, Place("/stubs/work.pyi", 1, "function", "work.Worker.run"))


def test_one_of_several_implementations_is_enough():
    other = Place("/p/more.py", 8, "function", "more.Fast.run")
    assert agree(Ours(functions=(other, RUN)), (RUN,))


def test_the_constructor_stands_for_the_class_and_the_class_for_the_constructor():
    made = Place("/p/work.py", 2, "function", "work.Worker.__init__")
    assert agree(Ours(functions=(made,), classes=(WORKER,)), (WORKER,))
    assert agree(Ours(classes=(WORKER,)), (made,))
    assert not agree(Ours(classes=(WORKER,)), (RUN,))


def test_an_override_of_what_the_checker_names_is_told_apart_from_the_same():
    below = Ours(functions=(Place("/p/more.py", 8, "function", "more.Fast.run"),), above=(RUN,))
    assert not agree(below, (RUN,))
    assert overrides(below, (RUN,))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("os.path.join", "posixpath.join"),
        ("builtins.int", "builtins.int.__new__"),
        ("collections.OrderedDict.get", "typing.Mapping.get"),
        ("io.BufferedReader.read", "typing.IO.read"),
        ("sys.stderr.write", "typing.TextIO.write"),
        ("pathlib.PosixPath.exists", "pathlib.Path.exists"),
        ("asyncio.sleep", "asyncio.tasks.sleep"),
    ],
)
def test_two_names_of_one_thing_in_the_standard_library_are_the_same(mine, theirs):
    assert same_name(mine, theirs)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("json.loads", "json.load"),
        ("builtins.tuple.index", "builtins.str.index"),
        ("builtins.list.pop", "builtins.dict.pop"),
        ("socketserver.ThreadingMixIn.serve_forever", "socketserver.BaseServer.serve_forever"),
        ("json.loads", "orjson.loads"),
    ],
)
def test_different_things_of_one_last_name_are_not_the_same(mine, theirs):
    assert not same_name(mine, theirs)


def test_a_name_of_a_package_may_be_defined_in_its_submodule():
    assert reexported("numpy.where", "numpy._core.multiarray.where")
    assert reexported("telegram.ext.Application.start", "telegram.ext._application.Application.start")
    assert not reexported("numpy.Frame.where", "numpy._core.multiarray.where")
    assert not reexported("numpy.where", "pandas.core.where")


def test_a_name_of_the_standard_library_that_does_not_exist_is_noticed():
    assert phantoms(Ours(externals=("builtins.bool.any", "json.loads", "numpy.nothing"))) == (
        "builtins.bool.any",
    )


def test_a_variable_or_another_name_is_no_answer_to_a_call():
    value = Place("/p/work.py", 5, "other", "work")
    index = Place("/b.pyi", 7, "function", "builtins.list.index")
    assert definite((value, index, RUN), "worker.run") == (RUN,)
    assert definite((index,), "text.lower") == ()


def test_an_open_call_does_not_count_as_resolved():
    assert Ours(functions=(RUN,)).resolved
    assert not Ours(functions=(RUN,), why="decorated by x, which is not followed").resolved
    assert not Ours().resolved


def test_a_place_is_named_by_the_definition_whose_name_stands_there(tmp_path):
    file = tmp_path / "work.py"
    file.write_text(
        "class Worker:\n    @property\n    def size(self): return 1\n    async def run(self, how): how()\n",
        encoding="utf-8",
    )
    assert place(file, 1, 6) == Place(str(file), 1, "class", "work.Worker")
    assert place(file, 4, 14) == Place(str(file), 4, "function", "work.Worker.run")
    assert place(file, 3, 8).kind == "property"
    assert place(file, 4, 24).kind == "other", "a parameter in the row of its function"
    assert definitions(tmp_path / "missing.py") == {}


def test_files_are_named_as_they_are_imported(tmp_path):
    package = tmp_path / "pack"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    assert module_name(package / "part.py") == "pack.part"
    assert module_name(package / "__init__.py") == "pack"
    assert module_name(Path("/e/lib/python3.11/site-packages/yaml/loader.py")) == "yaml.loader"
    assert module_name(Path("/e/lib/python3.11/site-packages/yaml-stubs/loader.pyi")) == "yaml.loader"
    bundled = Path("/e/site-packages/basedpyright/dist/typeshed-fallback")
    assert module_name(bundled / "stdlib/os/__init__.pyi") == "os"
    assert module_name(bundled / "stubs/requests/requests/api.pyi") == "requests.api"


def test_the_calls_of_a_try_are_found_with_the_scope_in_which_they_stand(tmp_path):
    source = (
        "def outer(job):\n"
        "    def inner():\n"
        "        try:\n"
        "            job.run(lambda: stop())\n"
        "            def later():\n"
        "                never()\n"
        "        except (ValueError, Exception):\n"
        "            pass\n"
        "    try:\n"
        "        narrow()\n"
        "    except ValueError:\n"
        "        pass\n"
    )
    (tmp_path / "work.py").write_text(source, encoding="utf-8")
    project = Project(tmp_path)
    found = list(sites(Resolver(project), project.module_at("work.py"), source.splitlines()))
    assert sorted(one.text for one in found) == ["job.run", "stop"]
    assert {one.scope.function.node.name for one in found if one.scope.function} == {"inner"}


def test_a_column_counts_the_units_of_the_protocol():
    source = "x = '\N{GRINNING FACE}', job.run()"
    call = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    assert position(call, [source]) == (1, source.index("run") + 1)
    assert position(ast.parse("a()()", mode="eval").body, ["a()()"]) == (1, -1)


def test_answers_of_the_protocol_come_in_three_shapes():
    area = {"start": {"line": 4, "character": 2}, "end": {"line": 4, "character": 5}}
    one = {"uri": "file:///p/a%20b.py", "range": area}
    link = {"targetUri": "file:///p/c.py", "targetRange": area, "targetSelectionRange": area}
    assert spots(one) == [(Path("/p/a b.py"), 5, 2)]
    assert spots([link]) == [(Path("/p/c.py"), 5, 2)]
    assert spots(None) == []


def test_answers_are_kept_in_a_file(tmp_path):
    truth = {("work.py", 3, 4): Answer("answered", (RUN,)), ("work.py", 9, 0): Answer("timeout")}
    dump(truth, tmp_path / "kept" / "work.json")
    assert load(tmp_path / "kept" / "work.json") == truth


def test_settings_are_found_under_their_dotted_name():
    assert section({"python": {"analysis": {"mode": "off"}}}, "python.analysis") == {"mode": "off"}
    assert section({}, "python.analysis") is None


def row(ours: Ours, theirs: Answer) -> Row:
    return Row("p", "work.py", 1, "worker.run", ours, theirs)


def test_time_outs_and_variables_are_counted_and_not_dropped():
    told = Answer("answered", (RUN,))
    other = Place("/p/other.py", 1, "function", "other.run")
    total = score(
        [
            row(Ours(functions=(RUN,)), told),
            row(Ours(functions=(other,)), told),
            row(Ours(functions=(other,), above=(RUN,)), told),
            row(Ours(why="a parameter is called"), told),
            row(Ours(functions=(RUN,)), Answer("timeout")),
            row(Ours(), Answer("answered", (Place("/p/work.py", 2, "other", "work"),))),
        ]
    )
    assert (total.calls, total.ours, total.theirs, total.both) == (6, 4, 4, 3)
    assert (total.same, total.below, total.missed) == (1, 1, 1)
    assert total.unanswered == {"timeout": 1, "variable": 1}


def test_open_calls_are_grouped_by_reason_without_its_names():
    whys = ("method of `a`, whose type is not known", "method of `b.c`, whose type is not known", "")
    kinds = list(open_classes(row(Ours(why=why), Answer("answered", (RUN,))) for why in whys))
    assert [(one.why, one.calls, one.told) for one in kinds] == [
        ("method of `…`, whose type is not known", 2, 2),
        ("no target", 1, 1),
    ]
    assert "-> work.Worker.run" in kinds[0].examples[0]


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        ("work.Worker has no `run` that can be found", "… has no `…` that can be found"),
        ("decorated by a.b, which is not followed", "decorated by …, which is not followed"),
        ("import of a.b cannot be followed", "import of … cannot be followed"),
        ("`__call__` of a.B is not known", "`…` of … is not known"),
    ],
)
def test_a_reason_loses_the_names_of_its_case(why, kind):
    assert without_names(why) == kind
