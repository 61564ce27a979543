"""BC301: does the error vanish without a trace?"""

from __future__ import annotations

from broadcatch.lint.by_outcome import OutcomeRule


class ErrorDropped(OutcomeRule):
    """A broad handler with a path on which the error vanishes without a trace.

    ## What it finds
    A broad handler whose worst path neither records the error, nor hands it to anybody, nor puts a
    value in its place: `pass`, `...`, `continue`, `break`, a bare `return`, or code that has nothing to
    do with the error. A comment does not change what happens. With `typed`, handlers of specific
    classes are reported too, as notes.

    ## Why it hurts
    Nobody will ever know. The work was not done, the caller believes that it was, and there is no line
    in any log to begin from.

    ## Example
    ```python
    def notify(clients, event):
        for client in clients:
            try:
                client.send(event)
            except Exception:
                continue
    ```

    ## Instead
    ```python
    def notify(clients, event):
        for client in clients:
            try:
                client.send(event)
            except ConnectionError:
                logger.warning("%s is gone", client, exc_info=True)
    ```

    ## Fix safety
    None is offered by this rule: what to do with the error is a decision.

    ## Options
    - `typed`: look at handlers of specific classes too.
    - `error-sinks`: calls of your own that record an error.
    - `severity`: the severity of each outcome.
    """

    code = "BC301"
    name = "error-dropped"
    carries = ("S110", "S112")
    outcome = "dropped"
