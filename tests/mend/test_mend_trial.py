"""Rewrites are tried on the files; whatever happens, the files are as they were, or as the command stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadcatch.errors import BroadcatchError, CommandError
from broadcatch.mend.command import LINES, Ran, run_command
from broadcatch.mend.draft import Draft, drafted
from broadcatch.mend.file import carried_out
from broadcatch.mend.journal import Journal, recover
from broadcatch.mend.trial import tried
from broadcatch.model.fixing import FixRequest
from broadcatch.rewrite.values import ChainWanted, NarrowWanted
from broadcatch.rewrite.write import FileSystem

TEXT = "try:\n    run()\nexcept Exception:\n    raise ValueError('no')\n"
ASKED = [NarrowWanted(3, "KeyError"), ChainWanted(4, 4)]
NARROWED = TEXT.replace("Exception", "KeyError")


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    """Three files, each with a clause to narrow and a raise to chain."""
    monkeypatch.chdir(tmp_path)
    made = []
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(TEXT)
        made.append(drafted(name, ASKED, FixRequest(unsafe=True)))
    return made


def texts():
    return {name: Path(name).read_text() for name in ("a.py", "b.py", "c.py")}


UNCHANGED = dict.fromkeys(("a.py", "b.py", "c.py"), TEXT)


def command(*bad):
    """A command that fails while all words of a bad set stand in their files."""

    def run(_command, _timeout):
        now = texts()
        broken = [pairs for pairs in bad if all(word in now[name] for name, word in pairs)]
        return Ran(not broken, f"E {broken[0]}\n" if broken else "", 0.0)

    return run


def kept(done):
    return [(one.path, one.kind) for draft in done.drafts for one in draft.rewrites]


def test_where_the_command_passes_with_everything_everything_stays(drafts):
    done = tried(drafts, "make", 99, Path("cache"), run=command())
    assert len(kept(done)) == 6
    assert done.trial.runs == 2
    assert "KeyError as exc" in texts()["b.py"]
    assert not Path("cache/journal").exists()


def test_exactly_what_breaks_the_command_is_dropped_with_what_it_said(drafts):
    done = tried(drafts, "make", 99, Path("cache"), run=command([("b.py", "KeyError")]))
    assert len(kept(done)) == 5 and ("b.py", "narrow") not in kept(done)
    [refused] = [one for draft in done.drafts for one in draft.refused]
    assert (refused.path, refused.reason) == ("b.py", "the command fails with it")
    assert refused.output == "E [('b.py', 'KeyError')]\n"
    assert texts()["b.py"] == TEXT.replace("Exception", "Exception as exc").replace("'no')", "'no') from exc")


def test_of_two_that_break_it_together_one_stays(drafts):
    both = command([("a.py", "KeyError"), ("c.py", "from exc")])
    done = tried(drafts, "make", 99, Path("cache"), run=both)
    assert len(kept(done)) == 5
    assert both("", None).passed


def test_a_command_that_fails_at_once_changes_nothing(drafts):
    with pytest.raises(CommandError, match="`make` fails before anything is changed") as caught:
        tried(drafts, "make", 99, Path("cache"), run=lambda *_: Ran(False, "E no\n", 0.0))
    assert caught.value.output == "E no\n"
    assert texts() == UNCHANGED


@pytest.mark.parametrize("limit", range(2, 9))
def test_a_limit_leaves_out_what_was_not_tried(drafts, limit):
    done = tried(drafts, "make", limit, Path("cache"), run=command([("b.py", "KeyError")]))
    assert done.trial.runs <= limit
    assert done.trial.complete == (limit >= 7)
    assert command([("b.py", "KeyError")])("", None).passed


@pytest.mark.parametrize("at", range(1, 6))
def test_an_interrupt_puts_all_files_back_with_their_times(drafts, at):
    os.utime("a.py", ns=(10**18, 10**18))
    runs = []

    def run(*given):
        runs.append(texts())
        if len(runs) == at:
            raise KeyboardInterrupt
        return command([("b.py", "KeyError")])(*given)

    with pytest.raises(KeyboardInterrupt):
        tried(drafts, "make", 99, Path("cache"), run=run)
    assert texts() == UNCHANGED
    assert os.stat("a.py").st_mtime_ns == 10**18
    assert not Path("cache/journal").exists()


def test_a_file_that_somebody_edits_meanwhile_ends_it_and_stays_as_they_left_it(drafts):
    def run(*_):
        if "KeyError" in texts()["b.py"]:
            Path("b.py").write_text("theirs\n")
            return Ran(False, "E\n", 0.0)
        return Ran(True, "", 0.0)

    with pytest.raises(BroadcatchError, match="b.py: changed since it was read"):
        tried(drafts, "make", 99, Path("cache"), run=run)
    assert texts() == {**UNCHANGED, "b.py": "theirs\n"}


class Killed(BaseException):
    """Nothing runs after it: as if the process had been killed."""


class Dying(FileSystem):
    """A disk that is gone after so many operations; what was done until then is there."""

    def __init__(self, operations: int) -> None:
        self.left = operations

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed

    def read(self, path):
        self._count()
        return super().read(path)

    def create_beside(self, path):
        self._count()
        return super().create_beside(path)

    def write(self, descriptor, data):
        self._count()
        return super().write(descriptor, data[:20])

    def fsync(self, descriptor):
        self._count()
        super().fsync(descriptor)

    def replace(self, source, target):
        self._count()
        super().replace(source, target)


@pytest.mark.parametrize("operations", range(0, 70, 3))
def test_wherever_a_run_ends_the_next_one_puts_the_files_back(drafts, operations):
    disk = Dying(operations)
    try:
        tried(drafts, "make", 99, Path("cache"), run=command([("b.py", "KeyError")]), files=disk)
        assert "KeyError" in texts()["a.py"]
    except Killed:
        for text in texts().values():
            compile(text, "x", "exec")  # each is one of the states, whole
        recover(Path("cache"))
        assert texts() == UNCHANGED
        assert not Path("cache/journal").exists()


def test_while_the_other_run_is_at_work_nothing_is_put_back(drafts, monkeypatch):
    Journal.begin(Path("cache"), [one.original for one in drafts])
    monkeypatch.setattr(os, "getpid", lambda: 0)
    monkeypatch.setattr("broadcatch.mend.journal.alive", lambda pid: True)
    with pytest.raises(BroadcatchError, match="another run is trying rewrites here"):
        recover(Path("cache"))


def test_what_somebody_wrote_after_the_kill_is_left_and_named(drafts):
    Journal.begin(Path("cache"), [one.original for one in drafts])
    Path("b.py").write_text("theirs\n")
    first, second = recover(Path("cache"))
    assert first.endswith("2 of its files are as they were.")
    assert second == "b.py: not put back: somebody else has changed it since"
    assert texts()["b.py"] == "theirs\n"


class Full(FileSystem):
    def create_beside(self, path):
        raise OSError(28, "No space left on device")


def test_what_cannot_be_put_back_now_stays_on_record_for_the_next_run(drafts):
    journal = Journal.begin(Path("cache"), [one.original for one in drafts])
    journal.expect("a.py", NARROWED.encode())
    Path("a.py").write_text(NARROWED)
    assert "a.py: not put back: No space left on device" in recover(Path("cache"), Full())
    assert texts()["a.py"] == NARROWED
    recover(Path("cache"))
    assert texts() == UNCHANGED


@pytest.mark.skipif(os.name != "posix", reason="the shell of the command")
def test_a_command_tells_whether_it_passed_and_the_end_of_what_it_said():
    assert run_command("exit 0").passed
    failed = run_command("seq 1 100; echo oh >&2; exit 3")
    assert not failed.passed
    assert failed.output.splitlines() == [*(str(n) for n in range(102 - LINES, 101)), "oh"]


@pytest.mark.skipif(os.name != "posix", reason="the shell of the command")
def test_a_command_that_takes_too_long_is_ended_and_has_failed():
    ran = run_command("echo begun; sleep 60", 0.2)
    assert not ran.passed
    assert ran.output == "begun\nstill running after 0 s\n"


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from broadcatch.mend.command import Ran
from broadcatch.mend.draft import drafted
from broadcatch.mend.trial import tried
from broadcatch.model.fixing import FixRequest
from broadcatch.rewrite.values import NarrowWanted
from broadcatch.rewrite.write import FileSystem

class Deadly(FileSystem):
    left = int(sys.argv[1])
    def __getattribute__(self, name):
        if name in ("read", "create_beside", "write", "fsync", "close", "replace"):
            type(self).left -= 1
            if type(self).left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().__getattribute__(name)

names = ("a.py", "b.py", "c.py")
drafts = [drafted(name, [NarrowWanted(3, "KeyError")], FixRequest(unsafe=True)) for name in names]
run = lambda *_: Ran("KeyError" not in Path("b.py").read_text(), "E", 0.0)
tried(drafts, "make", 99, Path("cache"), run=run, files=Deadly())
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("operations", [3, 12, 20, 27, 34, 45])
def test_a_process_that_is_really_killed_is_undone_by_the_next(drafts, operations):
    root = str(Path(__file__).parents[2])
    words = [sys.executable, "-c", KILLED.format(root=root), str(operations)]
    ended = subprocess.run(words, check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr.decode()
    for text in texts().values():
        assert text in (TEXT, NARROWED)
    recover(Path("cache"))
    assert texts() == UNCHANGED


def test_other_names_of_a_file_are_told_of_whatever_became_of_it(drafts):
    for name in ("a.py", "b.py"):
        os.link(name, f"other_{name}")
    again = [drafted(one.path, ASKED, FixRequest(unsafe=True)) for one in drafts]
    done = tried(again, "make", 99, Path("cache"), run=command([("b.py", "KeyError")], [("b.py", "from")]))
    notes = [note for one in done.drafts for note in carried_out(one, True, there=True).notes]
    assert notes == [
        "a.py: its other names (hard links) keep the old text",
        "b.py: its other names (hard links) are files of their own now",
    ]
    assert Path("other_a.py").read_text() == Path("other_b.py").read_text() == TEXT
    assert texts()["b.py"] == TEXT


def test_drafts_without_rewrites_are_not_tried(drafts):
    empty = [Draft(one.original, ()) for one in drafts]
    assert tried(empty, "make", 99, Path("cache"), run=command()).trial.runs == 1
