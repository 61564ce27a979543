"""Does one `try` stand around a whole loop of items that have nothing to do with each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.model.facts import Handler
from broadcatch.model.flow import (
    Assign,
    Body,
    Call,
    Evaluate,
    Jump,
    Loop,
    Node,
    Noop,
    Raise,
    Return,
    Try,
    With,
)

_MOST_BEFORE = 3
_COLLECTING = frozenset(
    "append add update extend insert setdefault write writelines writerow print debug info warning error "
    "exception log echo".split()
)
_STREAM = re.compile(r"(^|_|\.)(range|iter\w*|read\w*|stream\w*|chunks?|lines?|recv|listen|splitlines|poll)$")
_TOGETHER = re.compile(r"(^|\.|_)(commit|flush|atomic|rollback|begin|savepoint)$")


def whole_loop(handler: Handler) -> Loop | None:
    """The loop over items that a handler's `try` mainly consists of, if the items are independent."""
    *before, last = _without_records(handler.attempt) or (None,)
    simple = all(isinstance(node, (Assign, Evaluate, Noop)) for node in before)
    if not isinstance(last, Loop) or last.kind != "for" or not simple or len(before) > _MOST_BEFORE:
        return None
    if any(_TOGETHER.search(call.name) for call in calls_in(handler.attempt)):
        return None
    return last if _is_over_data(last) and _is_independent(last) else None


def _without_records(body: Body) -> Body:
    """`body` up to its loop, where only records of its end come after it."""
    nodes = list(body)
    while (
        nodes
        and isinstance(nodes[-1], (Evaluate, Noop))
        and all(map(_collects, getattr(nodes[-1], "calls", ())))
    ):
        nodes.pop()
    return tuple(nodes)


def _is_over_data(loop: Loop) -> bool:
    return not any(_STREAM.search(call.name) for call in loop.calls) and not _STREAM.search(loop.test.text)


def _is_independent(loop: Loop) -> bool:
    """Whether a turn does something with its item, and neither ends the loop nor minds its own errors."""
    ends = (Raise, Return, Try, With)
    inner = list(nodes_in(loop.body))
    if any(isinstance(node, ends) or (isinstance(node, Jump) and node.kind == "break") for node in inner):
        return False
    names = set(loop.targets)
    for node in inner:
        if not names.isdisjoint(_reads(node)):
            names.update(node.targets if isinstance(node, Assign) else ())
            if any(_works(call, names) for call in _own_calls(node)):
                return True
    return False


def _own_calls(node: Node) -> Iterator[Call]:
    """The call that a statement is about: the last one, where its value is not kept."""
    calls: tuple[Call, ...] = getattr(node, "calls", ())
    if isinstance(node, Evaluate) and calls:
        yield calls[-1]


def _works(call: Call, names: set[str]) -> bool:
    taken = {call.name.partition(".")[0]} | {name for arg in call.args for name in arg.value.names}
    return not _collects(call) and not names.isdisjoint(taken)


def _collects(call: Call) -> bool:
    return call.name.rpartition(".")[2] in _COLLECTING


def _reads(node: Node) -> set[str]:
    value = getattr(node, "value", None) or getattr(node, "test", None)
    names = set(value.names) if value is not None else set()
    for call in getattr(node, "calls", ()):
        names.add(call.name.partition(".")[0])
        names.update(name for arg in call.args for name in arg.value.names)
    return names
