"""BC202: does `from None` throw away a failure that nobody has looked at?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.audience import is_checked
from broadcatch.lint.kept import looked_at, recorded
from broadcatch.lint.raised import mentions, names_with_error, raises_that_leave, steers
from broadcatch.lint.rule import Hit, Rule, on_raise
from broadcatch.lint.severity import SOFTER_ZONES
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Raise


class CauseDiscarded(Rule):
    """A broad handler raises another error `from None`, and with that hides the first one.

    ## What it finds
    `raise … from None` in a bare clause or a clause of a broad class. In the clause of a specific class
    it is a fair choice: the failure is known, and the new error says what it means to the caller.
    Under a broad one nobody knows what failed.

    It is a warning where the first error is lost for good; a note where its traceback was logged on the
    way, where the error or its text goes into the new one or into a call of the handler, where the
    handler asks for it (`traceback.format_exc()`, `sys.exc_info()`), where a condition has looked at the
    error first, where a step or two check what was given and whoever gave it is told so, and in clean-up,
    import guards and tests. An HTTP error of the 500 range is no excuse:
    it tells the client that something failed, and nobody what. Not reported: exceptions that steer
    rather than fail (`StopIteration`, `SystemExit`, `click.Abort`).

    ## Why it hurts
    A misspelt attribute, a full disk and the failure that was meant all print the same short traceback,
    which ends where the new error was made. `from None` removes the only trace of what happened.

    ## Example
    ```python
    def rate(symbol):
        try:
            return client.quote(symbol).rate
        except Exception:
            raise RateUnavailable(symbol) from None
    ```

    ## Instead
    ```python
    def rate(symbol):
        try:
            return client.quote(symbol).rate
        except ConnectionError as error:
            raise RateUnavailable(symbol) from error
    ```

    ## Fix safety
    None is offered by this rule. `from error` in its place keeps what is raised and changes what is
    printed, which may be shown to people who must not see it.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    - `error-sinks`: calls of your own that record an error with its traceback.
    """

    code = "BC202"
    name = "cause-discarded"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """Each raise of a broad handler that hides its cause."""
        if not judged.verdict.broad:
            return
        for found in raises_that_leave(judged.handler):
            if found.cause == "none" and not steers(found):
                message = f"{caught_words(judged)} and hides what it caught behind {_spelled(found)}"
                yield on_raise(found, message, _severity(found, judged))


def _severity(found: Raise, judged: Judged) -> Severity:
    if judged.verdict.zone in SOFTER_ZONES:
        return "note"
    names = names_with_error(judged.handler)
    kept = mentions(found, names) or looked_at(found, judged.handler, names)
    logged = recorded(found, judged.verdict.paths, ("traceback",))
    return "note" if kept or logged or is_checked(found, judged) else "warning"


def _spelled(found: Raise) -> str:
    return found.exc or (found.value.text if found.value else "another error")
