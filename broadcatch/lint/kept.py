"""What has a handler made of an error before it raises another one?"""

from __future__ import annotations

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.meaning import is_logging
from broadcatch.judge.words import ERROR_MAKERS, TEXT_CALLS, TRACEBACK_MAKERS
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Branch, Raise
from broadcatch.model.outcome import Path, Record

_MAKERS = TRACEBACK_MAKERS | ERROR_MAKERS


def looked_at(found: Raise, handler: Handler, names: frozenset[str], logs: bool = True) -> bool:
    """Whether a call of the handler gets the error, or a condition before the raise asks about it.

    `names` are those that the error, or something of it, has in the handler. `logs`: a log counts too.
    """
    for call in calls_in(handler.body, nested_handlers=False):
        if not logs and (is_logging(call) or call.qualified in TEXT_CALLS):
            continue
        if (call.qualified or call.name) in _MAKERS:
            return True
        if (call.direct or call.awaited) and any(not names.isdisjoint(arg.value.names) for arg in call.args):
            return True
    return any(
        isinstance(node, Branch) and node.line < found.span.line and not names.isdisjoint(node.test.names)
        for node in nodes_in(handler.body)
    )


def recorded(found: Raise, paths: tuple[Path, ...], enough: tuple[Record, ...]) -> bool:
    """Whether the error is recorded on the way to a raise; of ways that end alike only one is kept."""
    translated = [path for path in paths if path.outcome == "translated"]
    through = [path for path in translated if path.steps and path.steps[-1].line == found.span.line]
    return bool(translated) and all(path.record in enough for path in through or translated)
