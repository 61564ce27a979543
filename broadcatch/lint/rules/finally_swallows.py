"""BC304: does a `finally` throw away what was on its way?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.words import CATCH_EXIT
from broadcatch.lint.rule import Hit, Rule, on_site
from broadcatch.model.facts import FileFacts, Site


class FinallySwallows(Rule):
    """A `return`, `break` or `continue` that leaves a `finally` block.

    ## What it finds
    A `return` in a `finally`, and a `break` or `continue` in one that belongs to a loop around it. Those of
    a loop or a function inside the `finally` do no harm. Clauses of the same `try` make no difference but for
    the words: what they do not take, and what they raise themselves, is thrown away all the same.

    ## Why it hurts
    Whatever was on its way, an error, Ctrl-C, the exit of the program, the cancellation of a task, is gone
    without a trace, and so is the value of a `return` in the `try`. Python itself warns of it since 3.14
    (PEP 765).

    ## Example
    ```python
    def total(rows):
        result = 0
        try:
            for row in rows:
                result += row.amount
        finally:
            return result
    ```

    ## Instead
    ```python
    def total(rows):
        result = 0
        try:
            for row in rows:
                result += row.amount
        finally:
            rows.close()
        return result
    ```

    ## Fix safety
    None is offered by this rule: errors that were swallowed until now would come through.

    ## Options
    None.
    """

    code = "BC304"
    name = "finally-swallows"

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """Each statement that leaves a `finally`."""
        for site in facts.sites:
            if site.kind == "finally":
                message = f"`{site.name}` in `finally` throws away {_lost(site)}"
                yield on_site(site, message, "error", "dropped")


def _lost(site: Site) -> str:
    taken = {one.qualified for one in site.classes}
    if not CATCH_EXIT.isdisjoint(taken - {"builtins.SystemExit"}):
        return "what the clauses raise, and what they return"
    if "builtins.Exception" in taken:
        return "what the clauses raise, and Ctrl-C and the exit of the program"
    return "whatever was on its way, Ctrl-C included"
