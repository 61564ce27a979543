"""By what may the handler fail itself? Then another error leaves it than the one it was written for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.flow.walk import blocks, calls_in, nodes_in
from broadcatch.judge.writing import may_fail
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Call, Define, Loop, Node, Noop, Raise, Try, Value

_OF_ALL = frozenset(
    "args with_traceback add_note __traceback__ __cause__ __context__ __class__ __dict__ __str__ __repr__ "
    "__notes__ __suppress_context__ __doc__ __module__ __reduce__ __name__".split()
)
_NO_METHOD = re.compile(
    r"(?:\bstr\(_\)|\b_\.args\[\d\]|\b_\.message)\.(contains|includes|indexOf|startsWith|endsWith|length|has)\b"
)
"""What is asked of a text as if it were one of another language."""
_LOOKS = frozenset({"isinstance", "hasattr", "getattr", "issubclass", "type"})
_ASKS_NAMES = frozenset({"locals", "vars", "globals", "dir"})
_NO_ERROR = frozenset({"none", "true", "false", "number", "text", "empty"})
"""Constants: to raise one is a TypeError."""
_SIMPLE = frozenset({"none", "true", "false", "number", "text", "empty", "literal", "name"})
"""Values whose making does not fail, for all that their shape tells."""


@dataclass(frozen=True, slots=True)
class Failing:
    """By what, in which line, and whether whatever the error is (`certain`) or only for some."""

    detail: str
    line: int
    certain: bool = False


def handler_fails(handler: Handler) -> Failing | None:
    """By what the handler may fail itself; None where nothing shows it.

    It asks the error for what only some have, raises what is no exception, or needs a name that the `try` may
    not have bound yet.
    """
    return _of_the_error(handler) or _no_exception(handler) or _no_value(handler)


def misses_item(handler: Handler) -> Failing | None:
    """The same of an item written into one that the `try` body sets, but it may have been there before."""
    made = {
        target: node.line
        for node in nodes_in(handler.attempt)
        if isinstance(node, Assign)
        for target in node.targets
        if target.endswith(("']", '"]'))
    }
    for node in _straight(handler.body):
        for target in node.targets if isinstance(node, Assign) else ():
            into = target[: target.rfind("[")]
            if into in made:
                first = f"which line {made[into]} sets, unless it was there before"
                return Failing(f"it needs {into}, {first}", _line(node))
            made.pop(target, None)
    return None


def _of_the_error(handler: Handler) -> Failing | None:
    bound = handler.bound
    if not bound:
        return None
    wanted = re.compile(rf"(?<![\w.]){re.escape(bound)}\.(args\[\d|[A-Za-z_]\w*)")
    looked = any(call.name in _LOOKS for call in calls_in(handler.body))
    for node in nodes_in(handler.body):
        for value in _values(node):
            absent = _NO_METHOD.search(value.text.replace(bound, "_"))
            if absent:
                return Failing(f"no text has a method {absent[1]}", getattr(node, "line", 0), certain=True)
            found = [name for name in wanted.findall(value.text) if name not in _OF_ALL]
            if found and (not looked or " or " in value.text):
                name = f"{found[0]}]" if "[" in found[0] else found[0]
                lacking = f"{bound}.{name}, which not every exception has"
                return Failing(lacking, getattr(node, "line", 0))
    return None


def _no_exception(handler: Handler) -> Failing | None:
    for node in nodes_in(handler.body):
        if isinstance(node, Raise) and node.value is not None and node.value.kind in _NO_ERROR:
            detail = f"raise {node.value.text} is a TypeError, as that is no exception"
            return Failing(detail, node.span.line, certain=True)
    return None


def _no_value(handler: Handler) -> Failing | None:
    """A name that has its value from the `try` alone, which may have failed before."""
    if handler.place.loop or any(call.name in _ASKS_NAMES for call in calls_in(handler.body)):
        return None
    late = frozenset(_bound_late(handler.attempt)) - {*handler.before, handler.bound}
    for node in _straight(handler.body):
        used = sorted(late & set(_loads(node)))
        if used:
            return Failing(f"`{used[0]}` has no value in the handler", _line(node))
        late -= set(getattr(node, "targets", ()))
    return None


def _bound_late(attempt: Body) -> Iterator[str]:
    """The names that the `try` body binds behind something that can fail."""
    surely = _bound_first(attempt)
    for node in nodes_in(attempt):
        if isinstance(node, Assign) and not node.outer and not node.augmented:
            yield from (name for name in node.targets if name.isidentifier() and name not in surely)


def _bound_first(body: Body) -> set[str]:
    """The names that are bound before anything can fail; where only a loop follows, by its first turn too."""
    found = set[str]()
    for index, node in enumerate(body):
        if isinstance(node, Loop) and node.kind == "for" and not node.calls and index == len(body) - 1:
            return found | set(node.targets) | _bound_first(node.body)
        if not _is_harmless(node):
            break
        if isinstance(node, Assign):
            found.update(node.targets)
    return found


def _is_harmless(node: Node) -> bool:
    if isinstance(node, Noop):
        return True
    made = isinstance(node, Assign) and not any(map(may_fail, node.calls))
    return made and isinstance(node, Assign) and node.value.kind in (_SIMPLE | {"call"})


def _straight(body: Body) -> Iterator[Node]:
    """The nodes of a handler in order, but not what a `try` of its own guards, nor what does not run now."""
    for node in body:
        if isinstance(node, (Try, Define)):
            return
        yield node
        for part in blocks(node):
            yield from _straight(part)


def _loads(node: Node) -> Iterator[str]:
    for value in _values(node):
        yield from value.names
    calls: tuple[Call, ...] = getattr(node, "calls", ())
    yield from (call.name.partition(".")[0] for call in calls)


def _line(node: Node) -> int:
    return node.span.line if isinstance(node, Raise) else getattr(node, "line", 0)


def _values(node: Node) -> Iterator[Value]:
    for value in (getattr(node, "value", None), getattr(node, "test", None)):
        if value is not None:
            yield value
    for call in getattr(node, "calls", ()):
        yield from (arg.value for arg in call.args)
