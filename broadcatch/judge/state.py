"""Which state does a try body write before something else in it can fail? One fold over its flow.

State is what others see: attributes and items of `self` and of parameters, names of outer scopes, containers
that belong to them, and records in a store. A local name is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.words import BROAD
from broadcatch.judge.writing import Write, may_fail, opens_transaction, root_of, undoes, waits, writes_of
from broadcatch.model.facts import Handler
from broadcatch.model.flow import (
    Assign,
    Body,
    Branch,
    Call,
    Clause,
    Jump,
    Loop,
    Node,
    Raise,
    Return,
    Try,
    With,
)

Pending = tuple[Write, ...]


@dataclass(frozen=True, slots=True)
class HalfDone:
    """A write, and the call after it that can fail."""

    write: Write
    call: Call


@dataclass(frozen=True, slots=True)
class _Scan:
    parameters: frozenset[str]
    needs: Callable[[Write, Call], bool] = Write.needs
    found: list[HalfDone] = field(default_factory=list)


def half_done(handler: Handler) -> HalfDone | None:
    """The first state that a failure leaves half written, None where none is or the handler mends it."""
    after = (*handler.body, *handler.final)
    if handler.place.function is None or any(map(undoes, calls_in(after))):
        return None
    scan = _Scan(shared_parameters(handler))
    _body(handler.attempt, (), scan)
    mended, again = _set_in(after), handler.place.loop in ("while", "endless")
    return next((one for one in scan.found if _counts(one.write, mended, again)), None)


def overtaken(handler: Handler) -> Iterator[HalfDone]:
    """The state that the try body writes, resets left out, behind which any call of it can still fail."""
    scan = _Scan(shared_parameters(handler), lambda _, call: may_fail(call) and not waits(call))
    _body(handler.attempt, (), scan)
    yield from scan.found


def shared_parameters(handler: Handler) -> frozenset[str]:
    """The parameters of the function that still name what the caller gave, as far as the try shows."""
    function = handler.place.function
    bound = _set_in((*handler.attempt, *handler.body))
    return frozenset(function.parameters if function else ()) - bound


def _counts(write: Write, mended: frozenset[str], again: bool) -> bool:
    """Whether a write that stays behind tells something wrong.

    What adds up does, and a status; not a plain value, which the next attempt overwrites, and neither
    where `again`, in the next turn of a loop, the status is written once more.
    """
    owner = root_of(write.target)
    if _covered(write.target, mended) or (owner not in ("self", "cls") and owner in map(root_of, mended)):
        return False
    return write.kind != "set" or (write.tells and not again)


def _body(body: Body, pending: Pending, scan: _Scan) -> Pending | None:
    """What is written behind a block that began with `pending`; None where no way runs off its end."""
    for node in body:
        if not isinstance(node, Raise):
            _meet(getattr(node, "calls", ()), pending, scan)
        after = _inside(node, pending, scan)
        if after is None:
            return None
        pending = _joined((*after, *writes_of(node, scan.parameters)))
    return pending


def _inside(node: Node, pending: Pending, scan: _Scan) -> Pending | None:
    if isinstance(node, (Return, Raise, Jump)):
        return None
    if isinstance(node, Branch):
        return _branch(node, pending, scan)
    if isinstance(node, Loop):
        once = _body(node.body, pending, scan)
        # Items of their own stay right when the next one fails; sums and orders do not.
        _body(node.body, tuple(write for write in once or () if write.sums), scan)
        return _body(node.orelse, pending if once is None else once, scan)
    if isinstance(node, With):
        return _with(node, pending, scan)
    return _try(node, pending, scan) if isinstance(node, Try) else pending


def _with(node: With, pending: Pending, scan: _Scan) -> Pending | None:
    """What is stored inside a transaction is undone when it fails."""
    count = len(scan.found)
    after = _body(node.body, pending, scan)
    if after is None or not any(map(opens_transaction, node.calls)):
        return after
    scan.found[count:] = [one for one in scan.found[count:] if not one.write.stored or one.write in pending]
    return tuple(write for write in after if not write.stored or write in pending)


def _branch(node: Branch, pending: Pending, scan: _Scan) -> Pending | None:
    ends = [_body(arm, pending, scan) for arm in node.arms]
    ends += [] if node.complete else [pending]
    going_on = [end for end in ends if end is not None]
    return _joined(write for end in going_on for write in end) if going_on else None


def _try(node: Try, pending: Pending, scan: _Scan) -> Pending | None:
    """What a nested try catches in full does not fail for the one around it."""
    count = len(scan.found)
    after = _body(node.body, pending, scan)
    if any(map(catches_all, node.clauses)):
        del scan.found[count:]
    for clause in node.clauses:
        _body(clause.body, pending, scan)
    if after is not None:
        after = _body(node.orelse, after, scan)
    set_back = _set_in(node.final)
    scan.found[count:] = [one for one in scan.found[count:] if not _covered(one.write.target, set_back)]
    if after is None:
        return None
    return _body(node.final, tuple(one for one in after if not _covered(one.target, set_back)), scan)


def catches_all(clause: Clause) -> bool:
    """Whether a clause takes whatever comes."""
    return not clause.caught or any((one.qualified or one.name) in BROAD for one in clause.caught)


def _meet(calls: Iterable[Call], pending: Pending, scan: _Scan) -> None:
    calls = tuple(calls)
    for call in calls:
        if pending and not any(_puts_off(other, call) for other in calls):
            scan.found.extend(HalfDone(write, call) for write in pending if scan.needs(write, call))


def _puts_off(other: Call, call: Call) -> bool:
    """Whether a coroutine is only made here, for `create_task` to run it later."""
    return waits(other) and any(arg.value.text.startswith(f"{call.name}(") for arg in other.args)


def _joined(writes: Iterable[Write]) -> Pending:
    return tuple(dict.fromkeys(writes))


def _set_in(body: Body) -> frozenset[str]:
    nodes = (node for node in nodes_in(body) if isinstance(node, Assign))
    return frozenset(target for node in nodes for target in node.targets)


def _covered(target: str, mended: frozenset[str]) -> bool:
    """Whether the target, or what holds it, is set again."""
    return any(target == name or target.startswith((name + ".", name + "[")) for name in mended)
