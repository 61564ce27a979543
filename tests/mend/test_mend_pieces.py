"""Many rewrites are reviewed in pieces, and the pieces together are all of them."""

from __future__ import annotations

import subprocess

import pytest

from broadcatch.errors import BroadcatchError
from broadcatch.mend.again import Review
from broadcatch.mend.draft import Draft, drafted
from broadcatch.mend.pieces import SUBJECT, knife, pieces
from broadcatch.model.fixing import FixRequest
from broadcatch.model.span import Span
from broadcatch.output.fix_pieces import files, mailbox
from broadcatch.rewrite.values import ChainWanted, NarrowWanted
from tests.samples import finding

TEXT = "try:\n    run()\nexcept Exception:\n    raise ValueError('ü')\n"
AFTER = "try:\n    run()\nexcept KeyError as exc:\n    raise ValueError('ü') from exc\n"
AUTHOR = "Ada <ada@example.org>"


def draft_of(path: str) -> Draft:
    found = (
        finding("BC102", path, 3),
        finding("BC201", path, span=Span(4, 4, 4, 26), handler=f"{path}:3"),
    )
    review = Review(found, (), lambda _: ())
    made = drafted(path, [NarrowWanted(3, "KeyError"), ChainWanted(4, 4)], FixRequest(unsafe=True), review)
    assert isinstance(made, Draft)
    return made


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A repository with three files, and a draft for each."""
    monkeypatch.chdir(tmp_path)
    for name in ("app/a.py", "app/b.py", "lib/c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def drafts(tree):
    return [draft_of(name) for name in ("app/a.py", "app/b.py", "lib/c.py")]


def cut(drafts, by, owners=None):
    return pieces(drafts, by, lambda path: path, lambda path: (owners or {}).get(path, ()))


def test_a_file_is_a_piece(drafts):
    assert [one.name for one in cut(drafts, "file")] == ["app/a.py", "app/b.py", "lib/c.py"]


def test_what_one_owner_has_is_a_piece_and_what_nobody_has_comes_last(drafts):
    found = cut(drafts, "owner", {"app/a.py": ("@z",), "lib/c.py": ("@a", "@b")})
    assert [one.name for one in found] == ["@a @b", "@z", "nobody"]


def test_what_one_rule_reports_is_a_piece_across_files(drafts):
    first, second = cut(drafts, "rule")
    assert (first.name, second.name) == ("BC102", "BC201")
    assert first.diff.count("+++ ") == second.diff.count("+++ ") == 3
    assert second.message.startswith("Mend unchained-raise (BC201)\n\n")
    assert "from exc" in second.diff and "from exc" not in first.diff


def test_the_message_says_what_where_and_how_far_to_trust_it(drafts):
    message = cut(drafts, "file")[0].message
    assert message.splitlines() == [
        "Mend exception handling in app/a.py",
        "",
        "- app/a.py:3: Catch KeyError instead of Exception",
        "  unsafe",
        "- app/a.py:4: Add `from exc`",
        "  safe: only the cause changes",
    ]


def test_a_single_rewrite_speaks_for_itself(drafts):
    only = [Draft(one.original, one.rewrites[:1], (), one.review) for one in drafts[:1]]
    subject = cut(only, "file")[0].message.splitlines()[0]
    assert subject == "Catch KeyError instead of Exception in app/a.py"
    assert len(subject) <= SUBJECT


def git(tree, *words):
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=tree, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("by", ["file", "owner", "rule"])
def test_git_am_makes_a_commit_of_each_piece(tree, drafts, by):
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "before")
    found = cut(drafts, by)
    (tree / "all.mbox").write_text(mailbox(found, AUTHOR), encoding="utf-8")
    git(tree, "am", "-q", "all.mbox")
    log = git(tree, "log", "--format=%an %s", "--reverse").splitlines()
    assert log[1:] == [f"Ada {one.message.splitlines()[0]}" for one in found]
    for name in ("app/a.py", "app/b.py", "lib/c.py"):
        assert (tree / name).read_text(encoding="utf-8") == AFTER


def test_git_apply_takes_the_patches_in_their_order(tree, drafts):
    git(tree, "init", "-q")
    named = dict(files(cut(drafts, "rule"), AUTHOR))
    assert list(named) == ["01-BC102.patch", "01-BC102.txt", "02-BC201.patch", "02-BC201.txt"]
    for name, text in named.items():
        (tree / name).write_text(text, encoding="utf-8")
        if name.endswith(".patch"):
            git(tree, "apply", name)
    assert (tree / "lib/c.py").read_text(encoding="utf-8") == AFTER


def test_owners_come_from_codeowners_of_the_project(tree, drafts):
    (tree / "pyproject.toml").write_text("")
    (tree / "CODEOWNERS").write_text("* @all\n/app/ @app\n")
    assert [one.name for one in knife("owner", ["."])(drafts)] == ["@all", "@app"]


def test_without_codeowners_there_are_no_pieces_by_owner(tree, drafts):
    (tree / "pyproject.toml").write_text("")
    with pytest.raises(BroadcatchError, match="no CODEOWNERS file"):
        knife("owner", ["."])
