"""BC302: does a value take the error's place?"""

from __future__ import annotations

from broadcatch.lint.by_outcome import OutcomeRule


class FallbackValue(OutcomeRule):
    """A broad handler with a path on which a value takes the error's place, unrecorded.

    ## What it finds
    A broad handler whose worst path returns or assigns a value that does not depend on the error, and
    leaves no record: `return None`, `return 0.0`, `result = []`, `self.ready = False`. Where the error
    is logged as well, the outcome is that of the record, and this rule is silent. With `typed`,
    handlers of specific classes are reported too, as notes: `except KeyError: return default` is what
    such a clause is for.

    ## Why it hurts
    The value looks like an answer. A price of 0.0, an empty list of positions, a `None` that is checked
    three modules later: the failure turns into wrong results far from its cause.

    ## Example
    ```python
    def realised(trades):
        try:
            return sum(trade.pnl() for trade in trades)
        except Exception:
            return 0.0
    ```

    ## Instead
    ```python
    def realised(trades):
        try:
            return sum(trade.pnl() for trade in trades)
        except MissingPrice as error:
            raise CannotValue(error.symbol) from error
    ```

    ## Fix safety
    None is offered by this rule: whether the caller can live without an answer is a decision.

    ## Options
    - `typed`: look at handlers of specific classes too.
    - `error-sinks`: calls of your own that record an error.
    - `severity`: the severity of each outcome.
    """

    code = "BC302"
    name = "fallback-value"
    outcome = "fallback"
