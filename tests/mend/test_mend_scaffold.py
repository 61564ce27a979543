"""The exception classes that the mapping names are written where the project lacks them."""

from __future__ import annotations

import ast

import pytest

from broadcatch.config.options import Config, Translation
from broadcatch.errors import BroadcatchError
from broadcatch.mend.scaffold import scaffold
from broadcatch.mend.vocabulary import additions

ROWS = (
    Translation("lib.Denied", "app.errors.AuthError"),
    Translation("lib.Failed", "app.errors.LimitError", "exc.code == 429", base="app.errors.BrokerError"),
    Translation("lib.Gone", "app.other.Gone"),
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty package `app` in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    return tmp_path


def test_a_new_file_gets_a_root_named_like_the_project_and_bases_before_what_derives_from_them(project):
    (project / "pyproject.toml").write_text('[project]\nname = "order-desk"\n')
    config = Config(translate=ROWS, source=str(project / "pyproject.toml"))
    result = scaffold("app/errors.py", config, write=True)
    assert result.written == ("app/errors.py",)
    tree = ast.parse((project / "app/errors.py").read_text())
    classes = [(one.name, ast.unparse(one.bases[0])) for one in tree.body if isinstance(one, ast.ClassDef)]
    assert classes == [
        ("OrderDeskError", "Exception"),
        ("BrokerError", "Exception"),
        ("AuthError", "OrderDeskError"),
        ("LimitError", "BrokerError"),
    ]
    assert scaffold("app/errors.py", config, write=True).diffs == ()


def test_without_write_nothing_is_made(project):
    result = scaffold("app/errors.py", Config(translate=ROWS), write=False)
    assert "+class AuthError(AppError):" in result.diffs[0].text
    assert not (project / "app/errors.py").exists()


def test_what_stands_in_a_file_stays_and_its_own_root_is_used(project):
    before = '"""Ours."""\r\nclass Oops(Exception): ...\r\n\r\n\r\nclass AuthError(Oops): ...\r\n'
    (project / "app/errors.py").write_bytes(before.encode())
    scaffold("app/errors.py", Config(translate=(*ROWS, Translation("l.T", "app.errors.Late"))), write=True)
    after = (project / "app/errors.py").read_bytes().decode()
    assert after.startswith(before)
    assert after.count("class AuthError") == 1
    assert "class Late(Oops):\r\n" in after
    assert after.replace("\r\n", "").count("\n") == 0


def test_a_base_of_another_module_is_imported():
    rows = [Translation("lib.Denied", "app.errors.AuthError", base="app.base.AppError")]
    text, count = additions("", "app.errors", rows, "Root")
    assert count == 1
    assert "from app.base import AppError\n" in text
    assert "class AuthError(AppError):" in text


@pytest.mark.parametrize(
    ("path", "rows", "reason"),
    [
        ("app/x.py", ROWS, "names no class of this module"),
        ("app/errors.py", (), "names no exceptions"),
        ("gone/app/errors.py", ROWS, "there is no folder gone/app"),
        (
            "app/errors.py",
            (
                Translation("l.A", "app.errors.A", base="app.errors.B"),
                Translation("l.B", "app.errors.B", base="app.errors.A"),
            ),
            "derives from itself",
        ),
    ],
)
def test_what_cannot_be_is_one_line(project, path, rows, reason):
    with pytest.raises(BroadcatchError, match=reason):
        scaffold(path, Config(translate=rows), write=True)


def test_a_file_that_is_no_python_is_named(project):
    (project / "app/errors.py").write_text("class (\n")
    result = scaffold("app/errors.py", Config(translate=ROWS), write=True)
    assert [one.stage for one in result.failures] == ["parse"]
