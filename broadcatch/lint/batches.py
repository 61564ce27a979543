"""What becomes of the errors of a batch that is awaited together? Read from the function around `gather`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.model.facts import Site
from broadcatch.model.flow import Arg, Assign, Body, Branch, Call, Define, Evaluate, Loop, Node, Raise, Value

_GATHER = frozenset({"asyncio.gather", "asyncio.tasks.gather"})
_PASSING_ON = frozenset("wait_for shield run_until_complete run create_task ensure_future".split())
_CLOSING = re.compile(
    r"^_*(a?close|shutdown|stop|disconnect|terminate|unsubscribe|clean_?up|tear_?down|dispose|release|log_?out|"
    r"drain|on_shutdown|finali[sz]e|__a?exit__|kill|remove|unload|async_(stop|shutdown|unload|close))"
)
_ENDLESS = re.compile(
    r"worker|server|loop|service|consumer|listener|runner|daemon|producer|forever", re.IGNORECASE
)
_VALUES = re.compile(r"\w+\.(values|keys)\(\)")
_CANCELS_TASKS = re.compile(r"^_*cancel_\w*(task|future|timer|job)")
_ENTRY = re.compile(r"^_*(a?main|run|serve|start|start_?up|set_?up)(_|$)")


@dataclass(frozen=True, slots=True)
class Fate:
    """What a function does with results that may be errors.

    `dropped`: it takes them nowhere; `unread`: it binds them to `name` and never looks; `let-through`: the
    test on `line` takes a CancelledError for a result, and `used` says whether results are used then.
    """

    kind: Literal["dropped", "unread", "let-through"]
    line: int
    name: str = ""
    used: bool = False


def raises_first(call: Call) -> bool:
    """Whether a call is asyncio's `gather`, and raises the first error that comes."""
    return (call.qualified or call.name) in _GATHER and not _asks_for_errors(call)


def keeps_errors(call: Call) -> bool:
    """Whether errors come back as results, from asyncio's `gather` or a project's own around it."""
    name = call.qualified or call.name
    return _asks_for_errors(call) and (name in _GATHER or name.endswith("_gather"))


def _asks_for_errors(call: Call) -> bool:
    return any(
        arg.keyword == "return_exceptions" and arg.value.kind not in ("false", "none") for arg in call.args
    )


def items(call: Call) -> Arg | None:
    """The argument that makes one awaitable per item of data; None for a fixed handful of them."""
    return next((arg for arg in call.args if arg.keyword == "*" and _is_many(arg.value)), None)


def ends_together(site: Site, over: Arg) -> bool:
    """Whether the tasks are the parts of one service, of which none may go on without the others."""
    function = site.place.function
    entry = site.place.main_guard or (function is not None and bool(_ENTRY.search(function.name)))
    return entry or any(map(_ENDLESS.search, over.value.names))


def closes(site: Site) -> bool:
    """Whether what is awaited is a clean-up: by the name of a function around it, or by what it calls."""
    calls: tuple[Call, ...] = getattr(statement(site), "calls", ())
    names = [scope.name for scope in site.place.scopes if scope.kind != "class"]
    return any(map(_CLOSING.search, (*names, *(call.name.rpartition(".")[2] for call in calls))))


def was_cancelled(site: Site) -> bool:
    """Whether the function cancels tasks before it awaits them: then their errors are what it asked for."""
    return any(call.line <= site.span.line and _cancels(call) for call in calls_in(site.body))


def _cancels(call: Call) -> bool:
    """`task.cancel()`, `cancel_tasks(…)`; not `self.cancel(order)`."""
    receiver, _, last = call.name.rpartition(".")
    plain = last == "cancel" and receiver not in ("", "self") and not call.args
    return plain or bool(_CANCELS_TASKS.search(last))


def fate(site: Site) -> Fate | None:
    """What becomes of the results of a `gather` that keeps errors; None where nothing seems wrong."""
    node = statement(site)
    if node is None or _asks_tasks(site, node):
        return None
    if isinstance(node, Evaluate) and node.kind == "expression" and _is_last(site.call, node):
        return Fate("dropped", node.line)
    names = set(node.targets) if isinstance(node, (Assign, Loop)) else set()
    if isinstance(node, Assign) and _is_last(site.call, node):
        if not _is_awaited(node):
            return None
        if not any(name.strip("_") for name in names):
            return Fate("dropped", node.line)
    return _inspected(site.body, node, names)


def _asks_tasks(site: Site, start: Node) -> bool:
    """Whether the tasks themselves are asked for their errors afterwards."""
    args = site.call.args if site.call else ()
    tasks = {
        name
        for arg in args
        if arg.keyword in ("", "*") and (arg.value.kind == "name" or _VALUES.fullmatch(arg.value.text))
        for name in arg.value.names
    }
    tasks |= {name for task in tasks for name in _put_into(task, site.body)}
    after = (node for node in nodes_in(site.body) if _line(node) > _line(start))
    return any(not tasks.isdisjoint(_loads(node)) for node in after)


