"""BC303: does the log keep the message and lose the traceback?"""

from __future__ import annotations

from broadcatch.lint.by_outcome import OutcomeRule


class LoggedWithoutTraceback(OutcomeRule):
    """A broad handler that records the error, but not where it came from.

    ## What it finds
    A broad handler whose worst path shows or logs a text (`logger.error("…: %s", error)`, `print`,
    `warnings.warn`) without the traceback, and goes on. Calls that keep it (`logger.exception`,
    `exc_info=True`, `traceback.print_exc()`, an error tracker, a text made by `traceback.format_exc()`)
    are another outcome. With `typed`, handlers of specific classes are reported too, as notes.

    ## Why it hurts
    "error: 'NoneType' object has no attribute 'id'" does not say which line, nor whose. A broad handler
    catches errors that nobody foresaw, and those are the ones that need the traceback.

    ## Example
    ```python
    def sync(account):
        try:
            account.refresh()
        except Exception as error:
            logger.error("sync failed: %s", error)
    ```

    ## Instead
    ```python
    def sync(account):
        try:
            account.refresh()
        except ConnectionError as error:
            logger.warning("the account is not in sync: %s", error)
    ```

    ## Fix safety
    Safe: `fix` writes `logger.exception` for `logger.error`, and `exc_info=True` for any other level (kind
    `traceback`); the level stays. A text of the error at the end of the message goes, as the traceback ends
    with it. Unsafe where the file does not tell what the logger is; `print` and the like are left alone.

    ## Options
    - `typed`: look at handlers of specific classes too.
    - `error-sinks`: calls of your own that record an error with its traceback.
    - `severity`: the severity of each outcome.
    """

    code = "BC303"
    name = "logged-without-traceback"
    outcome = "logged-text"
