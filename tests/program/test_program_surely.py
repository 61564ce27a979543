"""Is a package there wherever a file is? What is imported with the file, and under which conditions."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.environment import Environment
from broadcatch.program.project import Project
from broadcatch.program.surely import may_be_missing


@pytest.fixture
def missing(tmp_path):
    def answer(wanted: str, source: str, **others: str) -> bool:
        """Whether `wanted` may be missing where `shop/app.py` can be imported; `lib` is installed."""
        site = tmp_path / "site-packages"
        (site / "lib").mkdir(parents=True)
        (site / "lib" / "__init__.py").write_text("class Bad(Exception): ...\n", encoding="utf-8")
        (tmp_path / "project" / "shop").mkdir(parents=True)
        files = {"shop/__init__": "", **{f"shop/{name}": text for name, text in others.items()}}
        for name, text in {**files, "shop/app": source}.items():
            path = tmp_path / "project" / f"{name}.py"
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        project = Project(tmp_path / "project", Environment((site,), None))
        return may_be_missing(project, project.module_at("shop/app.py"), wanted)

    return answer


@pytest.mark.parametrize(
    "source",
    [
        "import lib",
        "from lib import Bad",
        "from lib import *",
        "from shop import other",
        "from shop.other import Bad",
        "from .other import Bad",
        "if x:\n    import lib\nimport lib.errors",
    ],
)
def test_what_comes_with_the_file_under_no_condition_is_there(missing, source):
    assert not missing("lib.errors", source, other="from lib import Bad")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def f():\n    import lib",
        "try:\n    import lib\nexcept ImportError:\n    lib = None",
        "if x:\n    import lib",
        "from .other import Bad",
    ],
)
def test_what_is_imported_with_conditions_may_be_missing(missing, source):
    assert missing("lib", source, other="try:\n    from lib import Bad\nexcept ImportError:\n    Bad = None")


def test_the_package_around_the_file_is_run_before_it(missing):
    assert not missing("lib", "", __init__="import lib")


@pytest.mark.parametrize(
    ("wanted", "answer"), [("shop.errors", False), ("json", False), ("termios", True), ("nowhere", True)]
)
def test_the_project_and_python_itself_are_there(missing, wanted, answer):
    assert missing(wanted, "") is answer
