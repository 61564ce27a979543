"""Which broad handlers would a reviewer accept as they are? Named reasons; each makes a note of a finding.

What they have in common is written in `docs/rules.md`, under Severity.
"""

from __future__ import annotations

import re

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import attempts, records, stakes
from broadcatch.judge.broken import breaks
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.lint import deliberate, foreseen, otherwise, told
from broadcatch.lint.answered import probe
from broadcatch.model.flow import Assign, Jump, Return, Value
from broadcatch.model.outcome import LEAVES

_TOLD = re.compile(r"\bFalse\b|\b[45]\d\d\b|error|invalid|not found|unknown", re.IGNORECASE)
_FAILED = re.compile(
    r"^\w+\.(\w+\.)*(NOT|UN|NO|DIS)?_?[A-Z_]*(NOT|FAIL|ERROR|UNAVAIL|OFFLINE|DISCONN|INVALID|UNREACH|UNKNOWN)[A-Z_]*$"
)
_FEW = 2
_KEPT = ("logged-text", "logged-traceback")
_MEASURING = frozenset(
    "telemetry analytics statsd sentry instrumentation observability profile profiler".split()
)
_QUIET_ASIDE = frozenset({"telemetry", "presentation", "caches", "descriptions", "versions"})


def settled(judged: Judged) -> str:
    """Why nothing is hidden here at all, whatever the outcome: such a handler is a note."""
    if breaks(judged):
        return ""
    if stakes.money_moved(judged.handler) or stakes.success_reported(judged.handler):
        return _tried_again(judged) or probe(judged) or told.reconciled(judged)
    found = (reason(judged) for reason in _REASONS)
    return next(filter(None, found), "")


def _tried_again(judged: Judged) -> str:
    """The last failure of a retry leaves: no error is lost."""
    ways = {path.outcome in LEAVES for path in judged.verdict.paths}
    itself = any(call.name == stakes.function_of(judged.handler) for call in calls_in(judged.handler.body))
    again = (itself or stakes.first_that_works(judged.handler)) and ways == {True, False}
    return "tried again, and the last failure leaves" if again else ""


def _polled(judged: Judged) -> str:
    """It waits until something works, as long as the loop's own condition says."""
    place = judged.handler.place
    sleeps = any(call.name.rpartition(".")[2] == "sleep" for call in calls_in(judged.handler.body))
    bounded = place.loop in ("for", "while")
    return "tried again for a bounded time" if bounded and sleeps and _first(judged) else ""


def _first(judged: Judged) -> bool:
    return stakes.first_that_works(judged.handler)


def _read(judged: Judged) -> str:
    """A look-up or a conversion fails in a way that is foreseen, and what is given instead says so."""
    handler = judged.handler
    if not attempts.reads_only(handler):
        return ""
    if judged.verdict.outcome in _KEPT:
        return "one value could not be read"
    given = list(_given(judged))
    neutral = all(_is_neutral(value, judged) for value in given) if given else _stays(judged)
    return "one value could not be read, and a neutral one stands for it" if neutral else ""


def _given(judged: Judged) -> list[Value]:
    """The values that the handler returns or assigns to plain names."""
    nodes = [node for node in judged.handler.body if isinstance(node, (Assign, Return))]
    return [node.value for node in nodes if node.value is not None]


def _is_neutral(value: Value, judged: Judged) -> bool:
    """Nothing, a part of what was to be read, or an answer that tells the asker so."""
    if value.kind == "empty":
        return value.text in ('""', "''") or not attempts.reads_document(judged.handler)
    if value.kind in ("none", "false"):
        return True
    if not value.names:
        return value.kind in ("text", "literal", "other") and bool(_TOLD.search(value.text))
    tried = (getattr(node, "value", None) for node in judged.handler.attempt)
    return any(one is not None and value.text in one.text for one in tried)


def _stays(judged: Judged) -> bool:
    """Whether a name that the try body makes anew from itself stays as it was."""
    nodes = [node for node in judged.handler.attempt if isinstance(node, Assign)]
    return bool(nodes) and all(set(node.targets) & set(node.value.names) for node in nodes)


def _closing(judged: Judged) -> str:
    """A single thing could not be closed: whoever goes away does not need it any more."""
    call = stakes.only_closes(judged.handler)
    return f"the try body only closes: `{call}`" if call and len(judged.handler.attempt) == 1 else ""


def _aside(judged: Judged) -> str:
    """Telemetry, caches and texts for people must not stop the program."""
    handler = judged.handler
    if stakes.carried_out(handler) and not skips(judged):
        return ""
    names = [call.qualified or call.name for call in attempts.steps(handler)]
    here = _MEASURING.intersection(parts(judged.module.rpartition(".")[2]))
    told = here or (names and all(_MEASURING.intersection(parts(name)) for name in names))
    subject = "telemetry" if told else stakes.aside(handler) or stakes.from_cache(handler)
    return f"beside the point: {subject}" if subject in _QUIET_ASIDE else ""


def skips(judged: Judged) -> bool:
    """Whether the handler leaves what comes after it out."""
    ends = (path.steps[-1].text if path.steps else "" for path in judged.verdict.paths)
    return all(text.startswith(("continue", "return", "break", "raise")) for text in ends)


def _another_way(judged: Judged) -> str:
    """The handler does the same again in another way: what is really wrong fails there once more."""
    again = attempts.repeated(judged.handler)
    return f"`{again}` is tried again by the handler" if again else ""


