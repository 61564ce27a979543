"""What does a try body do that matters when it fails? Told from the names around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.lexicon import (
    MONEY_MOVES,
    ONE_FAILURE,
    RUNS_CODE,
    STAKES,
    TELEMETRY,
    VERBS,
    WRITE_RECEIVERS,
    WRITES,
    is_about_showing,
    parts,
    subject_of,
    writes,
)
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Branch, Call, Evaluate, Jump, Node, Noop, Raise, Return, With

_SHOWS = frozenset("debug info warn warning error critical fatal exception log print echo".split())
_SUCCESS = re.compile(
    r"""\b(ok|success|succeeded|done|completed?)["']?\s*[=:]\s*True\b|["'](ok|success|completed|done)["'](?!\s*[:\]])""",
    re.IGNORECASE,
)
_CLOSES = frozenset(
    "close aclose shutdown disconnect terminate kill unlink rmtree rollback release cleanup stop "
    "dispose cancel join detach unregister unsubscribe collect teardown finalize quit trim".split()
)
_EMPTIED = frozenset("up tmp temp tempfile tempfiles dir directory folder file files cache workspace".split())
"""What is cleaned by being emptied; a form that is cleaned (`full_clean`) is checked."""
_READS = frozenset("parse read load decode get fetch validate check format int str float len".split())
_CHECKS = frozenset({"authentication", "permissions", "credentials", "signatures"})
_FORGETS = frozenset({"clear", "invalidate", "evict", "reset"})
_ASIDE = tuple("telemetry notifications presentation plugins hooks descriptions versions caches".split())


def working_calls(handler: Handler) -> Iterator[Call]:
    """The named calls of the try body that do more than show a text."""
    for call in calls_in(handler.attempt):
        if call.name and call.name.rpartition(".")[2] not in _SHOWS:
            yield call


def function_of(handler: Handler) -> str:
    """The name of the innermost function, "" outside of one."""
    function = handler.place.function
    return function.name if function else ""


def names_at_work(handler: Handler) -> Iterator[str]:
    """The called methods and functions of the try body, then the function that it stands in."""
    yield from (call.name.rpartition(".")[2] for call in working_calls(handler))
    if function_of(handler):
        yield function_of(handler)


def money_moved(handler: Handler) -> str:
    """What may have moved money before it failed (`place_order`, `pay_invoice`); "" for nothing."""
    calls = [parts(call.name.rpartition(".")[2]) for call in working_calls(handler)]
    only_reads = bool(calls) and all(words[:1] and words[0] in _READS for words in calls)
    for name in names_at_work(handler):
        words = parts(name)
        if name == function_of(handler) and only_reads:
            continue
        about_money = subject_of("money", words[1:])[1] or words[:1] == ("pay",)
        if words and words[0] in MONEY_MOVES and about_money and not is_about_showing(words):
            return name
    return ""


def write_lost(handler: Handler) -> str:
    """What writes to a store, a file or a queue here; "" for nothing."""
    for call in working_calls(handler):
        receiver, _, method = call.name.rpartition(".")
        stored = not WRITE_RECEIVERS.isdisjoint(parts(receiver))
        if writes(parts(method), stored) and not _gives_text(call):
            return call.name
    return _own_write(handler)


def _own_write(handler: Handler) -> str:
    """The function around the handler, where its name begins with a verb of writing."""
    words = parts(function_of(handler))
    own = len(words) > 1 and words[0] in VERBS and writes(words)
    return function_of(handler) if own else ""


def kept_lost(handler: Handler) -> str:
    """What surely writes to something that is kept: by its verb (`save`), or by what it is called on."""
    call = kept_call(handler)
    if call is not None:
        return call.name
    return _own_write(handler) if saves(function_of(handler)) else ""


def kept_call(handler: Handler) -> Call | None:
    """The same of what the try body calls, None for nothing; a record of the work is none."""
    for call in working_calls(handler):
        receiver, _, method = call.name.rpartition(".")
        stored = WRITE_RECEIVERS.intersection(parts(receiver)) and writes(parts(method), True)
        if stored or (saves(method) and not _gives_text(call)):
            return call
    return None


def written_otherwise(handler: Handler) -> bool:
    """Whether the handler itself writes, in another way: it is not lost then."""
    names = (call.name.rpartition(".") for call in calls_in(handler.body) if call.direct or call.awaited)
    screens = {"stdout", "stderr", "out"}
    return any(
        ("write" in parts(method) or saves(method)) and not screens & set(receiver.split("."))
        for receiver, _, method in names
    )


def _gives_text(call: Call) -> bool:
    """`flush` of something that is neither a store nor one's own, `dump_json`: these give what they hold."""
    receiver, _, method = call.name.rpartition(".")
    own = receiver in ("self", "cls") or not WRITE_RECEIVERS.isdisjoint(parts(receiver))
    return (method == "flush" and not own) or (method.startswith("dump_") and not own)


def saves(name: str) -> bool:
    """Whether a name is that of saving: `save_order`, `persist`."""
    words = parts(name)
    return not WRITES.isdisjoint(words) and writes(words)


def grave_subject(handler: Handler, dropped: frozenset[str] = frozenset()) -> str:
    """The name that tells of money, access, state or acknowledgements, by words not `dropped`; or ""."""
    for name in names_at_work(handler):
        words = parts(name)
        if not is_about_showing(words):
            if any(
                subject_of(stake, words, dropped)[1]
                for stake in ("money", "access", "state", "acknowledgement")
            ):
                return name
    return ""


def access(handler: Handler) -> str:
    """The name that tells that it is decided here who may do what; "" for none."""
    found = (name for name in names_at_work(handler) if subject_of("access", parts(name))[0] in _CHECKS)
    return next(found, "")


