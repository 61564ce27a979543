"""BC305: is an error logged that goes on to somebody who will log it too?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.flow.walk import calls_in
from broadcatch.flow.ways import Knows
from broadcatch.judge.meaning import ConfiguredMeaning, is_logging
from broadcatch.judge.verdict import Judged
from broadcatch.judge.words import TRACEBACK_CALLS
from broadcatch.lint.raised import names_with_error
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.model.facts import FileFacts
from broadcatch.model.flow import Call
from broadcatch.model.outcome import Path

_QUIET = re.compile(r"(^|\.)(a?debug|trace|verbose|v{1,6})$")
_OUTERMOST = frozenset({"boundary", "script", "test"})


class LoggedAndReraised(Rule):
    """A broad handler logs the error and raises it again: it will be logged twice.

    ## What it finds
    A broad handler with a path on which the error (its traceback or its text) is logged or printed, and
    the same error is raised again. With `typed`, handlers of specific classes are reported too. It is a
    note: nothing is lost.

    Not reported, because the record may be the only one or says something that no other will:

    - At a boundary (a route, a task, a command, under the main guard) and in tests: nobody further out
      is known to log.
    - A record without the error, such as `logger.error("cannot load %s", path)`, tells what was being
      done; one at debug level is for another reader.
    - A record that also stands on a path where the error ends here or another one is raised from it:
      there it is needed.
    - What the clause of a nested `try` logs is another error.
    - Error trackers and spans know an error that they have seen.

    ## Why it hurts
    One failure fills the log with two, three, four tracebacks, one a level. Whoever counts or reads
    them sees several failures, and the alarm rings for each.

    ## Example
    ```python
    def fetch(url):
        try:
            return client.get(url)
        except Exception:
            logger.exception("cannot fetch %s", url)
            raise
    ```

    ## Instead
    ```python
    def fetch(url):
        try:
            return client.get(url)
        except Exception as error:
            raise FetchFailed(url) from error
    ```

    ## Fix safety
    None is offered by this rule: whether somebody further out logs is not to be seen from here.

    ## Options
    - `typed`: look at handlers of specific classes too.
    """

    code = "BC305"
    name = "logged-and-reraised"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where a path both logs the error and raises it again."""
        verdict = judged.verdict
        if not (verdict.broad or config.typed) or verdict.zone in _OUTERMOST:
            return
        again = [path for path in verdict.paths if path.outcome == "reraised" and path.record != "none"]
        if not again:
            return
        needed = {step for path in verdict.paths if path.outcome != "reraised" for step in path.steps}
        shown = {_key(call) for call in _records(judged, config)} - {(s.line, s.text) for s in needed}
        for path in again:
            if any((step.line, step.text) in shown for step in path.steps):
                message = "logs the error and raises it again: whoever handles it will log it once more"
                yield replace(on_clause(judged.handler, message, "note"), steps=_told(path))
                return


def _records(judged: Judged, config: Config) -> Iterator[Call]:
    """The calls of a handler that log the error itself."""
    names = names_with_error(judged.handler)
    meaning, knows = ConfiguredMeaning(config), Knows(names)
    for call in calls_in(judged.handler.body, nested_handlers=False):
        name = call.qualified or call.name
        if _QUIET.search(name) or not (
            is_logging(call) or name in TRACEBACK_CALLS or name == "builtins.print"
        ):
            continue
        mentioned = any(not names.isdisjoint(arg.value.names) for arg in call.args)
        if mentioned or meaning.act(call, knows) == "traceback":
            yield call


def _key(call: Call) -> tuple[int, str]:
    """A call as the steps of a path tell it."""
    return call.line, f"{call.name}(…)"


def _told(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step.line, step.text) for step in path.steps)