def _one_step(judged: Judged) -> str:
    """One or two steps outside of the project failed, the log says which and why, and the result shows it."""
    handler, made = judged.handler, attempts.steps(judged.handler)
    told = judged.verdict.outcome == "logged-text" and records.tells_well(handler)
    few = 0 < len(made) <= _FEW and not attempts.asks_several(handler)
    if not told or not few or _changes(judged) or not _differs(judged):
        return ""
    own = any(attempts.is_own(call, judged.module) for call in made)
    return "" if own else "one step outside, and the log says which and why"


def _outside(judged: Judged) -> str:
    """Something was looked up in what others give, and nothing stands for it."""
    if judged.verdict.zone == "boundary" or _changes(judged):
        return ""
    neutral = judged.verdict.outcome in ("dropped", "fallback") and _differs(judged)
    one = neutral and attempts.reads_outside(judged.handler, judged.module)
    return "one look-up outside, and nothing stands for what is not there" if one else ""


def _only_asked(judged: Judged) -> str:
    """What comes after only asks whether there is anything, and that there is not is an answer."""
    handler, given = judged.handler, list(_given(judged))
    names = {name for node in handler.attempt if isinstance(node, Assign) for name in node.targets}
    few = len(attempts.steps(handler)) <= _FEW and not _changes(judged)
    asked = bool(names) and names <= set(handler.asked)
    return (
        "only whether there is a value is asked after"
        if asked and few and all(map(_is_nothing, given))
        else ""
    )


def _degrades(judged: Judged) -> str:
    """Somebody has thought of the failure: the log has the error, and says what is done in its place."""
    handler = judged.handler
    told = judged.verdict.outcome == "logged-text" and records.shows_error(handler)
    kept = told or judged.verdict.outcome == "logged-traceback" or _names_value(judged)
    again = any(one.value is not None and one.value.kind == "call" for one in stakes.answers(handler))
    says = records.says_instead(handler) or _names_value(judged)
    meant = kept and says and (again or not stakes.grave_subject(handler))
    return "the log says what is done instead" if meant else ""


def _names_value(judged: Judged) -> bool:
    """Whether one or two steps failed, and a loud record has the constant that is used instead."""
    handler = judged.handler
    loud = judged.verdict.outcome == "logged-text" and any(map(records.is_loud, records.records(handler)))
    fixed = any(isinstance(node, Assign) and not node.value.names for node in handler.body)
    return loud and fixed and len(steps_of(judged)) <= _FEW and records.names_instead(handler)


def _says_so(judged: Judged) -> str:
    """A constant whose name tells of the failure is the answer: `Status.NOT_CONNECTED`."""
    given = [one.value for one in stakes.answers(judged.handler)]
    told = bool(given) and all(one is not None and _FAILED.search(one.text) for one in given)
    made = attempts.steps(judged.handler)
    own = any(attempts.is_own(call, judged.module) for call in made)
    few = bool(made) and (len(made) <= _FEW or not own) and not _changes(judged)
    return f"`{judged.verdict.fallback}` says that it failed" if told and few else ""


def _one_item(judged: Judged) -> str:
    """One turn of a loop is left out, and the log says which and why."""
    handler = judged.handler
    told = judged.verdict.outcome == "logged-text" and records.shows_error(handler)
    if not told or not handler.place.loop or not records.names_item(handler) or _changes(judged):
        return ""
    many = len(attempts.steps(handler)) > _FEW
    own = any(
        attempts.is_own(call, judged.module) for call in attempts.steps(handler) if call.head != "import"
    )
    return "" if own and many else "one item of a loop, and the log says which and why"


def _on_screen(judged: Judged) -> str:
    """Whoever runs a command reads what failed and why, and nobody else has to."""
    handler = judged.handler
    shown = list(records.records(handler))
    screen = bool(shown) and all(map(records.is_on_screen, shown))
    told = judged.verdict.outcome == "logged-text" and records.tells_well(handler)
    ends = skips(judged) or _is_last(judged)
    which = records.names_subject(handler) or (deliberate.is_command(judged) and ends)
    return "the screen says which and why" if told and screen and which else ""


def _is_last(judged: Judged) -> bool:
    """Whether nothing comes after the `try`."""
    place = judged.handler.place
    return place.function is not None and not place.loop and place.function.last <= judged.handler.try_line


def _changes(judged: Judged) -> bool:
    """Whether something is written, or state is set, before the failure."""
    handler = judged.handler
    state = any(
        "." in name for node in nodes_in(handler.attempt) if isinstance(node, Assign) for name in node.targets
    )
    return state or bool(stakes.write_lost(handler) or stakes.grave_subject(handler))


def _differs(judged: Judged) -> bool:
    """Whether no path ends with a value that looks like a result: it has nothing, or the turn is left out."""
    last = [node for node in nodes_in(judged.handler.body) if isinstance(node, (Return, Jump, Assign))]
    nothing = all(isinstance(node, Jump) or node.value is None or _is_nothing(node.value) for node in last)
    return nothing and (skips(judged) or not stakes.carried_out(judged.handler))


def _is_nothing(value: Value | None) -> bool:
    if value is None:
        return False
    told = value.kind == "literal" and bool(_TOLD.search(value.text))
    return told or value.kind in ("none", "false", "empty")


_REASONS = (
    _tried_again,
    _polled,
    probe,
    _read,
    _closing,
    _aside,
    _another_way,
    _one_step,
    _one_item,
    _outside,
    _only_asked,
    _says_so,
    _degrades,
    _on_screen,
    *foreseen.REASONS,
    *told.REASONS,
    *deliberate.REASONS,
    *otherwise.REASONS,
)
