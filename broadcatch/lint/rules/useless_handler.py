"""BC205: would the program do the same without this clause?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.useless import is_explained, is_useless
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts


class UselessHandler(Rule):
    """A clause that only raises the error again.

    ## What it finds
    An `except` clause whose first statement is `raise`, or `raise error` with the bound name. It is a
    note: nothing is hidden, there is only less to it than it seems.

    Not reported, because it does something or says something:

    - Where a later clause of the same `try` would take the error instead and do something else with it:
      a bare or a broad one, the same class, an ancestor; and where that cannot be told, because one of
      the two classes is none of Python's own.
    - Exits (`KeyboardInterrupt`, `SystemExit`, `GeneratorExit`, a `CancelledError`) in front of another
      clause: that they pass is worth saying.
    - A clause with a comment that says why it is there.
    - `except*`.

    ## Why it hurts
    It looks as if the error were handled. Readers search for what they have missed, and it often stands
    where something was meant to be done and is not.

    ## Example
    ```python
    def load(path):
        try:
            return path.read_text()
        except FileNotFoundError:
            raise
    ```

    ## Instead
    ```python
    def load(path):
        return path.read_text()
    ```

    ## Fix safety
    Safe: `fix` removes the clause (kind `useless`). Where it is the last one, the `try` goes too, unless it
    has a `finally`, and an `else` becomes the end of the body. Left alone where a comment would be lost,
    where what is caught is computed, and where an import would be left without use.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    """

    code = "BC205"
    name = "useless-handler"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it does nothing but raise again."""
        handler = judged.handler
        if is_useless(handler, config) and not is_explained(handler):
            yield on_clause(handler, f"{caught_words(judged)} only to raise it again", "note")
