"""What does a raise in a handler show of the error that was caught, and is it a failure at all?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import blocks, nodes_in
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Branch, Clause, Raise, Try

_STEERS = re.compile(
    r"(builtins\.(StopIteration|StopAsyncIteration|GeneratorExit|KeyboardInterrupt|SystemExit)"
    r"|(click|typer)(\.exceptions)?\.(Exit|Abort)|asyncio(\.exceptions)?\.CancelledError"
    r"|unittest(\.case)?\.SkipTest|celery\.exceptions\.(Retry|Ignore|Reject))$"
)


def steers(found: Raise) -> bool:
    """Whether the exception ends, skips or repeats something, rather than tell of a failure."""
    return bool(_STEERS.match(found.qualified)) or found.exc.rpartition(".")[2] == "retry"


def of_other_work(found: Raise, handler: Handler) -> bool:
    """Whether a raise tells of what the handler did after it: it asks first what its own call has given.

    `found = search(path)`, `if not found: raise NotFound(path)`: the caught error is not why.
    """
    made: set[str] = set()
    for node in handler.body:
        if isinstance(node, Assign) and node.calls and handler.bound not in node.value.names:
            made.update(name for name in node.targets if name.isidentifier())
        if isinstance(node, Branch) and node.kind == "if" and made.intersection(node.test.names):
            if any(inner is found for arm in node.arms for inner in arm):
                return True
    return False


def names_with_error(handler: Handler) -> frozenset[str]:
    """The bound name, and the names that were assigned from it in the handler, in order of the text."""
    names = {handler.bound} if handler.bound else set()
    for node in nodes_in(handler.body):
        if isinstance(node, Assign) and names.intersection(node.value.names):
            names.update(node.targets)
    return frozenset(names)


def mentions(found: Raise, names: frozenset[str]) -> bool:
    """Whether one of `names` goes into what is raised."""
    return found.value is not None and not names.isdisjoint(found.value.names)


def keeps_cause(found: Raise, names: frozenset[str]) -> bool:
    """Whether the raise is `from` one of `names`, or from an expression that is not known."""
    if found.cause not in ("name", "other"):
        return False
    return not found.cause_name or found.cause_name.partition(".")[0] in names


def raises_that_leave(handler: Handler) -> Iterator[Raise]:
    """The raises of a handler, in order, without those that a nested `try` around them catches again.

    A raise in the clause of a nested `try` belongs to that clause, and is left out too.
    """
    return _leaving(handler.body, ())


def _leaving(body: Body, here: tuple[Clause, ...]) -> Iterator[Raise]:
    for node in body:
        if isinstance(node, Raise) and not any(_catches(clause, node) for clause in here):
            yield node
        for part in blocks(node, nested_handlers=False):
            inner = node.clauses if isinstance(node, Try) and part is node.body else ()
            yield from _leaving(part, (*here, *inner))


def _catches(clause: Clause, found: Raise) -> bool:
    names = {one.qualified or one.name for one in clause.caught}
    wanted = {found.qualified or found.exc, "builtins.Exception", "builtins.BaseException"}
    return not names or not names.isdisjoint(wanted)
