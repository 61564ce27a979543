"""What stands in a flow tree, wherever it stands?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.flow import (
    Body,
    Branch,
    Call,
    Clause,
    Evaluate,
    Jump,
    Loop,
    Node,
    Raise,
    Return,
    Try,
    With,
)

_WITH_BLOCKS = frozenset({Branch, Loop, With, Try})


def raises_in(body: Body, nested_handlers: bool = True) -> Iterator[Raise]:
    """Every `raise` of `body`, in order; those in the handlers of a nested try only if asked for."""
    for node in body:
        if isinstance(node, Raise):
            yield node
        for part in blocks(node, nested_handlers):
            yield from raises_in(part, nested_handlers)


def blocks(node: Node | Clause, nested_handlers: bool = True) -> Iterator[Body]:
    """The blocks directly inside a node that run as part of it."""
    if isinstance(node, Branch):
        yield from node.arms
    elif isinstance(node, Loop):
        yield from (node.body, node.orelse)
    elif isinstance(node, With):
        yield node.body
    elif isinstance(node, Try):
        yield node.body
        if nested_handlers:
            yield from (clause.body for clause in node.clauses)
        yield from (node.orelse, node.final)


def raises_unchained(body: Body) -> bool:
    """Whether some raise of `body` names an exception and no cause."""
    return any(found.form != "bare" and found.cause == "absent" for found in raises_in(body))


def raises_at_once(body: Body, bound: str) -> bool:
    """Whether the first statement of a handler raises the error again: `raise`, or `raise error`."""
    first = body[0] if body else None
    if not isinstance(first, Raise):
        return False
    return first.form == "bare" or (first.form == "name" and first.exc == bound and first.cause == "absent")


def never_goes_on(body: Body) -> bool:
    """Whether a body never runs off its end, but returns, raises, or ends the loop it stands in."""
    last = body[-1] if body else None
    if isinstance(last, Branch):
        return last.complete and all(map(never_goes_on, last.arms))
    if isinstance(last, With):
        return never_goes_on(last.body)
    return isinstance(last, (Return, Raise)) or (isinstance(last, Jump) and last.kind == "break")


def gives_answer(body: Body) -> bool:
    """Whether a body may return a value."""
    return any(isinstance(node, Return) and node.value is not None for node in nodes_in(body))


def may_end_loop(body: Body) -> bool:
    """Whether a body may return, or break out of the loop it stands in (not of one inside it)."""
    for node in body:
        if isinstance(node, Return) or (isinstance(node, Jump) and node.kind == "break"):
            return True
        if isinstance(node, Loop):
            if any(isinstance(inner, Return) for inner in nodes_in(node.body)):
                return True
        elif any(map(may_end_loop, blocks(node))):
            return True
    return False


def nodes_in(body: Body, nested_handlers: bool = True) -> Iterator[Node]:
    """Every node of `body`, outer before inner, in order; as `raises_in` for the handlers of a nested try."""
    for node in body:
        yield node
        if type(node) in _WITH_BLOCKS:
            for part in blocks(node, nested_handlers):
                yield from nodes_in(part, nested_handlers)


def calls_in(body: Body, nested_handlers: bool = True) -> Iterator[Call]:
    """Every call that `body` makes, in order of the text; as `nodes_in`."""
    for node in nodes_in(body, nested_handlers):
        yield from getattr(node, "calls", ())


def cancels_in(body: Body) -> tuple[tuple[int, str], ...]:
    """The (line, receiver) pairs of `.cancel()` calls on plain names and attributes."""
    found = {(call.line, call.name) for call in calls_in(body) if call.name.endswith(".cancel")}
    plain = (pair for pair in found if "(" not in pair[1] and "[" not in pair[1])
    return tuple(sorted((line, name.removesuffix(".cancel")) for line, name in plain))


def imported_last(body: Body) -> Iterator[str]:
    """The qualified names of the imported functions whose call is the last statement of a way through."""
    last = body[-1] if body else None
    if isinstance(last, (Branch, With, Try)):
        for part in blocks(last):
            yield from imported_last(part)
    elif isinstance(last, (Evaluate, Return)) and last.calls:
        call = last.calls[-1]
        whole = (
            call.direct
            if isinstance(last, Evaluate)
            else last.value is not None and last.value.kind == "call"
        )
        if whole and call.head == "import" and "(" not in call.qualified:
            yield call.qualified
