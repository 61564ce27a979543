"""BC402: does a worker go on with whatever a failed turn left behind?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.stakes import first_that_works
from broadcatch.judge.state import overtaken
from broadcatch.judge.verdict import Judged
from broadcatch.judge.writing import Write
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.wording import outcome_words
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Assign, Body
from broadcatch.model.outcome import LEAVES

_MENDS = re.compile(
    r"(^|[._])(reset|restore|rollback|reconnect|restart|reinit\w*|reload|recover|clear|close|disconnect|"
    r"abort|remove|discard|fail\w*|nack|requeue|reject|cancel|stop|break)",
    re.IGNORECASE,
)
_PILES = re.compile(r"\.(append|appendleft|extend|insert|pop|popleft|popitem|remove)\(…\)$")
_ENDS = ("return", "break", "raise")


class WorkerRunsOn(Rule):
    """A worker's loop catches everything and takes its next turn.

    ## What it finds
    A broad handler in a loop that runs for as long as the program does (`while True`, or a `while` of a
    function that consumes, polls, serves or the like), after which the loop goes on.

    It is a warning, an error where nothing is recorded either, where the failed turn leaves state behind that
    the next one adds to: a sum (`self.offset += …`), an item put into a list or taken from it, and after
    that something that can fail; and the handler and its `finally` neither set it again nor reset, remove,
    reconnect or stop. What the next turn writes once more, an item under its key too, it sets right; state
    that is the last thing to change is whole; and what only waits, records or has something done later is
    no step that can fail.

    Where each turn stands for itself it is a note: that is how one bad message is kept from ending a
    consumer, and what becomes of the error is for BC301 to BC303 to say.

    Not reported: loops that success ends (a retry), handlers that leave the loop on every path, or that
    leave it on one of them (they count, and give up).

    ## Why it hurts
    The failed turn stopped anywhere. What it had begun is half done, and every later turn builds on it;
    a process that had died would have been started again with a clean state.

    ## Example
    ```python
    class Sync:
        def run(self):
            while True:
                try:
                    self.offset += 1
                    self.apply(self.queue.read(self.offset))
                except Exception:
                    logger.exception("sync failed")
    ```

    ## Instead
    ```python
    class Sync:
        def run(self):
            while True:
                try:
                    self.apply(self.queue.read(self.offset + 1))
                    self.offset += 1
                except ConnectionError:
                    logger.warning("broker is gone", exc_info=True)
                    self.back_off()
    ```

    ## Fix safety
    None is offered by this rule. Catch what a later turn can mend, and let the rest end the worker.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    - `error-sinks`: calls of your own that record an error with its traceback.
    """

    code = "BC402"
    name = "worker-runs-on"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where a worker's loop goes on after it."""
        if not judged.verdict.broad or judged.verdict.zone != "worker" or not _runs_on(judged):
            return
        kept = "" if _mends(judged) else _carried(judged)
        what = f"`{kept}` is kept from the failed turn, and " if kept else ""
        message = f"the loop takes its next turn: {what}{outcome_words(judged.verdict)}"
        yield on_clause(judged.handler, message, _severity(judged, kept))


def _runs_on(judged: Judged) -> bool:
    """Whether every path that keeps the error goes on with the loop."""
    if first_that_works(judged.handler):
        return False
    return not any(
        path.outcome in LEAVES or (path.steps and path.steps[-1].text.startswith(_ENDS))
        for path in judged.verdict.paths
    )


def _severity(judged: Judged, kept: str) -> Severity:
    if not kept:
        return "note"
    unrecorded = "none" in {path.record for path in judged.verdict.paths}
    return "error" if unrecorded and judged.verdict.outcome in ("dropped", "fallback") else "warning"


def _carried(judged: Judged) -> str:
    """What a turn writes, and can still fail after, and the next one finds; "" for nothing."""
    again = {name for node in _assigned(judged) for name in node.targets}
    writes = (one.write for one in overtaken(judged.handler))
    return next((write.target for write in writes if _piles_up(write) and write.target not in again), "")


def _piles_up(write: Write) -> bool:
    """Whether the next turn adds to it; what it writes once more, it sets right."""
    return write.kind == "summed" or (write.kind == "added" and bool(_PILES.search(write.text)))


def _mends(judged: Judged) -> bool:
    return any(_MENDS.search(call.name) for call in calls_in(_after(judged)))


def _assigned(judged: Judged) -> Iterator[Assign]:
    return (node for node in nodes_in(_after(judged)) if isinstance(node, Assign))


def _after(judged: Judged) -> Body:
    return (*judged.handler.body, *judged.handler.final)
