"""What does Ruff report for this handler? Its rules, followed exactly, right or wrong.

Read from Ruff's documentation and source, and held against Ruff itself (the version below) by
`benchmarks/agreement.py` and the conformance cases. These are statements about Ruff, for the `ruff`
field of a finding; broadcatch's own judgement is made elsewhere and often differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.facts import Handler
from broadcatch.model.findings import RuffRow
from broadcatch.model.flow import (
    Body,
    Branch,
    Call,
    Caught,
    Evaluate,
    Jump,
    Loop,
    Node,
    Noop,
    Raise,
    Value,
    With,
)

RUFF_VERSION = "0.17.6"

_BROAD = frozenset({"builtins.Exception", "builtins.BaseException"})
_METHODS = frozenset({"debug", "info", "warn", "warning", "error", "critical", "log"})
_LOGGERS = frozenset({"logging", "flask.current_app.logger"})
_INLINE = frozenset({"logging.getLogger()", "logging.Logger()"})
_FALSY = frozenset({"false", "none", "empty"})


def handler_rows(handler: Handler, module: str) -> tuple[RuffRow, ...]:
    """What Ruff reports for a handler: BLE001, E722, S110, S112, with Ruff's rows.

    `module` is the dotted name of the file's module, "" for a file outside any package.
    """
    rows = []
    if handler.bare:
        if not any(isinstance(node, Raise) and node.form == "bare" for node in handler.body):
            rows.append(RuffRow("E722", handler.span.line))
    else:
        blind = next((one for one in handler.caught if _is_broad(one)), None)
        if blind and not _leaves(handler) and not _logs(handler.body, module):
            rows.append(RuffRow("BLE001", blind.span.line))
    code = _sole(handler)
    if code and (handler.bare or any(_is_broad(one) and one.depth <= 1 for one in handler.caught)):
        rows.append(RuffRow(code, handler.span.line))
    return tuple(rows)


def raise_rows(handler: Handler) -> tuple[RuffRow, ...]:
    """What Ruff reports for the raises of a handler: B904, at the row of each raise."""
    return tuple(
        RuffRow("B904", found.span.line)
        for found in _raises(handler.body, orelse=False)
        if found.form != "bare" and found.cause == "absent" and not _is_name(found, handler.bound)
    )


def _is_broad(caught: Caught) -> bool:
    return not caught.via and caught.qualified in _BROAD


def _sole(handler: Handler) -> str:
    if len(handler.body) != 1:
        return ""
    node = handler.body[0]
    if isinstance(node, Noop) and node.kind == "pass":
        return "S110"
    return "S112" if isinstance(node, Jump) and node.kind == "continue" else ""


def _is_name(found: Raise, bound: str) -> bool:
    return bool(bound) and found.form == "name" and found.exc == bound


def _leaves(handler: Handler) -> bool:
    """One path that re-raises is enough for Ruff, nested tries and definitions not looked into."""
    return any(
        found.form == "bare"
        or _is_name(found, handler.bound)
        or (bool(handler.bound) and found.cause == "name" and found.cause_name == handler.bound)
        for found in _raises(handler.body, orelse=True)
    )


def _raises(body: Body, orelse: bool) -> Iterator[Raise]:
    return (node for node in _statements(body, orelse) if isinstance(node, Raise))


def _statements(body: Body, orelse: bool) -> Iterator[Node]:
    for node in body:
        yield node
        if isinstance(node, Branch):
            for arm in node.arms:
                yield from _statements(arm, orelse)
        elif isinstance(node, (Loop, With)):
            yield from _statements(node.body, orelse)
            if orelse and isinstance(node, Loop):
                yield from _statements(node.orelse, orelse)


def _logs(body: Body, module: str) -> bool:
    for node in _statements(body, orelse=True):
        if isinstance(node, Evaluate) and node.calls and node.calls[-1].direct:
            if _shows_error(node.calls[-1], module):
                return True
    return False


def _shows_error(call: Call, module: str) -> bool:
    receiver, _, method = call.name.rpartition(".")
    if receiver:
        if not _is_logger(call, receiver, module):
            return False
    elif call.head != "import" or not call.qualified.startswith("logging."):
        return False
    else:
        method = call.qualified.removeprefix("logging.")
    return method == "exception" or (method in _METHODS and _has_info(call))


def _is_logger(call: Call, receiver: str, module: str) -> bool:
    if receiver.endswith("()") and "()" not in receiver[:-2]:
        return call.head == "import" and call.qualified.rpartition(".")[0] in _INLINE
    if "(" in receiver or "[" in receiver:
        return False
    if call.head == "import" and not (call.qualified.startswith(".") and not module):
        return call.qualified.rpartition(".")[0] in _LOGGERS
    if call.head in ("definition", "builtin"):
        return False
    tail = receiver.rpartition(".")[2]
    return tail.startswith(("log", "LOG")) or tail.endswith(("logger", "logging", "LOGGER", "LOGGING"))


def _has_info(call: Call) -> bool:
    return any(arg.keyword == "exc_info" and not _is_falsy(arg.value) for arg in call.args)


def _is_falsy(value: Value) -> bool:
    return value.kind in _FALSY or (value.kind == "number" and not value.text.strip("0.jJ_"))
