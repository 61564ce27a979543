"""What makes one handler better or worse than its outcome and its place? Named reasons, one step each.

Each is a small function of the judged handler that answers with words for a person, or with "". What
they have in common is written in `docs/rules.md`, under Severity.
"""

from __future__ import annotations

import re

from broadcatch.flow.walk import nodes_in
from broadcatch.judge import stakes
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Return
from broadcatch.model.outcome import LEAVES

_ASKS = re.compile(r"^_*(is|has|can|could|supports?|looks_like|exists)(_|$)|_exists$")
_ACCESS = re.compile(r"auth|allow|permi|access|valid|admin|role|login|trusted", re.IGNORECASE)
_SHORT, _MANY = 3, 3
_EASY = frozenset({"clean-up", "import-guard", "test", "script"})


def settled(judged: Judged) -> str:
    """Why nothing is hidden here at all, whatever the outcome: such a handler is a note."""
    return next(filter(None, (_tried_again(judged), _probe(judged))), "")


def harder(judged: Judged) -> tuple[str, ...]:
    """Why this is worse than its outcome says."""
    return tuple(filter(None, (_only_its_text(judged), _money(judged), _success(judged))))


def softer(judged: Judged) -> tuple[str, ...]:
    """Why this is better than its outcome says."""
    found = (_closing(judged), _item(judged), _told_too(judged), _aside(judged), _one_failure(judged))
    return tuple(filter(None, found))


def _only_its_text(judged: Judged) -> str:
    """A text in a result misreports a bug as a failure of the business, and nobody has a traceback."""
    verdict = judged.verdict
    if verdict.outcome != "handed-on" or verdict.zone in _EASY or stakes.aside(judged.handler):
        return ""
    poor = any(path.text_only and path.record != "traceback" for path in verdict.paths)
    many = len(stakes.different_calls(judged.handler)) >= _MANY
    return "only a text of whatever failed is handed on" if poor and many else ""


def _money(judged: Judged) -> str:
    """Nobody knows whether it has happened; a traceback in a log tells an engineer, not the caller."""
    moved = stakes.money_moved(judged.handler)
    return f"`{moved}` may have moved money" if moved and judged.verdict.outcome not in LEAVES else ""


def _success(judged: Judged) -> str:
    told = stakes.success_reported(judged.handler)
    return f"`{told}` reports success" if told and not _asks(judged) else ""


def _closing(judged: Judged) -> str:
    """Failing to close hides little. A failed save on the way out is as lost as any other."""
    handler = judged.handler
    call = stakes.only_closes(handler)
    if call:
        return f"the try body only closes: `{call}`"
    if judged.verdict.zone != "clean-up" or stakes.money_moved(handler) or stakes.write_lost(handler):
        return ""
    return "on the way out"


def _item(judged: Judged) -> str:
    """One turn of a loop fails, is recorded in full, and leaves nothing behind for the others."""
    handler, verdict = judged.handler, judged.verdict
    if verdict.outcome != "logged-traceback" or verdict.fallback or not _turns(judged):
        return ""
    if stakes.grave_subject(handler) or stakes.write_lost(handler) or _state_set(judged):
        return ""
    if stakes.carried_out(handler) and not _skips(judged):
        return ""
    return "one item of a loop, and its traceback is kept"


def _turns(judged: Judged) -> bool:
    return bool(judged.handler.place.loop) or judged.verdict.zone == "item"


def _skips(judged: Judged) -> bool:
    """Whether the handler leaves what comes after it out."""
    ends = (path.steps[-1].text if path.steps else "" for path in judged.verdict.paths)
    return all(text.startswith(("continue", "return", "break", "raise")) for text in ends)


def _state_set(judged: Judged) -> bool:
    nodes = (node for node in nodes_in(judged.handler.attempt) if isinstance(node, Assign))
    return any(name.startswith("self.") for node in nodes for name in node.targets)


def _told_too(judged: Judged) -> str:
    """The traceback is in the log, and whoever asked is told beside it."""
    verdict = judged.verdict
    told = verdict.outcome == "logged-traceback" and any(path.handed for path in verdict.paths)
    return "the traceback is kept, and the caller is told" if told else ""


def _aside(judged: Judged) -> str:
    """What is beside the point of the program may fail without harm, as long as it does nothing else."""
    subject = stakes.aside(judged.handler)
    stale = bool(stakes.carried_out(judged.handler)) and not _skips(judged)
    counts = judged.verdict.outcome != "handed-on" and not (stale and judged.handler.place.function)
    return f"beside the point: {subject}" if subject and counts else ""


def _one_failure(judged: Judged) -> str:
    """The class is too broad, and what it is there for is plain."""
    call = stakes.one_failure(judged.handler)
    return f"`{call}` fails in one way" if call and judged.verdict.outcome != "logged-traceback" else ""


def _tried_again(judged: Judged) -> str:
    """The last failure of a retry leaves: no error is lost."""
    ways = {path.outcome in LEAVES for path in judged.verdict.paths}
    again = stakes.first_that_works(judged.handler) and ways == {True, False}
    return "tried again, and the last failure leaves" if again else ""


def _probe(judged: Judged) -> str:
    """`is_picklable`: that it fails is the answer. Not where the answer lets somebody in."""
    handler = judged.handler
    if not _asks(judged) or _ACCESS.search(stakes.function_of(handler)) or stakes.grave_subject(handler):
        return ""
    given = list(stakes.answers(handler))
    no = bool(given) and all(one.value is not None and one.value.kind == "false" for one in given)
    asked = [isinstance(node, Return) for node in nodes_in(handler.attempt + handler.orelse)]
    only = not any(isinstance(node, Assign) for node in nodes_in(handler.attempt))
    short = len(list(stakes.working_calls(handler))) <= _SHORT
    return "whether it fails is the question" if no and short and (only or any(asked)) else ""


def _asks(judged: Judged) -> bool:
    return bool(_ASKS.search(stakes.function_of(judged.handler)))
