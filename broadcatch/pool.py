"""How is a function mapped over many files, whatever happens to the processes that do it?

Worker processes take runs of neighbouring items, of about equal size, and hand back pickled results
(between our own processes, never from a file). A worker that dies costs only the items it held: each is
tried again in a process of its own, and the one that kills gets the caller's failure value.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Result = TypeVar("Result")

POOL_FROM = 64
"""Fewer items than this are not worth a process."""
_CHUNKS_PER_WORKER = 8
_RARELY = 20_000
"""How many new objects make a worker look for garbage. Trees are large and hold no cycles: at Python's own
pace a tenth of the time goes into looking through them."""


def worker_count(jobs: int) -> int:
    """`jobs`, or for 0 as many as there are processors that this process may use."""
    if jobs > 0:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def counted(items: Sequence[Item], progress: Callable[[int, int], None] | None) -> Iterator[Item]:
    """`items`, one after another; `progress(done, total)` is called whenever the next is asked for."""
    for done, item in enumerate(items, 1):
        yield item
        if progress is not None:
            progress(done, len(items))


def map_files(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    failed: Callable[[Item, str], Result],
    progress: Callable[[int, int], None] | None = None,
    size: Callable[[Item], int] | None = None,
) -> Iterator[Result]:
    """The result of `function` for each item, in the order of `items`.

    `failed(item, reason)` makes the result of an item for which `function` raised or its process died.
    `progress(done, total)` is called as results come in; `size` weighs an item. With 1 job or few items
    all happens in this process. Where worker processes cannot be forked, `function`, `failed` and the
    items must be picklable.
    """
    workers = min(worker_count(jobs), len(items))
    if workers <= 1 or len(items) < POOL_FROM:
        for done, item in enumerate(items, 1):
            yield _guarded(function, failed, item)
            if progress is not None:
                progress(done, len(items))
        return
    sizes = [size(item) if size else 1 for item in items]
    run = _Run(_Task(function, failed, items), workers, balanced(sizes, workers * _CHUNKS_PER_WORKER)[::-1])
    gc.freeze()  # forked workers then share the parent's memory instead of copying it
    try:
        yield from run.results(progress)
    finally:
        run.stop()
        gc.unfreeze()


def balanced(sizes: Sequence[int], parts: int) -> list[range]:
    """The indices of `sizes` in at most `parts` runs of neighbours, of about equal total size."""
    wanted = max(1, sum(sizes) // max(parts, 1))
    runs, start, held = [], 0, 0
    for index, size in enumerate(sizes):
        held += size
        if held >= wanted:
            runs.append(range(start, index + 1))
            start, held = index + 1, 0
    return runs + ([range(start, len(sizes))] if start < len(sizes) else [])


def _guarded(function: Callable[[Item], Result], failed: Callable[[Item, str], Result], item: Item) -> Result:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - a crash on one file must not end the run
        return failed(item, _said(error))


def _said(error: Exception) -> str:
    name = type(error).__name__
    text = " ".join(str(error).split())
    return f"{name}: {text}"[:300] if text else name


@dataclass(frozen=True, slots=True)
class _Task(Generic[Item, Result]):
    """What every worker knows; chunks are then ranges of indices."""

    function: Callable[[Item], Result]
    failed: Callable[[Item, str], Result]
    items: Sequence[Item]

    def pickled(self, index: int) -> bytes:
        """The result for one item, or its failure where the result cannot be pickled."""
        item = self.items[index]
        result = _guarded(self.function, self.failed, item)
        try:
            return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError, MemoryError) as error:
            return pickle.dumps(self.failed(item, _said(error)), pickle.HIGHEST_PROTOCOL)


def _work(task: _Task[Any, Any], connection: Connection, others: Iterable[Connection]) -> None:
    """The life of a worker: take a range, send its results; ends when the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends the workers
    gc.set_threshold(_RARELY)
    for other in others:
        other.close()  # inherited by fork; held open, it would hide from others that the parent is gone
    try:
        while True:
            chunk: range = connection.recv()
            connection.send([task.pickled(index) for index in chunk])
    except (EOFError, OSError):
        return


@dataclass(slots=True)
class _Worker:
    """One process and the chunk it has now; one that is `alone` lives for a single item."""

    process: BaseProcess
    connection: Connection
    chunk: range
    alone: bool

    def give(self, chunk: range) -> None:
        self.chunk = chunk
        with suppress(OSError):  # it is dead already: receiving from it will tell
            self.connection.send(chunk)

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()

    def last_words(self) -> str:
        """How a dead worker ended."""
        self.process.join()
        code = self.process.exitcode or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"the worker process died on this file ({how})"


@dataclass(slots=True)
class _Run(Generic[Item, Result]):
    """The workers of one `map_files`, and what they have handed back so far."""

    task: _Task[Item, Result]
    limit: int
    chunks: list[range]
    """What is still to be done, the next one last."""
    lost: list[range] = field(default_factory=list)
    """Items of dead workers, one a range, each for a process of its own."""
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, Callable[[], Result]] = field(default_factory=dict)

    def results(self, progress: Callable[[int, int], None] | None) -> Iterator[Result]:
        """The results in order, each as soon as it and those before it are there."""
        from multiprocessing.connection import wait

        total, following = len(self.task.items), 0
        while following < total:
            self._start()
            ready = wait([worker.connection for worker in self.workers])
            for worker in [worker for worker in self.workers if worker.connection in ready]:
                self._receive(worker)
            if progress is not None:
                progress(following + len(self.done), total)
            while following in self.done:
                yield self.done.pop(following)()
                following += 1

    def stop(self) -> None:
        """End all workers, at once."""
        while self.workers:
            self.workers.pop().end()

    def _start(self) -> None:
        """Fill the free places with workers."""
        while len(self.workers) < self.limit and (self.lost or self.chunks):
            alone = bool(self.lost)
            with _quiet_start():  # an interrupt waits until the worker is known, and can be ended
                process, connection = self._process()
                worker = _Worker(process, connection, range(0), alone)
                self.workers.append(worker)
            worker.give((self.lost if alone else self.chunks).pop())

    def _process(self) -> tuple[BaseProcess, Connection]:
        from multiprocessing import get_all_start_methods, get_context

        can_fork = "fork" in get_all_start_methods() and threading.active_count() == 1
        context: Any = get_context("fork" if can_fork else "spawn")
        ours, theirs = context.Pipe()
        others = [ours, *(worker.connection for worker in self.workers)] if can_fork else []
        process = context.Process(target=_work, args=(self.task, theirs, others), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def _receive(self, worker: _Worker) -> None:
        """Take what a worker has sent, or its death, and give it something else to do."""
        try:
            payloads: list[bytes] = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        for index, payload in zip(worker.chunk, payloads, strict=True):
            self.done[index] = partial(pickle.loads, payload)
        if self.chunks and not worker.alone:
            worker.give(self.chunks.pop())
        else:
            self.workers.remove(worker)
            worker.end()

    def _bury(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        words = worker.last_words()
        worker.end()
        if worker.alone:
            [index] = worker.chunk
            self.done[index] = partial(self.task.failed, self.task.items[index], words)
        else:
            self.lost += [range(index, index + 1) for index in reversed(worker.chunk)]


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Start a process so that neither Ctrl-C nor Python's word on threads and fork shows on the terminal."""
    mask: set[Any] | None = None
    if hasattr(signal, "pthread_sigmask"):
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
