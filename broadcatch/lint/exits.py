"""Which exits does a clause catch, and is it one of the idioms in which that is right?

An exit asks the code to stop: KeyboardInterrupt, SystemExit, GeneratorExit, and in a coroutine the
cancellation of its task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.flow.ways import Knows
from broadcatch.judge.attempts import is_conversion
from broadcatch.judge.boundaries import runs_apart
from broadcatch.judge.lexicon import parts
from broadcatch.judge.meaning import ConfiguredMeaning
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.flow import Assign, Body, Call, Caught, Evaluate, Loop, Return, With
from broadcatch.model.outcome import Path

CANCELLED = "CancelledError"
_NAMES = {
    "builtins.KeyboardInterrupt": "KeyboardInterrupt",
    "builtins.SystemExit": "SystemExit",
    "builtins.GeneratorExit": "GeneratorExit",
}
# concurrent.futures.CancelledError is an ordinary Exception since Python 3.8: it tells of another's work.
_CANCELLATIONS = frozenset(
    {
        "asyncio.CancelledError",
        "asyncio.exceptions.CancelledError",
        "anyio.get_cancelled_exc_class()",
        "trio.Cancelled",
    }
)
_EXITING = frozenset(
    {
        "parse_args",
        "parse_known_args",
        "parse_intermixed_args",
        "main",
        "cli",
        "invoke",
        "run_module",
        "run_path",
        "exec",
        "exec_module",
        "execfile",
        "call_command",
        "execute_from_command_line",
    }
)


_RUNS = re.compile(
    r"^_*(async_)?(run|main|serve|work|poll|listen|watch|consume|monitor)(_|$)|_(loop|task|worker|forever|main)$"
)
"""Names of functions that are run as a task, so that nobody goes on with what they give."""
_FEW = 2
_STOPS = frozenset("cancel interrupt stop kill terminate shutdown".split())


def swallows_all(handler: Handler) -> bool:
    """Whether the clause is bare or names BaseException."""
    return handler.bare or any(one.qualified == "builtins.BaseException" for one in handler.caught)


def exits_caught(handler: Handler) -> tuple[str, ...]:
    """The exits that end up in this clause; those that an earlier clause takes are not among them."""
    is_async = handler.place.is_async
    if not swallows_all(handler):
        return tuple(dict.fromkeys(_named(handler.caught, is_async)))
    taken = {name for clause in handler.earlier for name in _taken(clause.caught, is_async)}
    if is_async and CANCELLED in taken:
        return ()  # the event loop turns Ctrl-C into a cancellation too
    every = ("KeyboardInterrupt", "SystemExit", *((CANCELLED,) if is_async else ()))
    return tuple(name for name in every if name not in taken)


def is_idiom(name: str, judged: Judged, config: Config) -> bool:
    """Whether catching this one exit, named in the clause, is how it is meant to be handled here."""
    handler, verdict = judged.handler, judged.verdict
    if verdict.zone == "test":
        return True
    if name == "KeyboardInterrupt":
        return verdict.zone == "boundary" or not handler.place.scopes
    if name == "SystemExit":
        return any(_exits(handler.attempt, config)) or _uses_error(handler)
    if name == "GeneratorExit":
        return not goes_round(judged) and not _yields(handler.body)
    return awaits_cancelled(handler) or not _may_wait(handler.attempt)


def takes_time(handler: Handler) -> bool:
    """Whether the `try` calls more than conversions: nobody can press Ctrl-C while a value is looked up.

    Of a function that is called with an error (`__exit__`) nothing is known.
    """
    attempt = handler.attempt
    return not attempt or _may_wait(attempt) or not all(map(is_conversion, calls_in(attempt)))


def only_awaits_cancelled(handler: Handler) -> bool:
    """Whether all that the `try` does is to wait for what the same function has cancelled."""
    calls = [call for call in calls_in(handler.attempt) if not _stops(call)]
    waits = all(call.awaited or not call.direct for call in calls)
    return waits and len(handler.attempt) <= _FEW and awaits_cancelled(handler)


def goes_round(judged: Judged) -> bool:
    """Whether a loop around the handler takes its next turn on some path that keeps the error."""
    return bool(judged.handler.place.loop) and not all(map(_ends, judged.verdict.paths))


def is_obeyed(names: tuple[str, ...], judged: Judged, facts: FileFacts) -> bool:
    """Whether the clause, in which these exits end, does what they ask for in another way.

    It makes the condition of its loop end it, hands Ctrl-C on to what it runs, or is the end of a task.
    """
    handler = judged.handler
    if _ends_condition(handler):
        return True
    if CANCELLED in names:
        if names == (CANCELLED,) and (_ends_asleep(judged) or _ends_run(judged)):
            return True
        ended = handler.place.function is not None and handler.place.function.last <= handler.try_line
        return ended and runs_apart(handler, facts) and not goes_round(judged)
    return "KeyboardInterrupt" in names and any(map(_stops, calls_in(handler.body)))


def _ends_asleep(judged: Judged) -> bool:
    """Whether a loop that was cancelled while it only slept ends the function, as it was asked to."""
    handler = judged.handler
    calls = list(calls_in(handler.attempt))
    sleeps = bool(calls) and all(call.awaited and call.name.rpartition(".")[2] == "sleep" for call in calls)
    ends = len(handler.body) == 1 and isinstance(handler.body[0], Return)
    return sleeps and ends and handler.place.loop in ("while", "endless")


def _ends_run(judged: Judged) -> bool:
    """Whether what is named as a task's own function ends at once where it is cancelled."""
    handler, function = judged.handler, judged.handler.place.function
    if function is None or handler.place.loop or any(path.value for path in judged.verdict.paths):
        return False
    alone = all(CANCELLED in (one.qualified or one.name) for one in handler.caught)
    return alone and bool(_RUNS.search(function.name)) and function.last <= handler.try_line


