"""How far is a long run? A bar on stderr, where a person is waiting for more than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

PATIENCE = 1.0


class Bar:
    """Call it with (done, total); use it as a context manager so that it goes away at the end.

    rich is imported only when the bar is really shown.
    """

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._start = time.monotonic()
        self._shown: RichProgress | None = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int, /) -> None:
        """Note that `done` of `total` files are done."""
        if not self._wanted or time.monotonic() - self._start < PATIENCE:
            return
        if self._shown is None:
            self._shown = _shown(done, total)
        self._shown.update(self._shown.task_ids[0], completed=done, total=total)

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown.stop()


def _shown(done: int, total: int) -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("reading", completed=done, total=total)
    bar.start()
    return bar
