"""Does the program break, or say what is not so, because this handler has gone on? Each with its words.

Such a handler hides less than it seems: what was caught comes back as another error, or as another story.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, never_goes_on, nodes_in
from broadcatch.judge.failing import handler_fails
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Return
from broadcatch.model.outcome import LEAVES

_SAYS = ("true", "text", "literal")


def breaks(judged: Judged) -> str:
    """How the program fails anew where it goes on; "" in tests, and where the error leaves."""
    handler = judged.handler
    if judged.verdict.outcome in LEAVES or judged.verdict.zone == "test":
        return ""
    failing = handler_fails(handler)
    return _unbound_after(handler) or (failing.detail if failing is not None else "")


def _unbound_after(handler: Handler) -> str:
    """A name that only the `try` binds is read after it, though the handler goes on without it.

    Not where a flag may say that it has none, nor in a loop, which may have given it a value before.
    """
    flagged = any(isinstance(node, Assign) for node in nodes_in(handler.body)) or any(
        isinstance(node, Assign) and node.value.kind == "true" for node in nodes_in(handler.attempt)
    )
    if handler.place.loop or not handler.place.function or flagged or never_goes_on(handler.body):
        return ""
    bound = (node.targets for node in (*handler.attempt, *handler.orelse) if isinstance(node, Assign))
    names = {name for targets in bound for name in targets} & set(handler.after) - set(handler.before)
    return f"`{min(names)}` has no value after it" if names else ""


def same_story(judged: Judged) -> str:
    """What a clause for a foreseen answer says is said of all failures too: `result["not_found"] = True`.

    Foreseen is what is not even recorded.
    """
    handler = judged.handler
    for clause in handler.earlier:
        foreseen = clause.caught and not any(calls_in(clause.body))
        if foreseen and set(_told(clause.body)) & set(_told(handler.body)):
            return f"it is told as `{clause.caught[0].name}` is"
    return ""


def _told(body: Body) -> Iterator[tuple[str, ...]]:
    """What a clause says of the failure: a constant that it sets or returns, but not nothing, nor False."""
    for node in nodes_in(body):
        if isinstance(node, (Assign, Return)) and node.value is not None:
            if node.value.kind in _SAYS and set(node.value.names) <= {"True"}:
                yield (*getattr(node, "targets", ()), node.value.text)