def _ends_condition(handler: Handler) -> bool:
    """Whether the handler sets what the `while` around it asks: `running = False`, `self.stopped.set()`."""
    asked = set(handler.place.over) if handler.place.loop == "while" else set()
    events = {*asked, *(name.rpartition(".")[0] for name in asked)} - {"", "self", "cls"}
    assigned = {name for node in nodes_in(handler.body) if isinstance(node, Assign) for name in node.targets}
    called = (call.name.rpartition(".") for call in calls_in(handler.body))
    return bool(asked & assigned) or any(
        one in events and last in ("set", "clear") for one, _, last in called
    )


def _stops(call: Call) -> bool:
    return bool(call.name) and not _STOPS.isdisjoint(parts(call.name.rpartition(".")[2])[:1])


def awaits_cancelled(handler: Handler) -> bool:
    """Whether the try awaits, by name, something that this function has cancelled."""
    names = [call.name for call in calls_in(handler.attempt)]
    inside = (name.removesuffix(".cancel") for name in names if name.endswith(".cancel"))
    cancelled = [_stem(name) for name in (*handler.cancelled, *inside)]
    awaited = [_stem(name) for name in _awaited(handler.attempt)]
    return any(one.startswith(other) or other.startswith(one) for one in cancelled for other in awaited)


def _named(caught: tuple[Caught, ...], is_async: bool) -> Iterator[str]:
    for one in caught:
        if one.qualified in _NAMES:
            yield _NAMES[one.qualified]
        elif is_async and one.qualified in _CANCELLATIONS:
            yield CANCELLED


def _taken(caught: tuple[Caught, ...], is_async: bool) -> Iterator[str]:
    if any(one.qualified == "builtins.BaseException" for one in caught):
        yield from ("KeyboardInterrupt", "SystemExit", CANCELLED)
    yield from _named(caught, is_async)


def _ends(path: Path) -> bool:
    last = path.steps[-1].text if path.steps else ""
    return last.startswith(("return", "break", "raise")) or path.outcome == "exits"


def _exits(attempt: Body, config: Config) -> Iterator[bool]:
    meaning, nothing = ConfiguredMeaning(config), Knows(frozenset())
    for call in calls_in(attempt):
        yield call.name.rpartition(".")[2] in _EXITING or meaning.act(call, nothing) == "exit"


def _uses_error(handler: Handler) -> bool:
    """Whether the exit's status goes anywhere: `stop(error.code)`, `return error.code`."""
    values = [getattr(node, "value", None) for node in nodes_in(handler.body)]
    values += [arg.value for call in calls_in(handler.body) for arg in call.args]
    return any(value is not None and handler.bound in value.names for value in values)


def _yields(body: Body) -> bool:
    return any(isinstance(node, Evaluate) and node.kind == "yield" for node in nodes_in(body))


def _may_wait(attempt: Body) -> bool:
    """Whether a cancellation of this very task can arrive here; else it is another's (`task.result()`)."""
    if any(call.awaited for call in calls_in(attempt)) or any(map(bool, _awaited(attempt))):
        return True
    return any(isinstance(node, (With, Loop)) and node.is_async for node in nodes_in(attempt))


def _awaited(attempt: Body) -> Iterator[str]:
    for node in nodes_in(attempt):
        if isinstance(node, (Evaluate, Assign, Return)) and node.value is not None:
            if node.value.kind == "call" and not node.calls:  # `await name`
                yield node.value.text.removeprefix("await ")
    for call in calls_in(attempt):
        if call.awaited:
            yield from (arg.value.text for arg in call.args)
            yield call.name.rpartition(".")[0]


def _stem(name: str) -> str:
    """`self._tasks[]` and `tasks` may be the same things, `task` one of them."""
    return name.removesuffix("[]").rpartition(".")[2].lstrip("_") or "?"
