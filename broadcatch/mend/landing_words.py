"""How is it said where an exception lands? A line for each group of classes that land alike."""

from __future__ import annotations

from broadcatch.model.escaping import Landed, Landing
from broadcatch.model.outcome import Outcome

ANYTHING = "Exception"
"""Stands for whatever else may come."""
SHOWN_TYPES = 4
SHOWN_ENDS = 3
_ORDER = ("handler", "suppressed", "finally", "entry", "module", "passed", "nobody", "test", "possible")
_SHORT: dict[Outcome, str] = {
    "dropped": "dropped",
    "logged-text": "logged without its traceback",
    "logged-traceback": "logged",
    "handed-on": "handed on",
    "exits": "the program exits",
    "translated": "another error takes its place",
    "chained": "another error is raised from it",
    "reraised": "raised again",
}


def ends_words(group: Landed) -> str:
    """`KeyError → Worker.run (app/worker.py:40): logged, the loop goes on`; the nearest ends first."""
    told = [end for end in group.landings if end.kind not in ("test", "possible")]
    ends = sorted(told, key=lambda end: (not end.lost, _ORDER.index(end.kind)))
    words = list(dict.fromkeys(_end(end) for end in ends))
    shown = words[:SHOWN_ENDS]
    if len(words) > len(shown):
        shown.append(f"{len(words) - len(shown)} more places")
    return f"{_types(group)} → {'; '.join(shown) or _unseen(group)}"


def lost_words(group: Landed, end: Landing) -> str:
    """Why a rewrite is not made: which exception would end where nobody hears of it."""
    return f"escapes into nothing: {_types(group)} → {_end(end)}; --allow-escape makes it all the same"


def waiting_words(group: Landed, end: Landing) -> str:
    """A clause of a caller that waits for what no longer comes."""
    caught = ", ".join(end.caught)
    return f"{_types(group)} no longer reaches {_place(end)}: `except {caught}` there waits for it"


def _types(group: Landed) -> str:
    names = [_name(one) for one in group.types]
    more = [f"{len(names) - SHOWN_TYPES} more"] if len(names) > SHOWN_TYPES else []
    return ", ".join([*names[:SHOWN_TYPES], *more])


def _name(type_: str) -> str:
    return "anything else" if type_ == ANYTHING else type_.rpartition(".")[2]


def _place(end: Landing) -> str:
    where = f"{end.path}:{end.line}"
    return f"{end.function} ({where})" if end.function else where


def _end(end: Landing) -> str:
    if end.lost:
        return f"{_place(end)}: {end.lost}"
    if end.kind == "handler":
        doubt = "" if end.sure else ", if it is of that class"
        return f"{_place(end)}: {_handled(end)}{doubt}"
    if end.kind == "suppressed":
        return f"{_place(end)}: suppressed"
    if end.kind == "entry":
        return f"{_place(end)}, {_outside(end.detail)}"
    if end.kind == "passed":
        return f"whoever calls it from {_place(end)}, where it is {end.detail}"
    if end.kind == "nobody":
        return f"out of {_place(end)}: {end.detail}"
    return f"{_place(end)}: {end.detail}"


def _handled(end: Landing) -> str:
    said = _SHORT.get(end.outcome) if end.outcome else None
    words = said or end.words or "caught"
    return f"{words}, the loop goes on" if end.loop else words


def _outside(detail: str) -> str:
    """What becomes of an error that a framework, a runtime or a person is given."""
    if detail.startswith("@") and any(f".{one} on " in detail for one in _METHODS):
        return f"{detail}: a route, which answers 500"
    if "__main__" in detail or detail.startswith("function "):
        return f"{detail}: the program ends with its traceback"
    return f"{detail}: the framework gets it"


_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "route", "websocket")


def _unseen(group: Landed) -> str:
    if any(end.kind == "test" for end in group.landings):
        return "only tests call it"
    return "no caller is known for certain"
