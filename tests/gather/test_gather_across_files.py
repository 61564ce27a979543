"""What other files tell: constants that are imported, and classes that derive from each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcatch.api import check, check_source
from broadcatch.config.options import Config
from broadcatch.model.findings import Finding

ERRORS = "import requests\nBASE = (requests.Timeout,)\nERRS = (*BASE, Exception)\nAnyError = Exception\n"
ONLY = "NARROW = (OSError, ValueError)\nclass Error(Exception): pass\nclass Gone(Error): pass\n"
TRY = "try:\n    work()\nexcept {}:\n    pass\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "pyproject.toml", "")
    write(tmp_path, "app/__init__.py", "")
    write(tmp_path, "app/errors.py", ERRORS + ONLY)
    write(tmp_path, "app/api/__init__.py", "from ..errors import ERRS, Gone\nfrom app.errors import *\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def found(path: str, code: str, config: Config | None = None) -> list[Finding]:
    return [one for one in check([path], config or Config()).findings if one.code == code]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("from .errors import ERRS", "ERRS"),
        ("from app.errors import ERRS", "ERRS"),
        ("from app.errors import (\n    Gone,  # (\n    ERRS as NETWORK,\n)", "NETWORK"),
        ("import app.errors", "app.errors.ERRS"),
        ("import app.errors as e", "e.ERRS"),
        ("from app import errors", "errors.ERRS"),
        ("from . import errors", "errors.ERRS"),
        ("from .errors import *", "ERRS"),
        ("from .api import ERRS", "ERRS"),
        ("from .errors import AnyError", "AnyError"),
        ("from .api import AnyError", "AnyError"),
        ("from .errors import ERRS\nMORE = (*ERRS, KeyError)", "MORE"),
    ],
)
def test_a_constant_of_another_file_is_looked_through(project: Path, head: str, name: str) -> None:
    write(project, "app/service.py", f"{head}\n{TRY.format(name)}")
    for paths in ("app/service.py", "."):
        (finding,) = found(paths, "BC102")
        assert finding.message == f"catches Exception through {name}; the error is dropped"
        assert finding.ruff == ()


@pytest.mark.parametrize("name", ["NARROW", "Error", "MISSING"])
def test_a_constant_without_a_broad_class_is_none(project: Path, name: str) -> None:
    write(project, "app/service.py", f"from .errors import {name}\n{TRY.format(name)}")
    assert found("app/service.py", "BC102") == []


def test_sources_under_src_are_found(project: Path) -> None:
    write(project, "src/lib/errs.py", "ERRS = (Exception,)\n")
    write(project, "tests/run.py", f"from lib.errs import ERRS\n{TRY.format('ERRS')}")
    assert len(found("tests/run.py", "BC102")) == 1


def test_a_text_from_standard_input_is_read_the_same_way(project: Path) -> None:
    code = f"from .errors import ERRS\n{TRY.format('ERRS')}".encode()
    assert [one.code for one in check_source(code, "app/new.py", Config()).findings][0] == "BC102"


def test_the_cache_does_not_keep_what_another_file_said(project: Path) -> None:
    write(project, "app/service.py", f"from .errors import ERRS\n{TRY.format('ERRS')}")
    assert len(found(".", "BC102")) == len(found(".", "BC102")) == 1
    write(project, "app/errors.py", "ERRS = (OSError, ValueError)\n")
    assert found(".", "BC102") == []
    write(project, "app/errors.py", "ERRS = (OSError, Exception)\n")
    assert len(found(".", "BC102")) == 1


@pytest.mark.parametrize(
    "head", ["from .errors import Error, Gone", "from .errors import Error\nfrom .api import Gone"]
)
def test_a_class_of_another_file_hides_what_derives_from_it(project: Path, head: str) -> None:
    clauses = "try:\n    work()\nexcept Error:\n    pass\nexcept Gone:\n    pass\n"
    write(project, "app/service.py", f"{head}\n{clauses}")
    for _ in range(2):  # the second answer comes from the cache
        (finding,) = found("app/service.py", "BC105")
        assert finding.message.startswith("never runs: Gone is a kind of Error, which is caught in line ")


def test_a_class_of_the_same_file_hides_what_derives_from_it(project: Path) -> None:
    code = "class A(OSError): pass\nclass B(A): pass\n"
    code += "try:\n    work()\nexcept A:\n    pass\nexcept B:\n    pass\n"
    write(project, "app/service.py", code)
    assert [one.span.line for one in found("app/service.py", "BC105")] == [7]


def test_requires_python_tells_what_is_the_same_class(project: Path) -> None:
    clauses = "except OSError:\n    pass\nexcept asyncio.TimeoutError:\n    pass\n"
    code = f"import asyncio\ntry:\n    work()\n{clauses}"
    write(project, "app/service.py", code)
    assert found("app/service.py", "BC105") == []
    write(project, "pyproject.toml", '[project]\nrequires-python = ">=3.11"\n')
    assert len(found("app/service.py", "BC105")) == 1


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("import requests", "requests.RequestException"),
        ("import requests as r", "r.RequestException"),
        ("from requests import RequestException", "RequestException"),
        ("from requests.exceptions import RequestException as E", "E"),
        ("import requests.exceptions", "requests.exceptions.RequestException"),
    ],
)
def test_a_configured_class_is_broad_however_it_is_imported(project: Path, head: str, name: str) -> None:
    write(project, "app/service.py", f"{head}\n{TRY.format(name)}")
    assert found("app/service.py", "BC102") == []
    config = Config(broad_exceptions=("requests.RequestException",))
    assert len(found("app/service.py", "BC102", config)) == 1


def test_a_configured_class_of_the_project_is_broad_under_a_relative_import(project: Path) -> None:
    write(project, "app/service.py", f"from .errors import Error\n{TRY.format('Error')}")
    config = Config(broad_exceptions=("app.errors.Error",))
    (finding,) = found("app/service.py", "BC102", config)
    assert finding.message == "catches Error; the error is dropped"
