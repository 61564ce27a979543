"""Who has been told all there is to know: what was being done, to what, and why it failed? Further reasons.

As in `settled`, each is a small function of the judged handler that answers with words, or with "".
"""

from __future__ import annotations

import re

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import records, stakes
from broadcatch.judge.attempts import is_long
from broadcatch.judge.evidence import counted, decided
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.judge.writing import undoes
from broadcatch.model.flow import Assign, Jump, Return, Value
from broadcatch.model.outcome import LEAVES

_FEW = 3
_NUMBER = re.compile(r"-?\d[\d.]*")
_STATUS = re.compile(r"[1-9]\d{0,2}")
_ASKS_A_PEER = re.compile(r"(^|_)(ping|heartbeat|keep_?alive)(_|$)")
_HEALTH = re.compile(r"^_*(health|health_?check|healthz|liveness|readiness)$")
_OF_HEALTH = frozenset("health healthcheck healthchecks health_check health_checks".split())
_FAILED_ONES = frozenset("bad failed failures failing errors invalid rejected broken missed".split())
_UNWELL = re.compile(r"unhealthy|unavailable|\bdown\b|\bfail|error|^50[03]$", re.IGNORECASE)


def reconciled(judged: Judged) -> str:
    """The handler asks what has really happened: the answer is returned, else the error leaves."""
    handler = judged.handler
    asked = [node for node in handler.body if isinstance(node, Assign) and any(c.awaited for c in node.calls)]
    found = {name for node in asked for name in node.targets}
    given = [one.value for one in stakes.answers(handler)]
    both = {path.outcome in LEAVES for path in judged.verdict.paths} == {True, False}
    known = bool(given) and all(one is not None and not found.isdisjoint(one.names) for one in given)
    recorded = all(path.record != "none" for path in judged.verdict.paths if path.outcome not in LEAVES)
    return "it is asked what has happened, and else the error leaves" if both and known and recorded else ""


def _which_and_why(judged: Judged) -> str:
    """A step or two failed, and the record has the thing that it was about, and the error.

    Not where money or access hangs on it, where a number is made up, nor of several steps of a worker.
    """
    handler = judged.handler
    if judged.verdict.outcome != "logged-text" or is_long(handler) or not records.tells_which(handler):
        return ""
    few = len({call.name for call in steps_of(judged)}) <= (1 if judged.verdict.zone == "worker" else _FEW)
    made = judged.verdict.fallback.rpartition(" = ")[2].strip()
    saves = stakes.saves(stakes.function_of(handler)) and not stakes.written_otherwise(handler)
    if (
        not few
        or saves
        or _left_unset(judged)
        or counted(judged)
        or decided(judged)
        or _NUMBER.fullmatch(made)
        or any(map(_is_result, _given(judged)))
    ):
        return ""
    return "the log says which and why"


def _left_unset(judged: Judged) -> bool:
    """Whether the `try` sets an attribute, and no next turn will."""
    names = (
        name for node in nodes_in(judged.handler.attempt) if isinstance(node, Assign) for name in node.targets
    )
    return not judged.handler.place.loop and any(
        name.startswith("self.") and "[" not in name for name in names
    )


def _given(judged: Judged) -> list[Value]:
    return [one.value for one in stakes.answers(judged.handler) if one.value is not None]


def _is_result(value: Value) -> bool:
    """Whether a value may be what was asked for: neither nothing, nor a text that tells of the failure."""
    return value.kind in ("number", "name", "call", "other", "true")


def _peer_gone(judged: Judged) -> str:
    """A ping that fails has told what it was sent for."""
    asked = _ASKS_A_PEER.search(stakes.function_of(judged.handler))
    told = judged.verdict.outcome == "logged-text" and records.shows_error(judged.handler)
    return "a ping that fails has told what it is for" if asked and told and not _given(judged) else ""


def _unwell(judged: Judged) -> str:
    """A check of health says that the program is not well, whatever the reason."""
    here = judged.module.rpartition(".")[2]
    if here in _OF_HEALTH and records.shows_error(judged.handler) and judged.verdict.outcome == "handed-on":
        return "a check of health tells what it has found"
    if not _HEALTH.search(stakes.function_of(judged.handler)):
        return ""
    nodes = [node for node in nodes_in(judged.handler.body) if isinstance(node, (Assign, Return))]
    told = any(node.value is not None and _UNWELL.search(node.value.text.strip("\"'")) for node in nodes)
    return "a check of health says that it failed" if told else ""


def _peer_dropped(judged: Judged) -> str:
    """One of many failed: a record has the error, and it is taken out of what comes next."""
    handler = judged.handler
    over = set(handler.place.over)
    out = any(
        undoes(call) and any(over & set(arg.value.names) for arg in call.args)
        for call in calls_in(handler.body)
    )
    told = judged.verdict.outcome == "logged-text" and records.shows_error(handler)
    few = len(steps_of(judged)) <= 1
    return "what failed is left out from here on, and the log says why" if out and told and few else ""


def _put_aside(judged: Judged) -> str:
    """One of many failed: a record has the error, and the item stands in a list of those that did."""
    handler = judged.handler
    over = set(handler.place.over)
    kept = any(
        call.name.endswith((".append", ".add"))
        and not _FAILED_ONES.isdisjoint(parts(call.name.rpartition(".")[0]))
        and any(over & set(arg.value.names) for arg in call.args)
        for call in calls_in(handler.body)
    )
    told = judged.verdict.outcome == "logged-text" and records.shows_error(handler)
    few = len(steps_of(judged)) <= _FEW
    return "it is listed among those that failed, and the log says why" if kept and told and few else ""


def _drained(judged: Judged) -> str:
    """A test empties a queue until there is nothing more."""
    handler = judged.handler
    ends = len(handler.body) == 1 and isinstance(handler.body[0], Jump) and handler.body[0].kind == "break"
    takes = [parts(call.name.rpartition(".")[2])[-1:] for call in calls_in(handler.attempt)]
    drains = judged.verdict.zone == "test" and ends and takes == [("nowait",)]
    return "a test empties a queue" if drains else ""


def _exit_status(judged: Judged) -> str:
    """A command ends with a status that is not 0, and has shown the error."""
    given = [value.text for value in _given(judged)]
    failed = bool(given) and all(map(_STATUS.fullmatch, given))
    tried = nodes_in(judged.handler.attempt + judged.handler.orelse)
    normal = any(isinstance(node, Return) and node.value and node.value.text == "0" for node in tried)
    kept = judged.verdict.outcome in ("logged-text", "logged-traceback")
    shown = kept and records.shows_error(judged.handler)
    return "the exit status says that it failed, and the screen why" if failed and normal and shown else ""


REASONS = (_which_and_why, _exit_status, _peer_gone, _unwell, _peer_dropped, _put_aside, _drained)
