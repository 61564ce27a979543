"""What makes one handler better or worse than its outcome and its place? Named reasons, one step each.

Each is a small function of the judged handler that answers with words for a person, or with "". What
they have in common is written in `docs/rules.md`, under Severity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import attempts, stakes
from broadcatch.judge.answers import TELLS_FAILURE, expected
from broadcatch.judge.anyway import anyway
from broadcatch.judge.broken import breaks, same_story
from broadcatch.judge.evidence import HIDES, UNKNOWN, UNSAID, decided, evidence
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.judge.words import CATCH_EXIT
from broadcatch.lint.answered import asks
from broadcatch.lint.exits import CANCELLED, exits_caught, only_awaits_cancelled, takes_time
from broadcatch.lint.settled import skips
from broadcatch.model.flow import Assign, Body, Return
from broadcatch.model.outcome import LEAVES

_TELLS = re.compile(
    r"error|fail|invalid|unknown|unexpect|status|response|redirect|render|abort|exit", re.IGNORECASE
)
_LIKE_ANY = ("call", "number")
"""Kinds of values that are used like any other, whatever stands in the log."""
_DEFAULT = re.compile(r"default|fallback", re.IGNORECASE)
_OUTCOME = re.compile(r"^(ok|success|successful|succeeded)$")
_FAILED_EACH = re.compile(r"\b(ok|success|successful|succeeded) ?= ?False\b")
_LISTENS = frozenset("listener listen loop worker poll consumer consume".split())
_FLAGS = ({"True"}, {"False"}, {"True", "False"})
_TABLES = frozenset(
    "create_all drop_all create_table drop_table add_column drop_column run_migrations".split()
)
_MANY = 3
_LOGS = frozenset("log logs logging journal error errors traceback".split())
_EASY = frozenset({"clean-up", "import-guard", "test", "script"})


def harder(judged: Judged) -> tuple[str, ...]:
    """Why this is worse than its outcome says."""
    broken = "" if judged.verdict.outcome in HIDES else breaks(judged) or same_story(judged)
    found = (_only_its_text(judged), _money(judged), _success(judged), _in_spite_of_log(judged), broken)
    return tuple(filter(None, found))


def told_signs(judged: Judged) -> tuple[str, ...]:
    """The first of these that says something which the message does not."""
    return tuple(sign for sign in signs(judged) if sign not in (UNSAID, UNKNOWN))[:1]


def signs(judged: Judged) -> tuple[str, ...]:
    """What shows that a hidden error matters; () for one that is not hidden."""
    ends = (_exits(judged),) if judged.verdict.outcome in HIDES else ()
    return tuple(filter(None, (*evidence(judged), *ends)))


def softer(judged: Judged) -> tuple[str, ...]:
    """Why this is better than its outcome says."""
    known = expected(judged) if judged.verdict.outcome == "fallback" else ""
    found = (_closing(judged), _aside(judged), _one_failure(judged), known)
    return tuple(filter(None, found))


def _only_its_text(judged: Judged) -> str:
    """A text in a result misreports a bug as a failure of the business, and nobody has a traceback."""
    verdict = judged.verdict
    if verdict.outcome != "handed-on" or verdict.zone in _EASY or stakes.aside(judged.handler):
        return ""
    poor = any(path.text_only and path.record != "traceback" for path in verdict.paths)
    if judged.handler.place.loop or attempts.answers_alike(judged.handler):
        return ""
    if any(path.outcome in LEAVES for path in verdict.paths):
        return ""
    many = len({call.name for call in steps_of(judged)}) >= _MANY and not judged.handler.earlier
    return "only a text of whatever failed is handed on" if poor and many else ""


def _money(judged: Judged) -> str:
    """Nobody knows whether it has happened; a traceback in a log tells an engineer, not the caller."""
    moved = "" if _next_turn(judged) else stakes.money_moved(judged.handler)
    moved = "" if _told_each(judged) else moved
    return f"`{moved}` may have moved money" if moved and judged.verdict.outcome not in LEAVES else ""


def _told_each(judged: Judged) -> bool:
    """The log has the whole error, and whoever asked is told of each that it failed (`success=False`)."""
    nodes = [node for node in nodes_in(judged.handler.body) if isinstance(node, (Assign, Return))]
    told = any(node.value is not None and _FAILED_EACH.search(node.value.text) for node in nodes)
    given = (arg for call in calls_in(judged.handler.body) for arg in call.args if arg.value.kind == "false")
    told = told or any(_OUTCOME.search(arg.keyword) for arg in given)
    return judged.verdict.outcome == "logged-traceback" and told


def _next_turn(judged: Judged) -> bool:
    """A loop goes on with its next turn, and the log has the whole error of this one."""
    place, verdict = judged.handler.place, judged.verdict
    last = place.loop_last <= judged.handler.try_line and not stakes.first_that_works(judged.handler)
    return verdict.outcome == "logged-traceback" and bool(place.loop) and last and not verdict.fallback


def _success(judged: Judged) -> str:
    told = stakes.success_reported(judged.handler)
    both = {
        node.value.kind
        for node in nodes_in(judged.handler.attempt)
        if isinstance(node, Return) and node.value
    }
    decides = told == "True" and both >= {"true", "false"} and judged.verdict.outcome == "logged-traceback"
    return f"`{told}` reports success" if told and not (asks(judged) or decides) else ""


def _closing(judged: Judged) -> str:
    """Failing to close hides little. A failed save on the way out is as lost as any other."""
    handler = judged.handler
    call = stakes.only_closes(handler)
    if call:
        return f"the try body only closes: `{call}`"
    if judged.verdict.zone != "clean-up" or stakes.money_moved(handler) or stakes.write_lost(handler):
        return ""
    return "on the way out"


def _in_spite_of_log(judged: Judged) -> str:
    """A traceback in the log tells an engineer; these tell nobody that the program runs on differently."""
    if judged.verdict.outcome != "logged-traceback" or any(path.handed for path in judged.verdict.paths):
        return ""
    if judged.verdict.zone == "test" and not _exits(judged):
        return ""
    signs: tuple[Callable[[Judged], str], ...] = _IN_SPITE
    if _next_turn(judged):
        signs = _OF_A_TURN if judged.handler.place.loop == "for" else (_exits,)
    found = (reason(judged) for reason in signs)
    return next(filter(None, found), "")


def _write(judged: Judged) -> str:
    """Only where the function is there to write: elsewhere whoever reads the log knows what is missing."""
    name = stakes.kept_lost(judged.handler)
    if not stakes.saves(stakes.function_of(judged.handler)):
        return ""
    told = any(
        one.value is not None and TELLS_FAILURE.search(one.value.text)
        for one in stakes.answers(judged.handler)
    )
    told = told or any(call.name == name for call in calls_in(judged.handler.body))
    if told or judged.verdict.zone == "boundary" or not _LOGS.isdisjoint(parts(name)):
        return ""
    turn = judged.handler.place.loop and name != stakes.function_of(judged.handler)
    return "" if turn or not name else f"`{name}` may not have been written"


def _sent(judged: Judged) -> str:
    """What the handler sends in place of a result looks like one: neither the error nor a word of it."""
    tried = {call.name for call in calls_in(judged.handler.attempt) if call.direct}
    again = [call for call in calls_in(judged.handler.body) if call.direct and call.name in tried]
    own = {name for node in _assigned(judged.handler.body) for name in node.targets} | {judged.handler.bound}
    silent = (call for call in again if own.isdisjoint(name for arg in call.args for name in arg.value.names))
    given = [(call.name, arg.value) for call in silent if not attempts.is_record(call) for arg in call.args]
    plain = (
        name for name, value in given if set(value.names) in _FLAGS and not TELLS_FAILURE.search(value.text)
    )
    return next((f"what `{name}` gives then looks like any other answer" for name in plain), "")


def _access(judged: Judged) -> str:
    """Of the function itself, or of permissions: elsewhere the log tells whoever looks."""
    name = decided(judged)
    own = name == stakes.function_of(judged.handler) or "permission" in parts(name)
    return f"`{name}` is about who may do what" if name and own else ""


def _state(judged: Judged) -> str:
    """What the try body sets on `self` for others, where the handler sets something else back, and not this.

    Of a worker's loop, `worker-runs-on` tells.
    """
    function = judged.handler.place.function
    listens = _next_turn(judged) and not _LISTENS.isdisjoint(parts(stakes.function_of(judged.handler)))
    if judged.verdict.zone == "worker" or skips(judged) or listens:
        return ""
    ends = function is not None and not judged.handler.place.loop and judged.handler.try_line >= function.last
    read = {call.name.rpartition(".")[0] for call in calls_in(judged.handler.attempt)}
    read |= {arg.value.text for call in calls_in(judged.handler.attempt) for arg in call.args}
    back = {name for node in _assigned(judged.handler.body) for name in node.targets}
    names = (name for node in _assigned(judged.handler.attempt) for name in node.targets)
    left = next(
        (name for name in names if _is_attribute(name) and not (name in back or ends and name in read)), ""
    )
    reset = any(map(_is_attribute, back))
    return f"`{left}` may not have been set" if left and reset else ""


def _schema(judged: Judged) -> str:
    """The tables that what comes after works on."""
    calls = (call.name for call in calls_in(judged.handler.attempt))
    made = next((name for name in calls if name.rpartition(".")[2] in _TABLES), "")
    return f"`{made}` may not have been done" if made else ""


def _is_attribute(name: str) -> bool:
    return name.startswith("self.") and "[" not in name


def _stale(judged: Judged) -> str:
    """Of a loop: what stands in the name is of the turn before."""
    name = stakes.carried_out(judged.handler) if judged.handler.place.loop else ""
    if any(_assigned(judged.handler.body)):
        return ""  # it sets something in place, or says by it that it failed
    straight = {name for node in judged.handler.attempt if isinstance(node, Assign) for name in node.targets}
    if name not in straight:
        return ""  # a name of a loop or a branch of its own
    return (
        f"what comes after goes on without the `{name}` of this `try`" if name and not skips(judged) else ""
    )


def _marked(judged: Judged) -> str:
    """The `finally` says that it is done, whatever has happened."""
    final = judged.handler.final
    names = (
        name
        for node in _assigned(final)
        if node.value.kind not in ("false", "none", "empty")  # `self.running = False` holds either way
        for name in node.targets
    )
    called = (call.name for call in calls_in(final) if not call.name.endswith(".set"))  # so does an event
    done = next((name for name in names if name.startswith("self.")), "")
    done = done or next((name for name in called if parts(name.rpartition(".")[2])[:1] == ("set",)), "")
    return f"`{done}` in the `finally` is done all the same" if done else ""


def _exits(judged: Judged) -> str:
    """Ctrl-C and exits are no failures of the work: a record of them ends nothing.

    Those that an earlier clause of the same `try` takes do not get here.
    """
    if not takes_time(judged.handler) or only_awaits_cancelled(judged.handler):
        return ""
    wide = not judged.handler.caught or any(one.qualified in CATCH_EXIT for one in judged.handler.caught)
    return _ENDING.get(frozenset(exits_caught(judged.handler)) - {CANCELLED}, "") if wide else ""


_ENDING = {
    frozenset({"KeyboardInterrupt", "SystemExit"}): "Ctrl-C and exits end here too",
    frozenset({"KeyboardInterrupt"}): "Ctrl-C ends here too",
    frozenset({"SystemExit"}): "exits end here too",
}


def _made_up(judged: Judged) -> str:
    """A value that looks like any other answer: neither nothing, nor one that tells of a failure."""
    if judged.verdict.zone == "boundary":
        return ""
    if parts(stakes.function_of(judged.handler))[:1] == ("validate",):
        return ""
    values = [answer.value for answer in stakes.answers(judged.handler) if answer.value is not None]
    looks = (value.text for value in values if value.kind in _LIKE_ANY or _DEFAULT.search(value.text))
    made = next(looks, "")
    if stakes.kept_lost(judged.handler):
        made = made or next((value.text for value in values if value.text in _normal(judged)), "")
    return f"`{made}` looks like any other answer" if made and not _TELLS.search(made) else ""


def _normal(judged: Judged) -> set[str]:
    """The plain constants that the `try` returns where nothing fails."""
    nodes = nodes_in(judged.handler.attempt + judged.handler.orelse)
    found = (node.value for node in nodes if isinstance(node, Return))
    return {value.text for value in found if value is not None and value.kind in ("false", "none", "empty")}


_OF_A_TURN = (_write, _access, _state, _exits)
_IN_SPITE = (anyway, _sent, _write, _schema, _access, _state, _stale, _marked, _exits, _made_up)


def _assigned(body: Body) -> Iterator[Assign]:
    return (node for node in nodes_in(body) if isinstance(node, Assign))


def _aside(judged: Judged) -> str:
    """What is beside the point of the program may fail without harm, as long as it does nothing else."""
    subject = stakes.aside(judged.handler)
    stale = bool(stakes.carried_out(judged.handler)) and not skips(judged)
    counts = judged.verdict.outcome != "handed-on" and not (stale and judged.handler.place.function)
    return f"beside the point: {subject}" if subject and counts and not anyway(judged) else ""


def _one_failure(judged: Judged) -> str:
    """The class is too broad, and what it is there for is plain."""
    call = stakes.one_failure(judged.handler)
    return f"`{call}` fails in one way" if call and judged.verdict.outcome != "logged-traceback" else ""
