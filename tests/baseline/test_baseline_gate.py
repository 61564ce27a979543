"""A team adopts the gate: the old findings are recorded and may only shrink."""

from __future__ import annotations

import json
import os
import stat

import pytest

from tests.baseline.conftest import handlers

FILE = ".broadcatch-baseline.json"
DAY = ("--date", "2026-11-22")


def write(project, *words):
    return project.run("baseline", "write", *DAY, *words)


def entries(project):
    document = json.loads((project.top / FILE).read_text(encoding="utf-8"))
    return [(one["path"], one["scope"]) for one in document["handlers"] if one]


def test_the_old_findings_are_recorded_and_pass(project):
    project.write("app/x.py", handlers("one", "two"))
    code, out, _ = write(project)
    assert code == 0
    assert out.startswith(f"{FILE}: 2 handlers in 1 file.\n")
    assert project.check("--baseline", FILE) == (0, [])
    assert project.check() == (1, ["app/x.py:5", "app/x.py:13"])


def test_a_new_handler_fails_and_the_old_ones_pass(project):
    project.write("app/x.py", handlers("one", "two"))
    write(project)
    project.write("app/x.py", "import a\n\n\n" + handlers("one", "three", "two"))
    assert project.check("--baseline", FILE) == (1, ["app/x.py:16"])


def test_the_findings_of_the_baseline_are_marked(project):
    project.write("x.py", handlers("one"))
    write(project, "--reason", "as it always was")
    _, out, _ = project.run("check", "--baseline", FILE, "--output-format", "json")
    assert {json.dumps(one["suppressed"]) for one in json.loads(out)} == {
        '{"by": "baseline", "reason": "as it always was"}'
    }


def test_an_entry_says_what_there_is_to_know(project):
    project.write("app/x.py", handlers("save_order"))
    write(project, "--owner", "orders")
    (entry,) = json.loads((project.top / FILE).read_text(encoding="utf-8"))["handlers"][:-1]
    prints = {entry.pop("text"), entry.pop("words")}
    assert {len(one) for one in prints} == {16, 32}
    assert entry == {
        "path": "app/x.py",
        "scope": "save_order",
        "clause": "except Exception",
        "codes": ["BC102", "BC302"],
        "outcome": "fallback",
        "stakes": ["write: save_order"],
        "tier": entry["tier"],
        "since": "2026-11-22",
        "owner": "orders",
    }


def test_the_configuration_may_name_it_and_a_subdirectory_finds_it(project, monkeypatch):
    project.write("broadcatch.toml", 'baseline = "conf/base.json"\n')
    project.write("conf/.keep", "")
    project.write("app/x.py", handlers("one"))
    assert write(project)[0] == 0
    assert project.check() == (0, [])
    monkeypatch.chdir(project.top / "app")
    assert project.check() == (0, [])
    project.write("app/y.py", handlers("one"))
    assert project.check() == (1, ["y.py:5"])


def test_an_existing_one_never_grows_unless_that_is_asked_for(project):
    project.write("x.py", handlers("one"))
    write(project)
    before = (project.top / FILE).read_bytes()
    project.write("x.py", handlers("one", "two"))
    code, out, _ = write(project)
    assert code == 1
    assert out.splitlines() == [
        "  + x.py:13: BC102 broad-except: catches Exception; `return None` takes its place",
        f"1 handler is not covered by {FILE}; nothing was written. Mend them, or record them with --add.",
    ]
    assert (project.top / FILE).read_bytes() == before
    assert project.run("baseline", "write", "--date", "2026-12-24", "--add")[0] == 0
    document = json.loads((project.top / FILE).read_text(encoding="utf-8"))
    assert [one["since"] for one in document["handlers"][:-1]] == ["2026-11-22", "2026-12-24"]
    assert project.check("--baseline", FILE) == (0, [])


def test_stale_entries_are_told_and_fail_a_ratchet_until_they_are_pruned(project):
    project.write("x.py", handlers("one", "two"))
    write(project)
    project.write("x.py", handlers("one"))
    code, _, err = project.run("check", "--baseline", FILE)
    assert (code, err) == (
        0,
        "1 entry of the baseline is stale: `broadcatch baseline prune` takes that back.\n",
    )
    code, _, err = project.run("check", "--baseline", FILE, "--ratchet", "-q")
    assert code == 1
    assert err.splitlines()[0] == "  - x.py two: BC102, BC302: gone"
    code, out, _ = project.run("baseline", "prune")
    assert code == 0
    assert out.splitlines() == ["  - x.py two: BC102, BC302: gone", f"{FILE}: 1 handler in 1 file."]
    assert project.run("check", "--baseline", FILE, "--ratchet") == (0, "", "")