def _put_into(name: str, body: Body) -> Iterator[str]:
    """The names of the tasks that a list of them holds: `tasks = [first]`, `tasks.append(second)`."""
    for node in nodes_in(body):
        if isinstance(node, Assign) and name in node.targets and node.value.kind == "literal":
            yield from node.value.names
    for call in calls_in(body):
        if call.name in (f"{name}.append", f"{name}.extend", f"{name}.add"):
            yield from (found for arg in call.args for found in arg.value.names)


def _is_many(value: Value) -> bool:
    return value.kind not in ("literal", "empty")


def statement(site: Site) -> Node | None:
    """The statement of the function that holds the call: the last of its like that begins before it ends."""
    found = None
    for node in nodes_in(site.body):
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        alike = any(_same(call, site.call) for call in calls)
        if alike and (found is None or getattr(node, "line", 0) <= site.span.line):
            found = node
    return found


def _same(call: Call, other: Call | None) -> bool:
    return other is not None and (call.name, call.args) == (other.name, other.args)


def _is_last(call: Call | None, node: Evaluate | Assign) -> bool:
    """Whether the statement does nothing with what the call gives, but wait for it."""
    last = next((one for one in reversed(node.calls) if one.name.rpartition(".")[2] not in _PASSING_ON), None)
    return last is not None and _same(last, call)


def _is_awaited(node: Assign) -> bool:
    return any(call.awaited or call.name.endswith((".run", ".run_until_complete")) for call in node.calls)


def _inspected(body: Body, start: Node, names: set[str]) -> Fate | None:
    """What is wrong with how the results, bound to `names` by `start`, are looked at."""
    bound = sorted(names)
    reading = [start]
    for node in nodes_in(body):
        if isinstance(node, Define):
            return None  # what a function of its own does with the results is not read
        if node is not start and not names.isdisjoint(_loads(node)):
            reading.append(node)
            names.update(_passes_to(node))
    checks = [(node, call) for node in reading for call in getattr(node, "calls", ()) if _is_check(call)]
    if len(reading) == 1 and isinstance(start, Assign) and not checks and all(map(str.isidentifier, bound)):
        return Fate("unread", _line(start), ", ".join(bound))
    missing = [(node, call) for node, call in checks if _asks_exception(call)]
    if not missing or any(_minds_cancelling(call) for _, call in checks):
        return None
    return Fate("let-through", _line(missing[0][0]), used=_are_used(reading, missing, set(bound)))


def _is_check(call: Call) -> bool:
    return call.qualified == "builtins.isinstance" and len(call.args) == 2


def _are_used(reading: list[Node], checks: list[tuple[Node, Call]], bound: set[str]) -> bool:
    """Whether what a check lets through is taken for a result, rather than errors be told of."""
    tests = [check for check, _ in checks]
    if any(_chooses(check) for check in tests):
        return True
    telling = [node for check in tests if isinstance(check, Branch) for node in nodes_in(check.arms[0])]
    names = bound | {call.args[0].value.text.partition("[")[0] for _, call in checks}
    first = next(at for at, node in enumerate(reading) if node is tests[0])
    later = (node for node in reading[first + 1 :] if not any(node is one for one in (*tests, *telling)))
    return any(
        not names.isdisjoint(_loads(node)) and not isinstance(node, (Loop, Branch)) and not _moves(node)
        for node in later
    )


def _moves(node: Node) -> bool:
    return isinstance(node, Assign) and not node.calls


def _chooses(check: Node) -> bool:
    """Whether a check says what becomes of everything that is no Exception."""
    return _negates(check) or (isinstance(check, Branch) and len(check.arms) > 1)


def _negates(check: Node) -> bool:
    """`not isinstance(…)`, or a choice between a result and something else."""
    value: Value | None = getattr(check, "test", None) or getattr(check, "value", None)
    text = value.text.lstrip("( ") if value is not None else ""
    if isinstance(check, Branch) and text.startswith("isinstance("):
        return False  # `isinstance(r, Exception) and not isinstance(r, KnownError)` still tells of errors
    return "not isinstance" in text or " else " in text or text.endswith("…")  # too long to see: a choice


def _asks_exception(call: Call) -> bool:
    return any("Exception" in arg.value.names for arg in call.args[1:2])


def _minds_cancelling(call: Call) -> bool:
    asked = [arg.value for arg in call.args[1:2]]
    return any(
        not {"BaseException", "CancelledError"}.isdisjoint(value.names)
        or value.text.endswith("CancelledError")
        or ("asyncio" in value.names and not value.text)
        for value in asked
    )


def _loads(node: Node) -> set[str]:
    """The names that a statement reads itself, without the statements inside it."""
    values = [
        value for value in (getattr(node, "value", None), getattr(node, "test", None)) if value is not None
    ]
    names = {name for value in values for name in value.names}
    for call in getattr(node, "calls", ()):
        names.add(call.name.partition(".")[0].partition("[")[0])
        names.update(name for arg in call.args for name in arg.value.names)
    return names


def _passes_to(node: Node) -> Iterable[str]:
    """The names that hold a result after a statement that reads one."""
    if isinstance(node, Loop):
        return node.targets
    return (name for name in node.targets if name.isidentifier()) if isinstance(node, Assign) else ()


def _line(node: Node) -> int:
    line: int = node.span.line if isinstance(node, Raise) else node.line
    return line
