"""`check --changed-since` and `--staged`: only the handlers that a change touches."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.baseline.conftest import handlers

THREE = handlers("one", "two", "three")
"""Handlers in the lines 5, 13 and 21."""


@pytest.fixture
def begun(project):
    """A project with one commit, and its name."""
    project.write("app/x.py", THREE)
    project.write("other.py", handlers("other"))
    return project, project.commit()


def test_a_change_in_the_try_body_shows_its_handler_and_no_other(begun):
    project, first = begun
    project.write(
        "app/x.py", THREE.replace("first(a, b)", "first(b)", 2).replace("first(b)", "first(a, b)", 1)
    )
    assert project.check("--changed-since", first) == (1, ["app/x.py:13"])


@pytest.mark.parametrize(("line", "shown"), [(2, [5]), (6, [5]), (1, []), (7, []), (9, []), (10, [13])])
def test_a_line_belongs_to_the_try_from_its_first_to_its_last(begun, line, shown):
    project, first = begun
    lines = THREE.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].rstrip("\n") + "  # touched\n"
    project.write("app/x.py", "".join(lines))
    assert project.check("--changed-since", first)[1] == [f"app/x.py:{one}" for one in shown]


@pytest.mark.parametrize(
    ("line", "counts"), [(1, False), (4, True), (7, True), (8, True), (9, False), (10, False)]
)
def test_a_deleted_line_counts_where_it_stood(project, line, counts):
    text = "x = 0\ndef f():\n    try:\n        a()\n        b()\n    except Exception:\n"
    text += "        c()\n        d()\n\n    y = 1\n"
    project.write("x.py", text)
    first = project.commit()
    lines = text.splitlines(keepends=True)
    del lines[line - 1]
    project.write("x.py", "".join(lines))
    assert bool(project.check("--changed-since", first)[1]) is counts


def test_deleting_a_whole_handler_shows_nothing(begun):
    project, first = begun
    project.write("app/x.py", handlers("one", "three"))
    assert project.check("--changed-since", first) == (0, [])


def test_a_new_file_is_changed_as_a_whole_whether_git_tracks_it_or_not(begun):
    project, first = begun
    project.write("new.py", handlers("fresh"))
    assert project.check("--changed-since", first) == (1, ["new.py:5"])
    project.git("add", "new.py")
    assert project.check("--changed-since", first) == (1, ["new.py:5"])
    project.commit()
    assert project.check("--changed-since", first) == (1, ["new.py:5"])


def test_what_git_ignores_or_the_configuration_excludes_is_left_out(begun):
    project, first = begun
    project.write(".gitignore", "ignored.py\n")
    project.write("ignored.py", THREE)
    project.write("broadcatch.toml", 'extend-exclude = ["gone"]\n')
    project.write("gone/x.py", THREE)
    project.write("build/x.py", THREE)
    assert project.check("--changed-since", first) == (0, [])


def test_a_renamed_file_shows_only_what_was_changed_in_it(begun):
    project, first = begun
    project.git("mv", "app/x.py", "app/y.py")
    assert project.check("--changed-since", first) == (0, [])
    project.write("app/y.py", THREE.replace("def two", "def second").replace("second(a)", "last(a)", 1))
    assert project.check("--changed-since", first) == (1, ["app/y.py:5"])


@pytest.mark.parametrize(
    "name", ["a b.py", "bö/ü.py", 'q"uote.py', "tab\there.py", "back\\slash.py", "-dash.py"]
)
def test_names_may_hold_anything(begun, name):
    project, first = begun
    project.write(name, "x = 1\n")
    second = project.commit()
    project.write(name, handlers("one"))
    for revision in (first, second):
        code, out, _ = project.run("check", "--changed-since", revision, "--output-format", "json")
        assert (code, out.count('"code": "BC102"')) == (1, 1)


def test_a_line_that_looks_like_a_diff_is_none(begun):
    project, first = begun
    text = '"""\n++ b/other.py\n-- a/other.py\n@@ -1 +1,99 @@\ndiff --git a/other.py b/other.py\n"""\n'
    project.write("app/x.py", text + THREE)
    assert project.check("--changed-since", first) == (0, [])


def test_a_subdirectory_sees_its_own_changes(begun, monkeypatch):
    project, first = begun
    project.write("app/x.py", THREE.replace("None", "0"))
    project.write("other.py", handlers("other").replace("None", "0"))
    monkeypatch.chdir(project.top / "app")
    assert project.check("--changed-since", first) == (1, ["x.py:5", "x.py:13", "x.py:21"])
    assert project.check("--changed-since", first, "../other.py") == (1, ["../other.py:5"])


def test_a_branch_is_held_against_where_it_began(begun):
    project, first = begun
    project.git("checkout", "-q", "-b", "feature")
    project.write("app/x.py", THREE.replace("def one(a, b):\n    try:", "def one(a, b):\n    try:  # mine"))
    project.commit()
    project.git("checkout", "-q", "main")
    project.write("other.py", handlers("other").replace("None", "0"))
    project.commit()
    project.git("checkout", "-q", "feature")
    assert project.check("--changed-since", "main...")[1] == ["app/x.py:5"]


def test_staged_is_what_stands_in_the_index(begun):
    project, _ = begun
    project.write("app/x.py", THREE.replace("second(a)", "staged(a)", 1))
    project.git("add", "app/x.py")
    project.write("app/x.py", "x = 1\n")
    project.write("other.py", handlers("other").replace("None", "0"))
    assert project.check("--staged") == (1, ["app/x.py:5"])


def test_staged_works_before_the_first_commit(project):
    project.write("x.py", handlers("one"))
    project.git("add", "x.py")
    assert project.check("--staged") == (1, ["x.py:5"])
    code, _, err = project.run("check", "--changed-since", "HEAD")
    assert (code, err) == (2, "broadcatch: HEAD: git knows no such revision\n")


def test_nothing_staged_is_nothing_to_report(begun):
    assert begun[0].check("--staged") == (0, [])


def test_what_is_staged_and_cannot_be_parsed_is_named(begun):
    project, _ = begun
    project.write("app/x.py", "def (:\n")
    project.git("add", "-A")
    code, _, err = project.run("check", "--staged")
    assert code == 1
    assert err.startswith("app/x.py: parse error:")


def test_the_fixes_of_what_is_staged_are_those_of_its_text(begun):
    project, _ = begun
    project.write("app/x.py", "try:\n    a()\nexcept KeyError:\n    raise Wrong(1)\n")
    project.git("add", "-A")
    project.write("app/x.py", "")
    _, out, _ = project.run("check", "--staged", "--output-format", "json")
    assert '"applicability": "safe"' in out


def test_the_index_of_a_hook_is_the_one_that_counts(begun, monkeypatch):
    project, _ = begun
    index = str(project.top / ".git" / "other-index")
    environment = {**os.environ, "GIT_INDEX_FILE": index}
    project.write("app/x.py", THREE.replace("second(a)", "staged(a)", 1))
    for words in (["read-tree", "HEAD"], ["add", "app/x.py"]):
        subprocess.run(["git", *words], cwd=project.top, env=environment, check=True)
    assert project.check("--staged") == (0, [])
    monkeypatch.setenv("GIT_INDEX_FILE", index)
    assert project.check("--staged") == (1, ["app/x.py:5"])


def test_a_worktree_is_a_place_like_any_other(begun, monkeypatch, tmp_path):
    project, first = begun
    project.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    monkeypatch.chdir(tmp_path / "tree")
    (tmp_path / "tree" / "app" / "x.py").write_text(THREE.replace("None", "0", 1), encoding="utf-8")
    assert project.check("--changed-since", first) == (1, ["app/x.py:5"])


def test_a_submodule_is_left_alone(begun, tmp_path):
    project, first = begun
    project.git("clone", "-q", str(project.top), str(tmp_path / "sub"))
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "sub"), "sub")
    project.git(*add)
    project.commit()
    project.write("sub/app/x.py", THREE.replace("None", "0"))
    assert project.check("--changed-since", first) == (0, [])


def test_a_shallow_clone_says_that_it_is_one(begun, monkeypatch, tmp_path):
    project, first = begun
    project.commit("second")
    project.git("clone", "-q", "--depth", "1", f"file://{project.top}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    code, _, err = project.run("check", "--changed-since", first)
    assert code == 2
    assert err.endswith("(this clone is shallow: fetch more of its history)\n")


def test_outside_of_a_repository_there_is_one_clear_line(tmp_path, project, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = project.run("check", "--staged")
    assert (code, err) == (2, "broadcatch: .: not in the work tree of a git repository\n")


def test_a_baseline_and_a_change_count_both(begun):
    project, first = begun
    project.run("baseline", "write")
    project.write("app/x.py", THREE.replace("None", "0", 2) + "\n\n" + handlers("four"))
    found = project.check("--changed-since", first, "--baseline", ".broadcatch-baseline.json")
    assert found == (1, ["app/x.py:29"])


def test_the_configuration_of_a_user_does_not_change_the_answer(begun):
    project, first = begun
    for words in (
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.context", "10"),
        ("diff.interHunkContext", "10"),
        ("diff.external", "false"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ):
        project.git("config", *words)
    project.write("app/x.py", THREE.replace("first(a, b)", "first(b)", 1))
    assert project.check("--changed-since", first) == (1, ["app/x.py:5"])


@pytest.mark.parametrize(
    "words", [("--staged", "--changed-since", "HEAD"), ("--changed-since", ""), ("--staged", "-")]
)
def test_what_makes_no_sense_is_refused(begun, words):
    assert begun[0].run("check", *words)[0] == 2
