"""Does git answer what we ask, in every kind of repository, and refuse in one clear line?"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from broadcatch.source.git import Changed, GitError, asks, changed, commit, contents, git, repository, tracked

OWN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def repo(tmp_path, monkeypatch):
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "repo"
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main")
    (folder / "a.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "pkg").mkdir()
    (folder / "pkg" / "bö x.py").write_text("b = 1\n" * 20, encoding="utf-8")
    save(folder, "one")
    return folder


def run(folder: Path, *words: str) -> str:
    given = ("-c", "user.name=n", "-c", "user.email=e@x", *words)
    return subprocess.run(
        ["git", *given], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def save(folder: Path, message: str) -> str:
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", message)
    return run(folder, "rev-parse", "HEAD").strip()


def test_a_revision_is_a_commit(repo):
    head = run(repo, "rev-parse", "HEAD").strip()
    assert commit(repo, "HEAD") == commit(repo, "main") == commit(repo, head[:8]) == head


@pytest.mark.parametrize("word", ["gone", "", "--all", "-x", "HEAD:a.py", "HEAD\nmain", "a\0b", "@{bad"])
def test_what_is_no_revision_is_refused_by_name(repo, word):
    with pytest.raises(GitError, match="git knows no such revision") as caught:
        commit(repo, word)
    assert "shallow" not in str(caught.value)


def test_three_dots_mean_the_common_ancestor(repo):
    base = commit(repo, "HEAD")
    run(repo, "switch", "-q", "-c", "feature")
    (repo / "a.py").write_text("a = 2\n", encoding="utf-8")
    save(repo, "two")
    run(repo, "switch", "-q", "main")
    (repo / "c.py").write_text("c = 2\n", encoding="utf-8")
    save(repo, "three")
    assert commit(repo, "feature...") == commit(repo, "main...feature") == base


def test_a_shallow_clone_is_told_that_it_lacks_history(repo, tmp_path):
    first = commit(repo, "HEAD")
    (repo / "a.py").write_text("a = 2\n", encoding="utf-8")
    save(repo, "two")
    run(tmp_path, "clone", "-q", "--depth", "1", repo.as_uri(), "shallow")
    with pytest.raises(GitError, match="shallow: fetch more of its history"):
        commit(tmp_path / "shallow", first)


def test_a_folder_outside_of_a_repository_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="not in the work tree of a git repository"):
        repository(tmp_path)


def test_the_top_is_found_from_a_file_and_from_a_folder_below(repo):
    assert repository(repo / "pkg") == repository(repo / "pkg" / "bö x.py") == repo.resolve()


def test_a_second_work_tree_is_a_repository_of_its_own(repo, tmp_path):
    run(repo, "worktree", "add", "-q", str(tmp_path / "other"))
    (tmp_path / "other" / "a.py").write_text("a = 3\n", encoding="utf-8")
    assert repository(tmp_path / "other") == (tmp_path / "other").resolve()
    assert changed(tmp_path / "other", "HEAD") == (Changed("a.py", "a.py"),)
    assert changed(repo, "HEAD") == ()


def test_what_a_hook_sets_does_not_mislead(repo, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert repository(repo) == repo.resolve()


def test_changes_are_told_with_renames_and_removals(repo):
    run(repo, "mv", "pkg/bö x.py", "moved.py")
    run(repo, "rm", "-q", "a.py")
    (repo / "new.py").write_text("n = 1\n", encoding="utf-8")
    run(repo, "add", "new.py")
    (repo / "untracked.py").write_text("u = 1\n", encoding="utf-8")
    assert changed(repo, "HEAD") == (
        Changed("a.py", ""),
        Changed("pkg/bö x.py", "moved.py"),
        Changed("", "new.py"),
    )
    assert changed(repo, "HEAD", ["new.py"]) == (Changed("", "new.py"),)


def test_a_pattern_in_a_path_means_itself(repo):
    (repo / "a.py").write_text("a = 2\n", encoding="utf-8")
    assert changed(repo, "HEAD", ["*.py"]) == ()


def test_contents_are_those_of_the_commit_whatever_lies_in_the_work_tree(repo):
    (repo / "a.py").write_text("a = 2\n", encoding="utf-8")
    found = contents(repo, commit(repo, "HEAD"), ["a.py", "gone.py", "pkg", "pkg/bö x.py", "a.py"])
    assert found == {"a.py": b"a = 1\n", "pkg/bö x.py": b"b = 1\n" * 20}
    assert contents(repo, commit(repo, "HEAD"), []) == {}


def test_a_file_may_hold_what_looks_like_an_answer_of_git(repo):
    (repo / "a.py").write_bytes(b"x missing\nblob 3\n\n")
    head = save(repo, "two")
    (repo / "e.py").write_bytes(b"")
    head = save(repo, "three")
    assert contents(repo, head, ["e.py", "a.py"]) == {"e.py": b"", "a.py": b"x missing\nblob 3\n\n"}


def test_the_files_of_a_commit_are_listed(repo):
    assert tracked(repo, "HEAD") == ("a.py", "pkg/bö x.py")
    assert tracked(repo, "HEAD", ["pkg"]) == ("pkg/bö x.py",)


def test_a_failure_is_one_line_with_what_git_said(repo):
    with pytest.raises(GitError, match=r"^git cat-file failed in .*fatal: .*nothing$"):
        git(repo, "cat-file", "-p", "nothing")
    assert asks(repo, "cat-file", "-e", "HEAD")
    assert not asks(repo, "cat-file", "-e", "nothing")


def test_git_that_is_not_there_is_named(repo, monkeypatch, tmp_path):
    with pytest.raises(GitError, match="no such folder"):
        git(tmp_path / "nowhere", "status")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        git(repo, "status")