def test_pruned_slack_does_not_hide_new_debt(project):
    project.write("x.py", handlers("one", "two"))
    write(project)
    project.write("x.py", handlers("one"))
    project.run("baseline", "prune")
    project.write("x.py", handlers("one", "two"))
    assert project.check("--baseline", FILE) == (1, ["x.py:13"])


def test_a_file_that_was_not_checked_keeps_its_entries(project):
    project.write("x.py", handlers("one"))
    project.write("y.py", handlers("two"))
    write(project)
    project.write("x.py", "")
    project.write("y.py", "")
    project.run("baseline", "prune", "y.py")
    assert entries(project) == [("x.py", "one")]


def test_a_narrower_selection_of_rules_calls_nothing_stale(project):
    project.write("x.py", handlers("one"))
    write(project)
    assert project.run("check", "--select", "BC2", "--baseline", FILE, "--ratchet") == (0, "", "")


def test_a_file_that_cannot_be_read_keeps_its_entries(project):
    project.write("x.py", handlers("one"))
    write(project)
    project.write("x.py", "def (:\n")
    assert project.run("baseline", "prune")[0] == 0
    assert entries(project) == [("x.py", "one")]


def test_a_renamed_file_keeps_its_entries_and_pruning_follows_it(project):
    project.write("app/x.py", handlers("one", "two"))
    write(project)
    (project.top / "lib").mkdir()
    (project.top / "app/x.py").rename(project.top / "lib/y.py")
    assert project.run("check", "--baseline", FILE, "--ratchet") == (0, "", "")
    assert project.check("--baseline", FILE, "lib/y.py") == (0, [])
    project.run("baseline", "prune")
    assert entries(project) == [("lib/y.py", "one"), ("lib/y.py", "two")]


def test_writing_twice_changes_nothing(project):
    project.write("x.py", handlers("one"))
    write(project)
    before = os.stat(project.top / FILE)
    code, out, _ = project.run("baseline", "write", "--date", "2027-01-01")
    assert (code, out) == (0, f"{FILE} is as it was: 1 handler in 1 file.\n")
    assert os.stat(project.top / FILE).st_mtime_ns == before.st_mtime_ns


def test_nothing_else_is_left_beside_it_and_its_mode_is_kept(project):
    project.write("x.py", handlers("one"))
    write(project)
    os.chmod(project.top / FILE, 0o640)
    project.write("x.py", "")
    project.run("baseline", "prune", "--no-cache")
    assert stat.S_IMODE(os.stat(project.top / FILE).st_mode) == 0o640
    assert sorted(one.name for one in project.top.iterdir() if one.is_file()) == [FILE, "x.py"]


def test_text_from_stdin_is_held_against_it_too(project, monkeypatch):
    import io
    import sys

    project.write("x.py", handlers("one"))
    write(project)
    text = handlers("one", "two").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    _, out, _ = project.run("check", "-", "--stdin-filename", "x.py", "--baseline", FILE, "-q")
    assert out.startswith("x.py:13:")


@pytest.mark.parametrize(
    "command", [("check", "--baseline", FILE), ("baseline", "write"), ("baseline", "prune")]
)
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (b"<<<<<<< HEAD\n", f"{FILE}:1: a merge conflict"),
        (b'{"broadcatch-baseline": 9, "handlers": []}', f"{FILE}:1: written by a newer broadcatch"),
        (b"\xff", f"{FILE}: not a baseline: not UTF-8"),
        (b"", f"{FILE}:1: not a baseline"),
    ],
)
def test_a_damaged_one_is_an_error_that_leaves_it_as_it_is(project, command, damage, message):
    project.write("x.py", handlers("one"))
    (project.top / FILE).write_bytes(damage)
    code, out, err = project.run(*command)
    assert (code, out) == (2, "")
    assert err.startswith(f"broadcatch: {message}")
    assert err.count("\n") == 1
    assert (project.top / FILE).read_bytes() == damage


def test_one_that_is_missing_is_an_error(project):
    project.write("x.py", "")
    code, _, err = project.run("check", "--baseline", "none.json")
    assert (code, err) == (
        2,
        "broadcatch: none.json: there is no baseline; `broadcatch baseline write` makes one\n",
    )


def test_a_ratchet_needs_a_baseline(project):
    project.write("x.py", "")
    assert project.run("check", "--ratchet")[0] == 2


def test_it_is_counted_by_rule_tier_and_age(project):
    project.write("x.py", handlers("one", "two"))
    write(project, "--owner", "orders")
    code, out, _ = project.run("baseline", "show", "--date", "2027-01-22")
    assert code == 0
    assert out.splitlines()[:4] == [f"{FILE}: 2 handlers in 1 file", "", "by rule", "  2  BC102"]
    assert "  2  up to three months" in out
    assert "  2  orders" in out
    _, out, _ = project.run("baseline", "show", "--output-format", "json", *DAY)
    assert json.loads(out)["by_rule"] == {"BC102": 2, "BC302": 2}
