"""What has not changed is not done again, and nothing that happens to the cache can hurt a run."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcatch.cache.store import Store, cache_folder, clear, content_hash, info, open_store

OLD = 1_600_000_000_000_000_000


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.py").write_bytes(b"one")
    os.utime(tmp_path / "x.py", ns=(OLD, OLD))
    return tmp_path


def opened(here: Path, *made_by: str) -> Store:
    return open_store(here / ".broadcatch_cache", here, made_by)


def kept(here: Path, payload: str = "[1]", path: str = "x.py") -> Path:
    """Keep `payload` for x.py and return the file of the cache."""
    store = opened(here)
    store.get(path)
    store.put(path, content_hash((here / path).read_bytes()), payload)
    store.save()
    return store.file


def test_what_was_put_is_there_in_the_next_run(here):
    assert opened(here).get("x.py") is None
    kept(here)
    assert opened(here).get("x.py") == "[1]"


def test_a_file_of_the_same_time_and_size_is_not_read(here, monkeypatch):
    kept(here)
    (here / "x.py").write_bytes(b"two")
    os.utime(here / "x.py", ns=(OLD, OLD))
    assert opened(here).get("x.py") == "[1]"


def test_a_file_with_another_time_is_known_by_its_content(here):
    kept(here)
    os.utime(here / "x.py", ns=(OLD + 5, OLD + 5))
    store = opened(here)
    assert store.get("x.py") == "[1]"
    store.save()
    assert opened(here).entries["x.py"].mtime == OLD + 5


@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_other_content_is_a_miss(here, content):
    kept(here)
    (here / "x.py").write_bytes(content)
    assert opened(here).get("x.py") is None


def test_a_file_written_during_the_run_is_known_by_content_only(here):
    (here / "x.py").write_bytes(b"new")
    kept(here)
    now = os.stat("x.py").st_mtime_ns
    (here / "x.py").write_bytes(b"two")
    os.utime(here / "x.py", ns=(now, now))
    assert opened(here).get("x.py") is None


def test_a_file_as_new_as_the_cache_is_known_by_content_only(here):
    file = kept(here)
    os.utime(file, ns=(OLD, OLD))
    (here / "x.py").write_bytes(b"two")
    os.utime(here / "x.py", ns=(OLD, OLD))
    assert opened(here).get("x.py") is None


def test_what_something_else_made_does_not_count(here):
    kept(here)
    assert opened(here, "another version").get("x.py") is None


def test_entries_of_vanished_files_go(here):
    (here / "y.py").write_bytes(b"y")
    kept(here, path="y.py")
    kept(here)
    (here / "y.py").unlink()
    store = opened(here)
    store.get("x.py")
    store.save()
    assert set(opened(here).entries) == {"x.py"}


def test_a_run_over_a_part_keeps_the_rest(here):
    (here / "y.py").write_bytes(b"y")
    kept(here, path="y.py")
    kept(here)
    assert set(opened(here).entries) == {"x.py", "y.py"}


def test_nothing_new_writes_nothing(here):
    file = kept(here)
    os.utime(file, ns=(OLD + 9, OLD + 9))
    store = opened(here)
    store.get("x.py")
    store.save()
    assert os.stat(file).st_mtime_ns == OLD + 9


@pytest.mark.parametrize("payload", ["", "two\nlines", "tab\t"])
def test_what_cannot_stand_on_a_line_is_not_kept(here, payload):
    kept(here, payload)
    assert opened(here).get("x.py") is None


def test_a_file_that_was_never_asked_for_is_not_kept(here):
    store = opened(here)
    store.put("x.py", content_hash(b"one"), "[1]")
    assert store.entries == {}


def test_names_that_are_no_utf8_come_back(here):
    name = os.fsdecode(b"\xff.py")
    (here / name).write_bytes(b"odd")
    kept(here, path=name)
    assert opened(here).get(name) == "[1]"


def test_the_folder_says_that_it_is_a_cache(here):
    folder = kept(here).parent
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_nothing_but_the_entries_is_left_behind(here):
    file = kept(here)
    assert {path.name for path in file.parent.iterdir()} == {".gitignore", "CACHEDIR.TAG", file.name}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_whatever_stands_in_the_file_is_a_miss_or_a_hit_and_no_error(here, junk, at, cut):
    file = kept(here)
    data = file.read_bytes()
    file.write_bytes(data[:at] + junk + data[at + cut :])
    store = opened(here)
    assert store.get("x.py") is None or isinstance(store.get("x.py"), str)


def test_a_number_too_long_is_a_miss(here):
    file = kept(here)
    file.write_bytes(file.read_bytes().replace(str(OLD).encode(), b"9" * 5000))
    assert opened(here).get("x.py") is None


def test_a_folder_that_cannot_be_made_is_no_error(here):
    (here / ".broadcatch_cache").write_text("in the way")
    kept(here)
    assert (here / ".broadcatch_cache").read_text() == "in the way"
    assert opened(here).get("x.py") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_not_be_written_is_no_error(here):
    folder = kept(here).parent
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    kept(here, "[2]")
    assert opened(here).get("x.py") == "[1]"


def test_a_disk_that_is_full_leaves_the_old_entries(here):
    import resource
    import signal

    file = kept(here)
    before = file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        kept(here, "[" + "1," * 50_000 + "1]")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert file.read_bytes() == before
    assert len(list(file.parent.iterdir())) == 3


def test_two_runs_at_once_leave_a_whole_file(here):
    kept(here)
    one, two = opened(here), opened(here)
    for store, payload in ((one, "[11]"), (two, "[22]")):
        store.get("x.py")
        store.put("x.py", content_hash(b"one"), payload)
    one.save()
    two.save()
    assert opened(here).get("x.py") == "[22]"


def test_each_working_directory_has_its_own_entries(here, monkeypatch):
    file = kept(here)
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    assert opened(here).file != file


def test_info_counts_and_clear_removes_only_what_is_ours(here):
    file = kept(here)
    (file.parent / "mine.txt").write_text("keep")
    told = info(file.parent)
    assert (told.files, told.entries, told.size) == (1, 1, file.stat().st_size)
    assert clear(file.parent) == told
    assert [path.name for path in file.parent.iterdir()] == ["mine.txt"]


def test_clear_removes_the_folder_where_all_is_ours(here):
    folder = kept(here).parent
    clear(folder)
    assert not folder.exists()
    assert (clear(folder).files, info(folder).size) == (0, 0)


def test_a_folder_that_others_use_is_not_marked(here):
    shared = here / "shared"
    shared.mkdir()
    (shared / "theirs").touch()
    store = open_store(shared, here, ())
    store.get("x.py")
    store.put("x.py", content_hash(b"one"), "[1]")
    store.save()
    assert {path.name for path in shared.iterdir()} == {"theirs", store.file.name}


def test_the_folder_is_the_configured_one_or_at_the_root():
    assert cache_folder(Path("/project"), "/kept") == Path("/kept")
    assert cache_folder(Path("/project"), "") == Path("/project/.broadcatch_cache")
