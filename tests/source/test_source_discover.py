"""Which files are found, held against git itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.errors import PathError
from broadcatch.source.discover import discover
from broadcatch.source.project import project_root


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", encoding="utf-8")


def ignore(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")


def found(*paths: str, **options) -> list[str]:
    return [Path(path).as_posix() for path in discover([Path(path) for path in paths], Config(**options))[0]]


def test_python_files_are_found_sorted_and_nothing_else(here):
    write(here, "b.py", "a/z.py", "a/w.pyw", "a/stub.pyi", "a/c.pyc", "setup.cfg", "py", ".py/x.py")
    assert found(".") == [".py/x.py", "a/w.pyw", "a/z.py", "b.py"]


def test_a_file_that_is_given_is_read_whatever_its_name(here):
    write(here, "script", "stub.pyi", "venv/x.py")
    ignore(here, "script")
    assert found("script", "stub.pyi", "venv/x.py", exclude=("venv",)) == ["script", "stub.pyi", "venv/x.py"]


def test_a_path_that_does_not_exist_is_the_users_error(here):
    with pytest.raises(PathError, match=r"^nowhere/x\.py: no such file or folder$"):
        found("nowhere/x.py")


def test_each_file_comes_once(here):
    write(here, "a/x.py", "a/b/y.py")
    assert found("a", "a/b", "./a/x.py", str(here / "a")) == ["a/b/y.py", "a/x.py"]


def test_the_usual_folders_are_not_entered(here):
    write(here, "x.py", "venv/a.py", ".venv/a.py", "node_modules/a.py", "deep/build/a.py", ".git/a.py")
    assert found(".") == ["x.py"]


def test_a_folder_that_is_given_is_read_wherever_it_is(here):
    write(here, ".venv/lib/site-packages/django/x.py", ".venv/lib/site-packages/django/build/y.py")
    assert found(".venv/lib/site-packages/django") == [".venv/lib/site-packages/django/x.py"]
    assert found(".venv") == []


def test_a_folder_that_is_given_is_read_though_git_ignores_it(here):
    write(here, ".git/HEAD", "vendor/lib/x.py", "vendor/lib/y_pb.py")
    ignore(here, "vendor/", "*_pb.py")
    assert found(".") == []
    assert found("vendor/lib") == ["vendor/lib/x.py", "vendor/lib/y_pb.py"]


def test_a_folder_that_hides_itself_is_read_when_it_is_given(here):
    write(here, ".git/HEAD", "env/x.py")
    ignore(here / "env", "*")
    assert found(".") == []
    assert found("env") == ["env/x.py"]


def test_own_patterns_replace_the_default_ones_and_further_ones_add(here):
    write(here, "build/a.py", "gen/a.py", "a_pb2.py", "x.py")
    assert found(".", exclude=("gen",)) == ["a_pb2.py", "build/a.py", "x.py"]
    assert found(".", extend_exclude=("gen", "*_pb2.py")) == ["x.py"]


def test_patterns_are_seen_from_the_folder_of_the_configuration(here):
    write(here, "app/gen/a.py", "lib/app/gen/a.py")
    options = {"extend_exclude": ("/app/gen/",), "root": here.as_posix()}
    assert found(".", **options) == ["lib/app/gen/a.py"]
    assert found("app", **options) == []
    assert found("app/gen", **options) == ["app/gen/a.py"]


def test_notebooks_are_skipped_with_a_word(here):
    write(here, "a/n.ipynb", "m.ipynb", "x.py")
    files, skipped = discover([Path("a"), Path("m.ipynb"), Path("x.py")], Config())
    assert files == ("x.py",)
    assert [(skip.path, skip.reason) for skip in skipped] == [
        ("a/n.ipynb", "notebooks are not read"),
        ("m.ipynb", "notebooks are not read"),
    ]


def test_links_that_go_in_circles_are_not_followed_and_those_that_lead_nowhere_are_named(here):
    write(here, "a/x.py")
    (here / "a/loop").symlink_to(here / "a", target_is_directory=True)
    (here / "a/self.py").symlink_to("self.py")
    (here / "a/gone.py").symlink_to("nowhere.py")
    (here / "a/gone.txt").symlink_to("nowhere.txt")
    assert found(".") == ["a/gone.py", "a/self.py", "a/x.py"]
    assert found("a/loop") == ["a/loop/gone.py", "a/loop/self.py", "a/loop/x.py"]


def test_gitignore_may_be_switched_off(here):
    write(here, ".git/HEAD", "x.py")
    ignore(here, "x.py")
    assert found(".") == []
    assert found(".", respect_gitignore=False) == ["x.py"]


def test_outside_a_repository_only_what_lies_below_counts(here):
    write(here, "a/x.py", "a/b/y.py")
    ignore(here, "*.py")
    ignore(here / "a/b", "y.py")
    assert found("a") == ["a/x.py"]


def test_a_repository_in_a_repository_begins_afresh(here):
    write(here, ".git/HEAD", "sub/.git/HEAD", "sub/x.py", "y.py")
    ignore(here, "x.py", "y.py")
    assert found(".") == ["sub/x.py"]


def test_malformed_patterns_and_odd_bytes_are_passed_over(here):
    write(here, ".git/HEAD", "x.py", "y.py")
    (here / ".gitignore").write_bytes(b"\xef\xbb\xbf!\n\xff\xfe\n///\nx.py\r\n")
    assert found(".") == ["y.py"]


def test_the_project_is_the_repository_else_the_distribution_else_the_folder(here):
    write(
        here,
        "repo/.git/HEAD",
        "repo/pkg/pyproject.toml",
        "repo/pkg/x.py",
        "dist/pyproject.toml",
        "dist/a/x.py",
    )
    assert project_root(Path("repo/pkg/x.py")) == here / "repo"
    assert project_root(Path("dist/a")) == here / "dist"


NAMES = [
    "a.py",
    "b.py",
    "a/a.py",
    "a/b.py",
    "a/c/a.py",
    "a/c/d/b.py",
    "b/a.py",
    "b/a/b.py",
    "c/a b.py",
    "c/#a.py",
]
LINES = [
    "a.py", "/a.py", "a/", "/a/", "a", "c/", "*.py", "!a.py", "!b.py", "a/*", "!a/c/", "a/**/b.py", "**/d",
    "b/**", "!b/a/", "/a/c", "c/d/", "?.py", "[ab].py", "[!a].py", "\\#a.py", "# a.py", "", "a b.py", "a.py ",
    "\\!a.py", "/*", "!/a", "!/b/", "a/c/*", "!a/c/a.py", "**", "**/a.py", "/**/b.py", "*/a.py", "d/b.py",
    "a**", "[[:alpha:]].py", "[]a].py", "[a", "a\\", "\\a.py", "[^b].py", "[a-c].py", "c/[!x]a.py",
    "a[/]a.py", "a?a.py", "//a.py", "/", "!", "a//", "a/**", "!a/**", "**/", "**/c/**", "c/a*b.py", "***",
    "a/***/b.py", "c/\\#*",
]  # fmt: skip
PATTERNS = st.lists(st.sampled_from(LINES), max_size=5)


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True, capture_output=True)
    write(root, *NAMES)
    return root


def git_shows(root: Path) -> set[str]:
    clean = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), "check-ignore", "--no-index", "--stdin", "-z"]
    done = subprocess.run(command, input="\0".join(NAMES), capture_output=True, text=True, env=clean)
    return set(NAMES) - set(done.stdout.split("\0"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=PATTERNS, nested=PATTERNS, deeper=PATTERNS, shared=PATTERNS)
def test_git_ignores_the_same_files(repository, top, nested, deeper, shared):
    ignore(repository, *top)
    ignore(repository / "a", *nested)
    ignore(repository / "a/c", *deeper)
    (repository / ".git/info/exclude").write_text("\n".join(shared) + "\n", encoding="utf-8")
    ours = {Path(path).relative_to(repository).as_posix() for path in found(str(repository))}
    assert ours == git_shows(repository)


def test_a_folder_that_cannot_be_listed_is_found_so_that_it_is_named(here, monkeypatch):
    write(here, "app/a.py", "closed/b.py")
    listed = os.scandir

    def guarded(path):
        if os.fspath(path).rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert found(".") == ["app/a.py", "closed"]


def test_a_path_that_cannot_be_a_path_is_the_users_error(here):
    for path in ("nul\0byte.py", "x" * 5000):
        with pytest.raises(PathError):
            found(path)
