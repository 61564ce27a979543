"""Does a report tell what has become of handlers since a revision, and leave the work tree alone?"""

from __future__ import annotations

import os
import subprocess

import pytest

from broadcatch import api
from broadcatch.cli.main import run
from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.model.reporting import ReportRequest

SWALLOW = """\
def {name}(order):
    try:
        return broker.place_order(order)
    except Exception:
        return None
"""
RAISE = """\
def {name}(order):
    try:
        return broker.place_order(order)
    except Exception as exc:
        raise OrderError(order) from exc
"""
NARROW = """\
def {name}(order):
    try:
        return broker.place_order(order)
    except KeyError:
        return None
"""
QUIET = Config(cache=False)


class Repo:
    """A repository in the working directory."""

    def __init__(self, folder):
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *words):
        given = ("-c", "user.name=n", "-c", "user.email=e@x", *words)
        return subprocess.run(
            ["git", *given], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    def write(self, path, text):
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def save(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")


@pytest.fixture
def repo(tmp_path, monkeypatch):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.chdir(tmp_path)
    made = Repo(tmp_path)
    made.write("shop/orders.py", SWALLOW.format(name="buy"))
    made.write("shop/other.py", SWALLOW.format(name="sell"))
    made.save()
    return made


def since(revision="HEAD", paths=(".",)):
    return api.report(paths, QUIET, None, ReportRequest(compare=revision)).beside.comparison


def told(comparison):
    return [(one.kind, one.risk.path, one.risk.function) for one in comparison.handlers]


def test_nothing_has_changed_where_nothing_was_written(repo):
    comparison = since()
    assert (comparison.handlers, comparison.files) == ((), ())
    assert comparison.before["high"] == 2


def test_a_new_handler_a_narrowed_one_and_a_better_one_are_told_apart(repo):
    other = SWALLOW.format(name="hold").replace("place_order", "cancel_order")
    repo.write("shop/orders.py", NARROW.format(name="buy") + "\n\n" + other)
    repo.write("shop/other.py", RAISE.format(name="sell"))
    comparison = since()
    assert sorted(told(comparison)) == [
        ("better", "shop/other.py", "sell"),
        ("fixed", "shop/orders.py", "buy"),
        ("new", "shop/orders.py", "hold"),
    ]
    assert {one.instead for one in comparison.handlers} == {"", "except KeyError"}
    assert [one.rose for one in comparison.files] == [False, False]


def test_what_is_not_broad_any_more_is_fixed_though_the_file_is_gone(repo):
    (repo.folder / "shop" / "other.py").unlink()
    comparison = since()
    assert told(comparison) == [("fixed", "shop/other.py", "sell")]
    [change] = comparison.files
    assert (change.path, change.after) == ("shop/other.py", None)


def test_a_handler_that_lies_lower_in_a_renamed_file_is_the_same(repo):
    repo.git("mv", "shop/orders.py", "shop/buying.py")
    repo.write("shop/buying.py", "import broker\n\n\n" + SWALLOW.format(name="buy"))
    assert since().handlers == ()


def test_a_handler_that_moved_to_a_file_git_does_not_know_yet_is_the_same(repo):
    (repo.folder / "shop" / "other.py").unlink()
    repo.write("shop/fresh.py", SWALLOW.format(name="sell"))
    assert since().handlers == ()


def test_a_file_that_was_excluded_then_is_not_fixed_by_being_removed(repo):
    repo.write("build/made.py", SWALLOW.format(name="made"))
    repo.git("add", "-f", "build")
    repo.save()
    (repo.folder / "build" / "made.py").unlink()
    assert since().handlers == ()


def test_only_what_lies_below_the_paths_counts(repo):
    repo.write("shop/orders.py", NARROW.format(name="buy"))
    repo.write("shop/other.py", NARROW.format(name="sell"))
    assert told(since(paths=("shop/other.py",))) == [("fixed", "shop/other.py", "sell")]


def test_a_file_that_could_not_be_read_then_is_named(repo):
    repo.write("shop/bad.py", "def\n")
    repo.save()
    repo.write("shop/bad.py", SWALLOW.format(name="good"))
    comparison = since()
    assert [one.path for one in comparison.failures] == ["shop/bad.py"]
    assert told(comparison) == [("new", "shop/bad.py", "good")]


def test_the_work_tree_and_the_index_stay_as_they_are(repo):
    repo.write("shop/orders.py", NARROW.format(name="buy"))
    before = repo.git("status", "--porcelain")
    since()
    assert repo.git("status", "--porcelain") == before


def test_an_unknown_revision_is_refused(repo):
    with pytest.raises(BroadcatchError, match="gone: git knows no such revision"):
        since("gone")


def test_a_file_that_rises_a_tier_ends_with_one_and_is_named(repo, capsys):
    repo.write("shop/calm.py", "x = 1\n")
    repo.save()
    assert run(["report", "--no-cache", "--no-rise", "HEAD"]) == 0
    repo.write("shop/calm.py", "\n\n".join(SWALLOW.format(name=name) for name in "abc"))
    assert run(["report", "--no-cache", "--no-rise", "HEAD"]) == 1
    error = capsys.readouterr().err
    assert "broadcatch: 1 file rose a tier since HEAD: shop/calm.py (low to " in error


def test_history_is_read_for_all_files_at_once(repo):
    repo.write("shop/orders.py", SWALLOW.format(name="buy") + "\n")
    repo.save()
    repo.write("shop/loose.py", SWALLOW.format(name="loose"))
    known = api.report(["."], QUIET, None, ReportRequest(history=True)).beside.histories
    assert {path: (one.commits, one.days, one.authors) for path, one in known.items()} == {
        "shop/orders.py": (2, 0, 1),
        "shop/other.py": (1, 0, 1),
    }


def test_owners_come_from_the_repository(repo):
    repo.write(".github/CODEOWNERS", "/shop/ @shop\n/shop/other.py\n")
    beside = api.report(["shop"], QUIET, None, ReportRequest(owners=True)).beside
    assert beside.owners == {"shop/orders.py": ("@shop",)}
    (repo.folder / ".github" / "CODEOWNERS").unlink()
    assert api.report(["shop"], QUIET, None, ReportRequest(owners=True)).beside.owners == {}
