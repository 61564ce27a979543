"""BC102: does a clause of a broad class keep the error?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.excuses import leaves_excuse, narrow_excuse
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.severity import grade
from broadcatch.lint.wording import caught_words, kept_words
from broadcatch.model.facts import FileFacts


class BroadExcept(Rule):
    """An `except Exception` or `except BaseException` whose error does not leave on every path.

    ## What it finds
    A clause that names `Exception` or `BaseException`, alone, in a tuple however nested, through an
    alias or a constant of the file, or in an `except*`, with at least one path on which the error is
    neither raised again, nor raised as another error, nor ends the program. One branch that raises is
    not enough; an earlier `except` of the same `try` is no excuse, and neither is a log record. A class
    of the file's own that is called `Exception` is not broad.

    The severity follows what becomes of the error and where: see the table at the top of this page.

    ## Why it hurts
    The handler was written for the failures that somebody had seen. All others, a misspelt attribute
    among them, now take the same way, and the program goes on with a state that nobody has thought of.

    ## Example
    ```python
    def place(order):
        try:
            broker.place(order)
        except Exception as error:
            logger.exception("order %s failed", order.id)
    ```

    ## Instead
    ```python
    def place(order):
        try:
            broker.place(order)
        except RateLimited as error:
            raise TryAgainLater(order.id) from error
    ```

    ## Fix safety
    None is offered by this rule. Naming what can really be raised changes which errors get through, so
    such a rewrite is always shown before it is made.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    - `severity`: the severity of each outcome.
    - `error-sinks`, `exit-calls`: calls of your own that record an error, or never return.
    """

    code = "BC102"
    name = "broad-except"
    twin = "BLE001"
    carries = ("S110", "S112")

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it names a broad class and keeps the error on some path."""
        if not self.excuse(judged, facts, config):
            found = grade(judged, config)
            message = f"{caught_words(judged)}; {kept_words(judged)}{found.suffix}"
            yield on_clause(judged.handler, message, found.severity)

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the clause is left alone."""
        if judged.handler.bare:
            return "a clause without a class is BC101's"
        return narrow_excuse(judged) or leaves_excuse(judged)
