"""BC204: is the caught error raised by name where `raise` alone would do?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.flow.walk import nodes_in
from broadcatch.judge.verdict import Judged
from broadcatch.lint.rule import Hit, Rule, on_raise
from broadcatch.lint.useless import is_useless
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.flow import Assign, Body, Branch, Loop, Node, Raise, Try, With


class ReRaiseByName(Rule):
    """The caught error is raised again by its name, where `raise` alone would do.

    ## What it finds
    `raise error` in an `except … as error`, at a place where a bare `raise` means the same error; also
    spelled `raise error.with_traceback(error.__traceback__)` or `raise error from error`. It is a note:
    nothing is lost.

    Not reported: where the name was bound to something else or its traceback was set; in the clause or
    the `finally` of a nested `try`, where a bare `raise` may mean another error; in a function or class
    that is defined in the handler; in `except*`, where the two differ; `raise error from other` and
    `from None`, which say something more; and where the whole clause does nothing else (BC205).

    ## Why it hurts
    Whoever reads it must look up that the name is still the caught error. The traceback gets one more
    entry, for the line of the `raise`, which looks like a place where something failed.

    ## Example
    ```python
    def save(session, order):
        try:
            session.add(order)
        except IntegrityError as error:
            session.rollback()
            raise error
    ```

    ## Instead
    ```python
    def save(session, order):
        try:
            session.add(order)
        except IntegrityError:
            session.rollback()
            raise
    ```

    ## Fix safety
    Safe: `fix` writes `raise` (kind `re-raise`). The same error is raised, with one entry less in its
    traceback; after `raise error from error` it keeps the cause that it had. The name behind `as` goes
    with its last use. Left alone where a comment stands in the raise.

    ## Options
    None of its own.
    """

    code = "BC204"
    name = "re-raise-by-name"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """Each raise of the caught error by its name."""
        handler = judged.handler
        if not handler.bound or handler.star or is_useless(handler, config) or _is_changed(handler):
            return
        for found in _raises(handler.body):
            if _is_by_name(found, handler.bound):
                text = found.value.text if found.value else handler.bound
                message = f"raises the caught error as `{text}`; `raise` alone does the same"
                yield on_raise(found, message, "note")


def _is_by_name(found: Raise, bound: str) -> bool:
    if found.cause == "absent" or (found.cause == "name" and found.cause_name == bound):
        tracebacks = (f"{bound}.__traceback__", "sys.exc_info()[2]")
        again = {f"{bound}.with_traceback({traceback})" for traceback in tracebacks}
        return found.value is not None and found.value.text in {bound, *again}
    return False


def _raises(body: Body) -> Iterator[Raise]:
    """The raises at places where the error that is being handled is the handler's own."""
    for node in body:
        if isinstance(node, Raise):
            yield node
        elif isinstance(node, Branch):
            for arm in node.arms:
                yield from _raises(arm)
        elif isinstance(node, (Loop, Try)):
            yield from _raises(node.body)
            yield from _raises(node.orelse)
        elif isinstance(node, With):
            yield from _raises(node.body)


def _is_changed(handler: Handler) -> bool:
    changed = {handler.bound, f"{handler.bound}.__traceback__"}
    return any(not changed.isdisjoint(_bound(node)) for node in nodes_in(handler.body))


def _bound(node: Node) -> tuple[str, ...]:
    """The names that a statement binds."""
    if isinstance(node, (Assign, Loop, With)):
        return node.targets
    return tuple(clause.bound for clause in node.clauses) if isinstance(node, Try) else ()