def aside(handler: Handler) -> str:
    """What the work is beside the point of the program: telemetry, notifications, caches…; "" for none.

    Told by the function's name, by all calls of the try body, or (outside of functions) by all names
    that it assigns. Nothing is aside that is about money, access, state or acknowledgements.
    """
    if grave_subject(handler):
        return ""
    calls = [call.name.rpartition(".")[2] for call in working_calls(handler)]
    function = function_of(handler)
    targets = [] if function else [name for node in _assigned(handler.attempt) for name in node.targets]
    told = _all_aside([function]) if function else _all_aside(targets)
    return told or ("" if write_lost(handler) else _all_aside(calls))


def from_cache(handler: Handler) -> str:
    """ "caches", where all that the try body does is to read what was cached; "" otherwise."""
    names = [name for node in _assigned(handler.attempt) for name in node.targets]
    asked = [call.name.rpartition(".")[0] for call in working_calls(handler)]
    simple = len(names) == len(handler.attempt) == 1 and not grave_subject(handler)
    told = simple and (_aside_subject(names[0]) == "caches" or list(map(_aside_subject, asked)) == ["caches"])
    return "caches" if told else ""


def _all_aside(names: list[str]) -> str:
    subjects = [_aside_subject(name) for name in names]
    return subjects[0] if subjects and all(subjects) else ""


def _aside_subject(name: str) -> str:
    for subject in _ASIDE:
        if STAKES[TELEMETRY][subject].intersection(parts(name)):
            return subject
    return ""


def only_closes(handler: Handler) -> str:
    """The call, where the try body does nothing but close, stop or release things; "" otherwise."""
    simple = all(isinstance(node, (Evaluate, Noop)) for node in handler.attempt)
    calls = outermost(working_calls(handler))
    if not calls or not simple or money_moved(handler):
        return ""
    return calls[0].name if all(map(_closes, calls)) else ""


def outermost(calls: Iterable[Call]) -> list[Call]:
    """The calls that are no part of another's name: of `open().close()` only that."""
    calls = list(calls)
    heads = tuple(f"{call.name}()" for call in calls)
    return [call for call, head in zip(calls, heads, strict=True) if not _begins(head, calls)]


def _begins(head: str, calls: Iterable[Call]) -> bool:
    return any(other.name.startswith(f"{head}.") for other in calls)


def _closes(call: Call) -> bool:
    """Whether a call closes or releases something, or empties a cache; nothing of money is only closed."""
    receiver, _, method = call.name.rpartition(".")
    words = parts(method)
    if subject_of("money", words)[1]:
        return False
    cache = STAKES[TELEMETRY]["caches"].intersection(parts(receiver))
    emptied = "clean" in words and not _EMPTIED.isdisjoint(words)
    return bool(_CLOSES.intersection(words) or emptied or (cache and _FORGETS.intersection(words)))


def one_failure(handler: Handler) -> str:
    """The only call, where it can sensibly fail in one way only (`int(text)`); "" otherwise."""
    nodes = [node for node in nodes_in(handler.attempt) if not isinstance(node, Noop)]
    calls = list(working_calls(handler))
    name = calls[0].name.rpartition(".")[2] if len(calls) == 1 else ""
    runs_code = bool(calls) and calls[0].qualified.startswith(RUNS_CODE)
    return name if len(nodes) == 1 and name in ONE_FAILURE and not runs_code else ""


def success_reported(handler: Handler) -> str:
    """The value of the handler that says that all went well (`return True`), "" for none."""
    return next(
        (answer.value.text for answer in answers(handler) if answer.value and says_success(answer)), ""
    )


def says_success(answer: Return) -> bool:
    """Whether a `return` tells the caller that all went well."""
    value = answer.value
    return value is not None and (value.kind == "true" or bool(_SUCCESS.search(value.text)))


def answers(handler: Handler) -> Iterator[Return]:
    """The handler's `return` statements that give a value."""
    for node in nodes_in(handler.body):
        if isinstance(node, Return) and node.value is not None:
            yield node


def first_that_works(handler: Handler) -> bool:
    """Whether success leaves the loop around the try: it tries again, or tries one after another."""
    return bool(handler.place.loop) and _leaves(handler.attempt + handler.orelse)


def _leaves(body: Body) -> bool:
    """Whether a body never runs off its end, but returns, raises or ends the loop it stands in."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, Branch):
        return last.complete and all(_leaves(arm) for arm in last.arms)
    if isinstance(last, With):
        return _leaves(last.body)
    return isinstance(last, (Return, Raise)) or (isinstance(last, Jump) and last.kind == "break")


def carried_out(handler: Handler) -> str:
    """A plain name that the try body sets for what comes after it, and the handler does not; "" for none.

    A name that the try body (or its `else`) itself uses after setting it is taken for one of its own. One
    that has a value before the `try` keeps that, which is then meant to stand for a failure.
    """
    nodes = list(nodes_in(handler.attempt + handler.orelse))
    reset = {name for node in _assigned(handler.body) for name in node.targets}
    for index, node in enumerate(nodes):
        if isinstance(node, Assign):
            later = {name for other in nodes[index + 1 :] for name in _used(other)}
            for name in node.targets:
                kept = later | reset | set(handler.before)
                if name.strip("_") and name.isidentifier() and name not in kept:
                    return name
    return ""


def _used(node: Node) -> Iterator[str]:
    value = getattr(node, "value", None) or getattr(node, "test", None)
    yield from value.names if value else ()
    for call in getattr(node, "calls", ()):
        yield call.name.partition(".")[0].partition("[")[0].removesuffix("()")
        yield from (name for arg in call.args for name in arg.value.names)


def _assigned(body: Body) -> Iterator[Assign]:
    return (node for node in nodes_in(body) if isinstance(node, Assign))
