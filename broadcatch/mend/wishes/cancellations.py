"""Which clauses of coroutines swallow their cancellation among other errors?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.meaning import is_logging
from broadcatch.judge.words import TEXT_CALLS, TRACEBACK_CALLS
from broadcatch.lint.exits import CANCELLED, exits_caught
from broadcatch.mend.case import FileCase, clause_of
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Call
from broadcatch.rewrite.codemods.cancellation import CancellationWanted

CODE = "BC103"


def wishes(case: FileCase) -> Iterator[CancellationWanted]:
    """A clause that lets the cancellation out for each BC103 that takes one."""
    for one in case.live:
        judged = case.judged.get(clause_of(one)) if one.code == CODE else None
        if judged is not None and CANCELLED in exits_caught(judged.handler):
            yield CancellationWanted(judged.handler.span.line, _cleans_up(judged.handler))


def _cleans_up(handler: Handler) -> bool:
    """Whether the clause calls or sets something beside records and values of its own."""
    sets = any(
        "." in name for node in nodes_in(handler.body) if isinstance(node, Assign) for name in node.targets
    )
    return sets or any(not _only_tells(call) for call in calls_in(handler.body))


def _only_tells(call: Call) -> bool:
    name = call.qualified or call.name
    built_in = call.qualified.startswith("builtins.")
    return built_in or is_logging(call) or name in TEXT_CALLS or name in TRACEBACK_CALLS
