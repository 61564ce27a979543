"""BC103: does a clause keep an exception that asks the code to stop?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.excuses import leaves_excuse
from broadcatch.lint.exits import (
    CANCELLED,
    exits_caught,
    goes_round,
    is_idiom,
    is_obeyed,
    only_awaits_cancelled,
    swallows_all,
    takes_time,
)
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.severity import at_most, severity_of
from broadcatch.lint.wording import joined, outcome_words
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Severity


class ExitSwallowed(Rule):
    """An exception that asks the code to stop is caught and does not leave.

    ## What it finds
    `KeyboardInterrupt`, `SystemExit`, `GeneratorExit`, or, in a coroutine, the `CancelledError` of
    asyncio, anyio or trio, caught by name, by `BaseException` or by a bare `except:`, with a path on
    which it does not leave.

    Not reported, because it is right:

    - Ctrl-C handled where a program ends: under the main guard, in `main`, in a command, in a module's
      own code; and any handler that exits.
    - `except SystemExit` around a call that exits (`parser.parse_args()`, `main()`, `sys.exit()`), or
      whose status is used (`return error.code`).
    - `except GeneratorExit` that lets the generator end.
    - `except CancelledError` around awaiting something that the same function has cancelled, or around
      code that does not wait at all (`task.result()`).
    - A bare clause or `BaseException` behind a clause that takes these exits, in a coroutine behind one
      that takes the cancellation; where only some are taken, the message names the others.
    - `concurrent.futures.CancelledError`: it tells that another's work was cancelled, not one's own.

    A handler that names Ctrl-C and ends the loop or the function it stands in is a note. So is one that
    names the exit and does what it asks for in another way: it sets what the `while` around it asks
    (`self.stopped.set()`), hands Ctrl-C on (`server.shutdown()`), or ends, with nothing after it, a
    coroutine that the same file starts as a task, or whose name says that it is run as one (`run`,
    `poll_loop`). So is a clause for everything around awaiting only what the same function, or a method
    that it has called, has cancelled. A cancellation that is dropped while a loop goes on is an error, as
    such a task cannot be cancelled at all.

    ## Why it hurts
    Ctrl-C, `sys.exit()`, a deadline and an orderly shutdown stop working, often only under load, and
    the process must be killed.

    ## Example
    ```python
    import asyncio


    async def poll(queue):
        while True:
            try:
                await handle(await queue.get())
            except asyncio.CancelledError:
                logger.info("cancelled")
    ```

    ## Instead
    ```python
    import asyncio


    async def poll(queue):
        while True:
            try:
                await handle(await queue.get())
            except asyncio.CancelledError:
                logger.info("cancelled")
                raise
    ```

    ## Fix safety
    Unsafe: where a clause of a coroutine catches a cancellation among other errors, `fix` puts
    `except asyncio.CancelledError: raise` before it (kind `cancellation`); a cancelled task then ends there.
    Only shown where the clause does more than record the error, because that would be skipped. Whether a
    clause for exits alone raises again is a decision, and left to a person.

    ## Options
    - `exit-calls`: calls of your own that never return.
    - `severity`: the severity of each outcome.
    """

    code = "BC103"
    name = "exit-swallowed"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where an exit ends in it."""
        if not self.excuse(judged, facts, config):
            names = _swallowed(judged, config)
            message = f"catches {joined(names)}; {outcome_words(judged.verdict)}"
            every = swallows_all(judged.handler)
            severity = _severity(names, every, judged, config)
            obeyed = not every and is_obeyed(names, judged, facts)
            obeyed = obeyed or not takes_time(judged.handler) or only_awaits_cancelled(judged.handler)
            yield on_clause(judged.handler, message, "note" if obeyed else severity)

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the clause is left alone."""
        caught = exits_caught(judged.handler)
        if not caught:
            return "no exit gets into the clause"
        if swallows_all(judged.handler) and judged.verdict.zone == "import-guard":
            return "nobody stops a program inside an import guard"
        right = "" if _swallowed(judged, config) else f"this is how {joined(caught)} is meant to be handled"
        return leaves_excuse(judged) or right


def _swallowed(judged: Judged, config: Config) -> tuple[str, ...]:
    """The exits that end in the clause and should not."""
    names = exits_caught(judged.handler)
    if swallows_all(judged.handler):
        return names
    return tuple(name for name in names if not is_idiom(name, judged, config))


def _severity(names: tuple[str, ...], all_of_them: bool, judged: Judged, config: Config) -> Severity:
    severity = severity_of(judged, config, shown=True)
    if all_of_them:
        return severity
    if goes_round(judged):
        return severity if CANCELLED in names else at_most(severity, "warning")
    return at_most(severity, "note" if "KeyboardInterrupt" in names else "warning")
