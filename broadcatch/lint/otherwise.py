"""Which handlers come to the same end in another way? Further reasons for a note.

As in `settled`, each is a small function of the judged handler that answers with words, or with "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import attempts, records, stakes
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Body, Branch, Call, Evaluate, Noop, Return, Value

_FEW = 2
_HIDDEN = ("dropped", "fallback", "logged-text")
_NOT_INPUT = frozenset("self cls str repr type int len list dict set".split())
_LEFT_OUT = re.compile(
    r"\b((will be|is|was|are|being) (skipped|ignored|omitted|left out)"
    r"|skipping|ignoring|using|legacy|default)\b",
    re.IGNORECASE,
)
_GETS = frozenset({"get", "getattr", "pop", "getenv"})


def _worked_out(judged: Judged) -> str:
    """The same name, or the answer, is made from the same input by a simpler way."""
    handler = judged.handler
    if judged.verdict.outcome not in _HIDDEN or not _few(judged) or _grave(judged):
        return ""
    given = set(_inputs(handler.body)) & set(_inputs(handler.attempt)) - {handler.bound}
    made = [value for value in _results(handler.body) if value.kind in ("call", "other")]
    return "it is worked out in another way" if made and given and _same_end(judged) else ""


def _same_end(judged: Judged) -> bool:
    """Whether the handler returns where the `try` returns, or sets the very names that the `try` sets."""
    tried, handled = nodes_in(judged.handler.attempt), list(nodes_in(judged.handler.body))
    ends = {type(node) for node in handled}
    wanted = {name for node in handled if isinstance(node, Assign) for name in node.targets}
    known = {name for node in tried if isinstance(node, Assign) for name in node.targets}
    if Return in ends:
        return any(isinstance(node, Return) for node in nodes_in(judged.handler.attempt))
    return bool(known) and known <= wanted


def _results(body: Body) -> Iterator[Value]:
    for node in nodes_in(body):
        if isinstance(node, (Assign, Return)) and node.value is not None:
            yield node.value


def _inputs(body: Body) -> Iterator[str]:
    """The names that a body reads and does not bind itself."""
    bound = {name for node in nodes_in(body) if isinstance(node, Assign) for name in node.targets}
    names = [name for value in _results(body) for name in value.names]
    work = (call for call in calls_in(body) if not attempts.is_record(call))
    names += [name for call in work for arg in call.args for name in arg.value.names]
    return (name for name in names if name not in bound and name not in _NOT_INPUT and name[:1].islower())


def _as_its_default(judged: Judged) -> str:
    """`options.get("deep", False)` failed, and False stands for it: what stands where nothing is said."""
    given = {value.text for value in _results(judged.handler.body)}
    defaults = {call.args[-1].value.text for call in calls_in(judged.handler.attempt) if _has_default(call)}
    few = len(steps_of(judged)) <= _FEW and not _grave(judged)
    return "it is what stands there where nothing is said" if given and few and given <= defaults else ""


def _has_default(call: Call) -> bool:
    return call.name.rpartition(".")[2] in _GETS and len(call.args) >= _FEW


def _one_look_up(judged: Judged) -> str:
    """`name = values["name"]` calls nothing: all that can fail is that it is not there."""
    nodes = [node for node in judged.handler.attempt if not isinstance(node, Noop)]
    one = nodes[0] if len(nodes) == 1 else None
    if not isinstance(one, (Assign, Return)) or one.value is None or one.calls or "[" not in one.value.text:
        return ""
    given = list(_results(judged.handler.body))
    counted = any(value.kind in ("number", "true") for value in given)
    told = given or judged.verdict.outcome == "logged-text"
    stored = isinstance(one, Assign) and any("." in name or "[" in name for name in one.targets)
    plain = told and not counted and not stored and not stakes.grave_subject(judged.handler)
    return "one look-up, and something stands for what is not there" if plain else ""


def _not_there(judged: Judged) -> str:
    """`if books[author][year] == isbn: return True` calls nothing: what is not there is not equal."""
    handler = judged.handler
    nodes = [node for node in nodes_in(handler.attempt) if not isinstance(node, Noop)]
    tests = [node.test.text for node in nodes if isinstance(node, Branch)]
    plain = all(isinstance(node, (Branch, Return)) for node in nodes) and not any(calls_in(handler.attempt))
    no = {value.kind for value in _results(handler.body)} == {"false"}
    found = plain and no and any("[" in text for text in tests) and not stakes.grave_subject(handler)
    return "what is not there is not equal" if found else ""


def _stands_in(judged: Judged) -> str:
    """`found.append(Unknown(item))`: another value takes its place among the others, made of the same."""
    tried, handled = _added(judged.handler.attempt), _added(judged.handler.body)
    if tried is None or handled is None or tried.name != handled.name or not _few(judged):
        return ""
    names = [{name for arg in call.args for name in arg.value.names} for call in (tried, handled)]
    made = any(arg.value.kind == "call" for arg in handled.args)
    same = names[0] & names[1] - {"self"}
    return "another value stands for it, made of the same" if made and same else ""


def _added(body: Body) -> Call | None:
    """The call by which a body, at its end, adds something to a container."""
    last = body[-1] if body else None
    call = last.calls[-1] if isinstance(last, Evaluate) and last.calls else None
    adds = call is not None and call.direct and call.name.endswith((".append", ".add"))
    return call if adds else None


def _announced(judged: Judged) -> str:
    """One value was no good, and a loud record says which, and what is done about it."""
    handler = judged.handler
    said = [call for call in records.records(handler) if records.is_loud(call)]
    names = {name for call in said for arg in call.args for name in arg.value.names} - {"self"}
    meant = any(_LEFT_OUT.search(arg.value.text) for call in said for arg in call.args)
    one = judged.verdict.outcome == "logged-text" and len(steps_of(judged)) <= 1 and not _grave(judged)
    return "the log says which, and what is done instead" if one and names and meant else ""


def _next_asked(judged: Judged) -> str:
    """One of several that are asked in turn for the same: where it has nothing, the next one is asked."""
    given = [one.value for one in stakes.answers(judged.handler)]
    nothing = bool(given) and all(one is None or one.kind in ("none", "false", "empty") for one in given)
    plain = judged.verdict.outcome in ("fallback", "dropped", "logged-text") and not _grave(judged)
    asked = judged.handler.next_asked and nothing and plain
    return "it has no answer, and the next one is asked for it" if asked else ""


def _few(judged: Judged) -> bool:
    """Whether a step or two were tried: in more, a mistake of the code takes the other way unseen."""
    return len({call.name for call in steps_of(judged)}) <= _FEW


def _grave(judged: Judged) -> bool:
    handler = judged.handler
    before = nodes_in(handler.attempt[:-1])
    state = any("." in name for node in before if isinstance(node, Assign) for name in node.targets)
    waits = attempts.asks_several(handler)
    return state or waits or bool(stakes.grave_subject(handler) or stakes.kept_call(handler))


def _imported_and_used(judged: Judged) -> str:
    """An optional part is imported, and put where such parts are kept: `parts.append(Fast)`."""
    body = [node for node in judged.handler.attempt if not isinstance(node, Noop)]
    imports = len(body) < len(judged.handler.attempt) and isinstance(judged.handler.attempt[0], Noop)
    imports = imports and judged.handler.attempt[0].kind == "import"  # type: ignore[union-attr]
    kept = len(body) == 1 and isinstance(body[0], Evaluate) and len(body[0].calls) == 1
    adds = kept and body[0].calls[0].name.endswith((".append", ".add"))  # type: ignore[union-attr]
    return "an optional part could not be imported" if imports and adds else ""


REASONS = (
    _worked_out,
    _as_its_default,
    _one_look_up,
    _not_there,
    _stands_in,
    _announced,
    _next_asked,
    _imported_and_used,
)
