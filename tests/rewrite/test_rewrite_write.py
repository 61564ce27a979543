"""Whatever happens while it is written, a file is the old one or the new one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from broadcatch.model.facts import Failure
from broadcatch.rewrite.write import FileSystem, Original, read_original, write_text

STEPS = ("stat", "create_beside", "write", "fsync", "close", "copy_mode", "replace")


class Full(FileSystem):
    """A disk on which one step fails."""

    def __init__(self, step: str, error: BaseException) -> None:
        def fail(*_: object) -> None:
            raise error

        setattr(self, step, fail)


class Slow(FileSystem):
    """A disk that takes three bytes at a time."""

    def write(self, descriptor: int, data: bytes) -> int:
        return super().write(descriptor, data[:3])


class Racing(FileSystem):
    """Another program writes the file while ours is being prepared."""

    def fsync(self, descriptor: int) -> None:
        Path(self.victim).write_bytes(b"theirs\n")

    victim = ""


def original(path: Path) -> Original:
    read = read_original(str(path))
    assert isinstance(read, Original)
    return read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_bytes(b"old\n")
    return path


def test_the_new_text_is_written_and_nothing_is_left_beside_it(file: Path) -> None:
    assert write_text(original(file), "new\n", Slow()) is None
    assert file.read_bytes() == b"new\n"
    assert os.listdir(file.parent) == ["a.py"]


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_error_at_any_step_leaves_the_old_file_and_names_it(file: Path, step: str) -> None:
    failed = write_text(original(file), "new\n", Full(step, OSError(28, "No space left on device")))
    assert failed == Failure(str(file), "write", "No space left on device")
    assert file.read_bytes() == b"old\n"
    assert os.listdir(file.parent) == ["a.py"]


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupt_at_any_step_leaves_the_old_file(file: Path, step: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_text(original(file), "new\n", Full(step, KeyboardInterrupt()))
    assert file.read_bytes() == b"old\n"
    assert os.listdir(file.parent) == ["a.py"]


def test_a_file_that_changed_since_it_was_read_is_left_alone(file: Path) -> None:
    read = original(file)
    file.write_bytes(b"theirs\n")
    failed = write_text(read, "new\n")
    assert failed is not None and failed.message == "changed since it was read"
    assert file.read_bytes() == b"theirs\n"


def test_a_file_that_changes_while_ours_is_written_is_left_alone(file: Path) -> None:
    disk = Racing()
    disk.victim = str(file)
    failed = write_text(original(file), "new\n", disk)
    assert failed is not None and failed.message == "changed while it was being written"
    assert file.read_bytes() == b"theirs\n"


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert write_text(original(file), "new\n") is None
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_symbolic_link_stays_one_and_what_it_points_to_is_written(file: Path) -> None:
    link = file.parent / "link.py"
    link.symlink_to("a.py")
    assert write_text(original(link), "new\n") is None
    assert link.is_symlink()
    assert file.read_bytes() == b"new\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfx = '\xc3\xbc'\n",
        b"# coding: latin-1\nx = '\xfc'\n",
        b"x = 1\r\ny = 2\nz = 3\r",
        b"",
        b"x = '\xc3\xbc'",
    ],
)
def test_encoding_byte_order_mark_and_line_ends_are_kept(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    read = original(file)
    assert write_text(read, read.text + "# end") is None
    assert file.read_bytes() == data + b"# end"


def test_text_that_the_encoding_cannot_hold_is_a_failure(file: Path) -> None:
    file.write_bytes(b"# coding: latin-1\n")
    failed = write_text(original(file), "# coding: latin-1\n'\u20ac'\n")
    assert failed is not None and "iso8859-1" in failed.message
    assert file.read_bytes() == b"# coding: latin-1\n"


@pytest.mark.parametrize("data", [b"# coding: nonsense\n", b"\xff\xfe\x00", None])
def test_what_cannot_be_read_is_a_failure(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "b.py"
    if data is not None:
        path.write_bytes(data)
    failed = read_original(str(path))
    assert isinstance(failed, Failure) and failed.stage == "read"
