"""The pool keeps order, and one bad item costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.pool import POOL_FROM, balanced, map_files, worker_count

MANY = list(range(POOL_FROM * 3))


def double(item: int) -> int:
    return item * 2


def failed(item: int, reason: str) -> str:
    return f"{item}: {reason}"


def run(function, items, jobs, **more):
    return list(map_files(function, items, jobs, failed, **more))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    assert run(double, MANY, jobs) == [item * 2 for item in MANY]


def test_few_items_stay_in_this_process():
    assert set(run(lambda item: os.getpid(), MANY[: POOL_FROM - 1], 2)) == {os.getpid()}


def test_one_job_stays_in_this_process():
    assert set(run(lambda item: os.getpid(), MANY, 1)) == {os.getpid()}


def test_many_items_leave_this_process():
    assert os.getpid() not in run(lambda item: os.getpid(), MANY, 2)


def test_nothing_to_do_is_done():
    assert run(double, [], 2) == []


def breaks_on_seven(item: int) -> int:
    if item == 7:
        raise KeyError("seven\nlines")
    return item


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_fails_its_own_item_only(jobs):
    results = run(breaks_on_seven, MANY, jobs)
    assert results[7] == "7: KeyError: 'seven\\nlines'"
    assert results[:7] + results[8:] == MANY[:7] + MANY[8:]


def too_deep(item: int) -> int:
    return too_deep(item) if item == 3 else item


@pytest.mark.parametrize("jobs", [1, 2])
def test_endless_recursion_fails_its_own_item_only(jobs):
    results = run(too_deep, MANY, jobs)
    assert results[3].startswith("3: RecursionError")
    assert results[4:] == MANY[4:]


def dies(item: int) -> int:
    if item == 10:
        os._exit(3)
    if item == 100:
        os.kill(os.getpid(), signal.SIGKILL)
    if item == 120:
        raise SystemExit(4)
    return item


def test_a_worker_that_dies_costs_only_the_item_that_killed_it():
    results = run(dies, MANY, 2)
    bad = {item: result for item, result in zip(MANY, results, strict=True) if item != result}
    assert bad == {
        10: "10: the worker process died on this file (exit code 3)",
        100: "100: the worker process died on this file (signal 9)",
        120: "120: the worker process died on this file (exit code 4)",
    }


def test_every_item_may_kill():
    results = run(lambda item: os._exit(1), MANY[:POOL_FROM], 2)
    assert all("died" in result for result in results)


def hungry(item: int) -> int:
    if item == 5:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        return len(bytearray(2**31))
    return item


def test_memory_that_runs_out_fails_one_item():
    results = run(hungry, MANY, 2)
    assert results[5].startswith("5: MemoryError")
    assert results[6:] == MANY[6:]


def test_a_result_that_cannot_cross_is_a_failure():
    results = run(lambda item: threading.Lock() if item == 9 else item, MANY, 2)
    assert "pickle" in results[9]
    assert results[10:] == MANY[10:]


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_only_rises_and_ends_at_the_total(jobs):
    seen: list[tuple[int, int]] = []
    run(double, MANY, jobs, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(MANY), len(MANY))
    assert seen == sorted(seen)


def test_beside_another_thread_the_workers_are_not_forked():
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert run(double, MANY, 2) == [item * 2 for item in MANY]
    finally:
        over.set()
        thread.join()


def test_leaving_early_leaves_no_process():
    results = map_files(double, MANY, 2, failed)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []


INTERRUPTED = """
    import os, signal, time
    from broadcatch.pool import map_files
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may ignore it

    def slow(item):
        if item == 0:
            os.kill(os.getppid(), signal.SIGINT)
        time.sleep(60)  # never to its end: the interrupt ends it; a failed test leaves nothing behind

    try:
        list(map_files(slow, range(200), 2, lambda item, why: why))
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_an_interrupt_ends_the_workers_without_a_word():
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(INTERRUPTED)],
        capture_output=True, text=True, timeout=30, cwd=root,
    )  # fmt: skip
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)


@given(st.lists(st.integers(0, 1000), max_size=200), st.integers(1, 40))
def test_chunks_cover_every_index_once_and_in_order(sizes, parts):
    chunks = balanced(sizes, parts)
    assert [index for chunk in chunks for index in chunk] == list(range(len(sizes)))
    assert all(len(chunk) for chunk in chunks)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=200), st.integers(1, 40))
def test_no_chunk_is_heavier_than_its_share_and_one_item(sizes, parts):
    share = max(1, sum(sizes) // parts)
    assert all(sum(sizes[index] for index in chunk[:-1]) < share for chunk in balanced(sizes, parts))


def test_zero_jobs_chooses_at_least_one():
    assert worker_count(0) >= 1
    assert worker_count(5) == 5
