"""BC101: does a clause without a class keep the error?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.excuses import leaves_excuse
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.severity import grade
from broadcatch.lint.wording import caught_words, kept_words
from broadcatch.model.facts import FileFacts


class BareExcept(Rule):
    """An `except:` without a class, whose error does not leave on every path.

    ## What it finds
    A bare `except:` with at least one path on which the error is neither raised again, nor raised as
    another error, nor ends the program. An earlier `except` of the same `try` does not excuse it. The
    message says what becomes of the error on the worst path.

    ## Why it hurts
    It catches everything: a misspelt name, a full disk, Ctrl-C and `sys.exit()` all end in the same
    handler, which was written with one of them in mind. Turning it into `except Exception` is no
    repair where the body cleans up and raises again: then Ctrl-C skips the clean-up.

    ## Example
    ```python
    def balance(account):
        try:
            return account.fetch().balance
        except:
            return 0
    ```

    ## Instead
    ```python
    def balance(account):
        try:
            return account.fetch().balance
        except ConnectionError as error:
            raise BalanceUnknown(account) from error
    ```

    ## Fix safety
    Safe as `except BaseException:`, which means the same, where the error leaves on every path (kind
    `bare`). Unsafe as what `suggest` proposes or as `except Exception:`, which let more through; left alone
    where the body cleans up and raises again on some path, as it must see Ctrl-C too.

    ## Options
    - `severity`: the severity of each outcome.
    - `error-sinks`, `exit-calls`: calls of your own that record an error, or never return.
    """

    code = "BC101"
    name = "bare-except"
    twin = "E722"
    carries = ("S110", "S112")

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it is bare and keeps the error on some path."""
        if not self.excuse(judged, facts, config):
            found = grade(judged, config)
            message = f"{caught_words(judged)}; {kept_words(judged)}{found.suffix}"
            yield on_clause(judged.handler, message, found.severity)

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the clause is left alone."""
        return leaves_excuse(judged) if judged.handler.bare else "the clause names a class"
