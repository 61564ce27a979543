"""An import at the top of a file may close a circle: the imported module imports the file in turn."""

from __future__ import annotations

import pytest

from broadcatch.program.circles import closes_circle
from broadcatch.program.project import Project


@pytest.fixture
def closes(tmp_path):
    """Whether `from wanted import x` in app/db.py closes a circle in a project of these files."""

    def ask(wanted, **files):
        texts = {"app/__init__": "", "app/db": ""} | {
            name.replace("__of__", "/"): text for name, text in files.items()
        }
        for name, text in texts.items():
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        project = Project(tmp_path)
        return closes_circle(project, project.module_at("app/db.py"), wanted)

    return ask


def test_a_module_that_imports_nothing_closes_none(closes):
    assert not closes("app.errors", app__of__errors="import json\nclass Missing(Exception): pass\n")


@pytest.mark.parametrize(
    "line",
    ["from app import db", "import app.db", "from app.db import x", "from .db import x", "from . import db"],
)
def test_a_module_that_imports_the_file_closes_one(closes, line):
    assert closes("app.errors", app__of__errors=line)


def test_a_circle_may_lead_over_other_modules_and_packages(closes):
    files = {"app__of__errors": "from lib import x", "lib/__init__": "from .low import x"}
    assert closes("app.errors", **files, **{"lib/low": "import app.db"})


def test_the_init_of_the_package_that_the_file_lies_in_is_running_already(closes):
    files = {"app/__init__": "from app import db", "app__of__errors": "class Missing(Exception): pass"}
    assert not closes("app.errors", **files)


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    from app import db\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.db import x\n",
    ],
)
def test_imports_that_do_not_run_then_do_not_count(closes, text):
    assert not closes("app.errors", app__of__errors=text)


def test_a_try_around_an_import_changes_nothing(closes):
    assert closes("app.errors", app__of__errors="try:\n    import app.db\nexcept ImportError:\n    pass\n")
