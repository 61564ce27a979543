"""Is that it fails the answer itself? Of functions that are named as questions, and of what is compared."""

from __future__ import annotations

import re

from broadcatch.flow.walk import nodes_in
from broadcatch.judge import stakes
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Return

ASKS = re.compile(
    r"^_*(is|has|can|could|supports?|looks_like|exists)(_|$)|_exists$|_(supports?|supported|available|installed)(_|$)"
    r"|^__(eq|ne|contains)__$"
)
_HEALTH = re.compile(r"(^|_)(ping|health|healthy|healthcheck|alive|reachable|probe)(_|$)")
_ACCESS = re.compile(r"auth|allow|permi|access|valid|admin|role|login|trusted", re.IGNORECASE)
_SHORT = 3


def asks(judged: Judged) -> bool:
    """Whether the function around the handler is named as a question."""
    return bool(ASKS.search(stakes.function_of(judged.handler)))


def probe(judged: Judged) -> str:
    """`is_picklable`: that it fails is the answer. Not where the answer lets somebody in."""
    handler = judged.handler
    name = stakes.function_of(handler)
    health = bool(_HEALTH.search(name))
    if not (health or asks(judged)) or _ACCESS.search(name) or stakes.grave_subject(handler):
        return ""
    no = _answers(judged) == {"false"} or (asks(judged) and _turned_round(judged))
    short = health or len(list(stakes.working_calls(handler))) <= _SHORT
    return "whether it fails is the question" if no and short and _only_asks(judged) else ""


def _answers(judged: Judged) -> set[str]:
    """The kinds of the values that the handler answers with."""
    return {one.value.kind for one in stakes.answers(judged.handler) if one.value is not None}


def _turned_round(judged: Judged) -> bool:
    """`is_absolute`: what cannot be read as relative is, and where nothing fails the answer is False."""
    handler = judged.handler
    usual = (node.value for node in nodes_in(handler.attempt + handler.orelse) if isinstance(node, Return))
    return _answers(judged) == {"true"} and {value.kind for value in usual if value} == {"false"}


def _only_asks(judged: Judged) -> bool:
    """Whether the `try` answers, or keeps what it finds in plain names for what is asked further down."""
    handler = judged.handler
    if any(isinstance(node, Return) for node in nodes_in(handler.attempt + handler.orelse)):
        return True
    nodes = (node for node in nodes_in(handler.attempt) if isinstance(node, Assign))
    return all(name.isidentifier() for node in nodes for name in node.targets)
