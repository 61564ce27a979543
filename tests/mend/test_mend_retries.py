"""What the project has to try again with is what it says, or what it imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcatch.config.options import Config
from broadcatch.mend.retries import retries_in, retries_of


def project(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return retries_of(folder, Config())


@pytest.mark.parametrize(
    ("name", "text", "library"),
    [
        ("pyproject__toml", '[project]\ndependencies = ["httpx", "tenacity>=8"]\n', "tenacity"),
        ("pyproject__toml", '[project]\ndependencies = [\n    "backoff",\n]\n', "backoff"),
        ("pyproject__toml", '[tool.poetry.dependencies]\ntenacity = "^8.2"\n', "tenacity"),
        ("requirements__txt", "httpx\nbackoff==2.2.1\n", "backoff"),
        ("requirements__txt", "tenacity[doc]; python_version > '3.8'\n", "tenacity"),
        ("requirements-dev__in", "tenacity\n", "tenacity"),
        ("pyproject__toml", '[project]\ndescription = "no tenacity needed"\n', ""),
        ("requirements__txt", "# tenacity would do\nmybackoff\n", ""),
    ],
)
def test_what_is_declared_is_there(tmp_path: Path, name: str, text: str, library: str) -> None:
    assert project(tmp_path, **{name: text}) == library


def test_what_is_imported_anywhere_is_there(tmp_path: Path) -> None:
    assert (
        project(tmp_path, a__py="import os\n", b__py="def f():\n    from backoff import expo\n") == "backoff"
    )
    assert retries_in(str(tmp_path / "a.py")) == ""
    assert retries_in(str(tmp_path / "b.py")) == "backoff"


def test_a_word_in_a_text_is_no_import(tmp_path: Path) -> None:
    assert project(tmp_path, a__py="'''from afar: tenacity'''\nimport tenacious\n") == ""


def test_a_project_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    assert retries_of(tmp_path, Config()) == ""
    assert retries_in(str(tmp_path / "gone.py")) == ""
