"""BC401: does a swallowed failure leave state half written?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.state import HalfDone, half_done
from broadcatch.judge.verdict import Judged
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.wording import outcome_words
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Severity

_SET_UP = re.compile(r"__(init|new|post_init)__$|_*(start|load|prepare|connect|open|build|make)(_|$)")
_ZONES = frozenset({"core", "boundary", "worker", "item"})


class PartialState(Rule):
    """State is written in the try body, a later call fails, and the failure is swallowed.

    ## What it finds
    A broad handler whose error does not leave on every path, around a try body that writes state and
    then makes a call that can fail: an attribute or item of `self` or of a parameter, a global name, a
    container that belongs to one of them, or a record in a store before a further write, payment or
    message. It names the write and the call after it, and its steps show both and what becomes of the
    error.

    It is an error where the error is dropped or a value takes its place, and where what is written is
    money, a position, an order or a status; else a warning.

    Not reported: names that only the function sees; setting to `None`, `False` or nothing before an
    attempt; what the handler or a `finally` sets again; handlers that roll back, restore, reset, close
    or reconnect; a call on the thing that was just made (`self.client = Client()`,
    `self.client.connect()`); caches, counters, timestamps and the like; records written inside a
    transaction; constructors, set-up and clean-up, where the object is not in use.

    ## Why it hurts
    The object now tells two stories. The position is booked and the order was never placed; the next
    call believes the first half, and nothing says that the second is missing.

    ## Example
    ```python
    class Account:
        def buy(self, order):
            try:
                self.position += order.quantity
                self.broker.place(order)
            except Exception:
                logger.exception("order %s failed", order.id)
    ```

    ## Instead
    ```python
    class Account:
        def buy(self, order):
            self.broker.place(order)
            self.position += order.quantity
    ```

    ## Fix safety
    None is offered by this rule. Write the state after the last call that can fail, or restore it in
    the handler.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    """

    code = "BC401"
    name = "partial-state"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where a write is followed by a call that can fail."""
        verdict = judged.verdict
        told = verdict.worst.handed and verdict.outcome in ("handed-on", "logged-traceback")
        if not verdict.broad or verdict.leaves or told or verdict.zone not in _ZONES or _made_here(judged):
            return
        found = half_done(judged.handler)
        if found is not None:
            hit = on_clause(judged.handler, _message(found, judged), _severity(found, judged))
            yield replace(hit, steps=_steps(found, judged))


def _made_here(judged: Judged) -> bool:
    function = judged.handler.place.function
    return function is not None and bool(_SET_UP.match(function.name))


def _message(found: HalfDone, judged: Judged) -> str:
    write, call = found.write, found.call
    return (
        f"`{write.target}` is written in line {write.line}, `{call.name}` in line {call.line} can fail "
        f"after it, and {outcome_words(judged.verdict)}"
    )


def _severity(found: HalfDone, judged: Judged) -> Severity:
    hidden = judged.verdict.outcome in ("dropped", "fallback")
    return "error" if hidden or found.write.grave else "warning"


def _steps(found: HalfDone, judged: Judged) -> tuple[tuple[int, str], ...]:
    ways = tuple((step.line, step.text) for step in judged.verdict.worst.steps)
    return ((found.write.line, found.write.text), (found.call.line, f"{found.call.name}(…) may fail"), *ways)
