"""What is fixed, new and remaining since a revision or the baseline?"""

from __future__ import annotations

import json

import pytest

from tests.baseline.conftest import handlers

COURSES = ("fixed", "better", "silenced", "new", "worse", "remaining")


@pytest.fixture
def begun(project):
    """A project with one commit, and its name."""
    project.write("app/x.py", handlers("one", "two", "three"))
    project.write("app/y.py", handlers("other"))
    return project, project.commit()


def moved(project, *words):
    """What became of what: course -> functions."""
    code, out, err = project.run("progress", "--output-format", "json", *words)
    assert code == 0, err
    told = json.loads(out)
    return {course: [one["function"] for one in told[course]] for course in COURSES if told[course]}


def change(project):
    """One is fixed, one better, one silenced, one new, one worse; all that is left moves to another file."""
    text = handlers("one", "two", "three", "four")
    parts = text.split("\n\n\n")
    parts[0] = "def one(a, b):\n    first(a, b)\n    return second(a)\n"
    parts[1] = parts[1].replace("return None", "log.exception('no')\n        return None")
    parts[2] = parts[2].replace("except Exception:", "except Exception:  # noqa: BLE001 it is fine")
    parts[3] = (
        parts[3].replace("first(a, b)", "for x in b:\n            send(x, 3)").replace("second(a)", "len(b)")
    )
    project.write("app/z.py", "\n\n\n".join(parts))
    (project.top / "app/x.py").unlink()
    project.write("app/y.py", handlers("other").replace("except Exception", "except BaseException"))


EXPECTED = {"fixed": ["one"], "silenced": ["three"], "new": ["four"], "worse": ["other"]}


@pytest.mark.parametrize("commit", [False, True])
def test_since_a_revision_across_a_rename(begun, commit):
    project, first = begun
    change(project)
    if commit:
        project.commit()
    found = moved(project, "--since", first)
    assert sorted(found.pop("fixed")) == ["one", "two"]
    assert found == {key: value for key, value in EXPECTED.items() if key != "fixed"}


def test_since_the_baseline_the_same_is_told(begun):
    project, first = begun
    project.run("baseline", "write")
    change(project)
    assert moved(project) == moved(project, "--since", first)


def test_nothing_has_changed_where_nothing_has_changed(begun):
    project, first = begun
    expected = {"remaining": ["one", "two", "three", "other"]}
    assert moved(project, "--since", first) == expected
    project.run("baseline", "write")
    assert moved(project) == expected


def test_the_index_and_the_work_tree_are_left_as_they_are(begun):
    project, first = begun
    change(project)
    before = project.git("status", "--porcelain", "-uall")
    moved(project, "--since", first)
    assert project.git("status", "--porcelain", "-uall") == before


def test_only_what_lies_below_the_paths_counts(begun, monkeypatch):
    project, first = begun
    change(project)
    assert moved(project, "--since", first, "app/y.py") == {"worse": ["other"]}
    monkeypatch.chdir(project.top / "app")
    assert moved(project, "--since", first, "y.py") == {"worse": ["other"]}


def test_a_person_reads_counts_tiers_and_what_comes_next(begun):
    project, first = begun
    project.git("tag", "v1")
    change(project)
    code, out, _ = project.run("progress", "--since", "v1")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == f"Since v1 ({first[:10]}): 2 fixed, 1 silenced, 1 new, 1 worse; 2 there now."
    assert lines[2].split() == ["tier", "then", "now", "change"]
    assert "Next" in lines
    assert any(line.startswith("  + app/z.py:") and " four (" in line for line in lines)
    assert "was `except Exception`, now `except BaseException`" in out


def test_a_pull_request_reads_markdown(begun):
    project, first = begun
    change(project)
    code, out, _ = project.run("progress", "--since", first, "--output-format", "markdown")
    assert code == 0
    assert out.startswith("## Broad exception handlers since `")
    assert "**2** fixed, **0** better, **1** silenced, **1** new, **1** worse; **2** there now." in out
    assert "| `app/z.py:" in out


def test_a_revision_that_git_does_not_know_is_one_line(begun):
    code, _, err = begun[0].run("progress", "--since", "gone")
    assert (code, err) == (2, "broadcatch: gone: git knows no such revision\n")


def test_without_a_baseline_there_is_nothing_to_begin_from(begun):
    code, _, err = begun[0].run("progress")
    assert code == 2
    assert "there is no baseline" in err
