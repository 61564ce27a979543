"""Which workers should try again after what passes, and end on the rest?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import ANYTHING, FileCase, clause_of
from broadcatch.model.fixing import is_residual
from broadcatch.model.raising import Suggestion
from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import Spelled

CODE = "BC402"
NETWORK = (Spelled("ConnectionError", "ConnectionError"), Spelled("TimeoutError", "TimeoutError"))
"""What passes where it is not known what can come."""


def wishes(case: FileCase) -> Iterator[WorkerWanted]:
    """A retry and an end for each BC402; only shown, unless this kind is asked for by name."""
    for line in dict.fromkeys(clause_of(one) for one in case.live if one.code == CODE):
        judged, suggestion = case.judged.get(line), case.suggestions.get(line)
        if judged is None or suggestion is None or is_residual(judged.handler.comment):
            continue
        chosen = "worker" in case.request.kinds
        yield WorkerWanted(
            line,
            _transient(case, line, suggestion),
            judged.verdict.broad,
            judged.handler.place.is_async,
            "unsafe" if chosen else "display",
            "an unexpected error ends the worker"
            if chosen
            else "which errors pass is yours to say: --kind worker",
            ANYTHING,
            case.retries(case.path),
        )


def _transient(case: FileCase, line: int, suggestion: Suggestion) -> tuple[Spelled, ...]:
    """What is worth another attempt: by proposals and mapping, of an open answer the network's errors."""
    found = [
        Spelled(one.spelling, one.type, one.import_module, one.import_name)
        for one in suggestion.proposals
        if one.transient and not (one.import_module and case.missing(one.import_module))
    ]
    for row in case.config.translate if case.naming is not None else ():
        target = case.naming.at(line, row.to) if row.transient and case.naming is not None else None
        if target is None or not target.known:
            continue
        if not suggestion.closed or any(case.catches(target.type, one) for one in suggestion.possible):
            found.append(target.spelled)
    found += NETWORK if not suggestion.closed else ()
    kept: list[Spelled] = []
    for one in dict.fromkeys(found):
        if not any(other != one and case.catches(other.type, one.type) for other in found):
            kept.append(one)
    return tuple(kept)
