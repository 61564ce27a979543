"""Killed at any operation, a file is the old one or the new one, and the next run tidies up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadcatch.model.facts import Failure
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.structural import Cause, TranslateWanted, Turned
from broadcatch.rewrite.values import Spelled
from broadcatch.rewrite.write import FileSystem, Original, is_linked, read_original, sweep, write_text

OPERATIONS = ("read", "stat", "create_beside", "write", "fsync", "close", "copy_mode", "replace")
OLD, NEW = b"old = 1\n" * 9, "new = 2\n" * 9


class Counted(FileSystem):
    """A disk that stops working (`error`) before operation number `left`, and stays so."""

    def __init__(self, left: int, error: BaseException) -> None:
        self.left, self.error = left, error

    def __getattribute__(self, name: str) -> object:
        if name in (*OPERATIONS, "remove"):
            self.left -= 1
            if self.left < 0:
                raise self.error
        return super().__getattribute__(name)

    def write(self, descriptor: int, data: bytes) -> int:
        return super().write(descriptor, data[:25])


class Dead(BaseException):
    """The process is gone."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_bytes(OLD)
    return path


def original(path: Path) -> Original:
    read = read_original(str(path))
    assert isinstance(read, Original)
    return read


@pytest.mark.parametrize("left", range(16))
def test_after_a_kill_the_file_is_whole_and_what_is_left_is_swept_away(file, left, monkeypatch):
    try:
        assert write_text(original(file), NEW, Counted(left, Dead())) is None
        assert file.read_bytes() == NEW.encode()
    except Dead:
        assert file.read_bytes() in (OLD, NEW.encode())
    monkeypatch.setattr("broadcatch.rewrite.write.alive", lambda pid: False)
    sweep([str(file.parent)])
    assert os.listdir(file.parent) == ["a.py"]


@pytest.mark.parametrize("left", range(12))
def test_on_a_disk_that_is_full_from_some_operation_on_nothing_is_lost(file, left):
    failed = write_text(original(file), NEW, Counted(left, OSError(28, "No space left on device")))
    if failed is None:
        assert file.read_bytes() == NEW.encode()
    else:
        assert failed == Failure(str(file), "write", "No space left on device")
        assert file.read_bytes() == OLD


SEVERAL = """\
import time
from shop.errors import B


def run(step):
    try:
        step()
    except Exception:
        time.sleep(1)
"""


@pytest.mark.parametrize("error", [Dead(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("left", range(0, 40, 3))
def test_a_rewrite_of_many_places_is_made_as_a_whole_or_not_at_all(file, left, error):
    file.write_text(SEVERAL)
    names = [Spelled(one, f"shop.errors.{one}", "shop.errors", one) for one in ("A", "C")]
    causes = (Cause((names[0],), (Turned(names[1]),)),)
    made = plan(SEVERAL, str(file), [TranslateWanted(8, causes)]).rewrites
    after = carry_out(SEVERAL, made)
    assert len(made[0].edits) > 3
    assert "import A, B, C" in after
    try:
        failed = write_text(original(file), after, Counted(left, error))
        assert file.read_text() == (SEVERAL if failed else after)
    except Dead:
        assert file.read_text() in (SEVERAL, after)


def test_what_a_process_that_is_alive_writes_is_left_to_it(file):
    _, ours = FileSystem().create_beside(str(file))
    assert sweep([str(file.parent)]) == ()
    assert Path(ours).exists()


def test_what_only_looks_like_it_is_left(file):
    for name in (".a.py.broadcatch", "a.py.999999999.x.broadcatch", ".a.py.abc.x.broadcatch"):
        (file.parent / name).write_text("")
    assert sweep([str(file.parent), "nowhere"]) == ()


def test_a_name_that_is_as_long_as_may_be_is_written_too(tmp_path):
    path = tmp_path / ("a" * 250 + ".py")
    path.write_bytes(OLD)
    assert write_text(original(path), NEW) is None
    assert path.read_bytes() == NEW.encode()


def test_another_name_of_the_file_keeps_the_old_text(file):
    assert not is_linked(str(file))
    other = file.parent / "b.py"
    os.link(file, other)
    assert is_linked(str(file))
    assert write_text(original(file), NEW) is None
    assert (file.read_bytes(), other.read_bytes()) == (NEW.encode(), OLD)


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from broadcatch.rewrite.write import FileSystem, read_original, write_text
left = int(sys.argv[1])
class Deadly(FileSystem):
    def __getattribute__(self, name):
        global left
        if not name.startswith("_"):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().__getattribute__(name)
    def write(self, descriptor, data):
        return FileSystem.write(self, descriptor, data[:25])
files = Deadly()
write_text(read_original("a.py"), "new = 2\\n" * 9, files)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("left", range(0, 14, 2))
def test_a_process_that_is_really_killed_leaves_the_old_file_or_the_new_one(file, left):
    words = [sys.executable, "-c", KILLED.format(root=str(Path(__file__).parents[2])), str(left)]
    ended = subprocess.run(words, check=False, cwd=file.parent, capture_output=True)
    assert ended.returncode in (0, -9), ended.stderr.decode()
    assert file.read_bytes() == (NEW.encode() if ended.returncode == 0 else OLD)
    sweep([str(file.parent)])
    assert os.listdir(file.parent) == ["a.py"]
