"""What runs in a try body: only lookups and conversions, one step outside, or several steps of one's own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.lexicon import (
    CLIENTS,
    CONVERSIONS,
    PARSING_MODULES,
    TEXT_METHODS,
    WRITE_RECEIVERS,
    parts,
)
from broadcatch.judge.meaning import is_logging
from broadcatch.judge.words import SCREEN_METHODS, TEXT_CALLS
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Branch, Call, Evaluate, Loop, Node, Noop, Return, Value, With

_FIELD = re.compile(r"""["']?\b(status|ok|success|succeeded)["']?\s*[:=]""")
_TELLING = frozenset("emit send flash notify publish response respond reply failure error interrupt".split())
_ASKED = frozenset("get find index count copy keys values items".split())
_GROWS = frozenset("append appendleft extend add insert update setdefault put push".split())

_CLIENTS = frozenset(
    "requests httpx aiohttp urllib urllib3 http smtplib imaplib ftplib paramiko socket ldap3 apprise".split()
)
"""Packages that call another service."""
_VERBS = frozenset("get post put patch head options request".split())

_FEW = 2
_LONG = 9
_PURE = ("os.path.", "posixpath.", "ntpath.")
_MAKING = frozenset({"pathlib.Path", "pathlib.PurePath", "time.time", "time.monotonic", "time.perf_counter"})
_LOGGER = re.compile(r"(^|[._])(logger|log|logging)(\(\))?(\.\w+)?$", re.IGNORECASE)
_LOGS = re.compile(r"_*log_(error|warning|warn|info|debug|exception|critical|message|msg|notice)")
"""Names of methods and functions of the project that log: `self.log_error(name, error)`."""
_WAITS = frozenset({"gather", "wait", "as_completed", "run_until_complete"})
_READS = frozenset(
    "get read load open parse decode json text find fetch list search lookup query extract resolve "
    "pop".split()
)
"""First words of what only looks something up."""

_ITEM = re.compile(r"\w+\[[\w.\"']+\]")
_READING = re.compile(
    r".*\.__\w+__$|builtins\.(int|float|complex|next|bytes|bytearray)$|re\.compile$|json\.loads$|decimal\.Decimal$"
    r"|uuid\.UUID$|ipaddress\.\w+$|datetime\.(datetime|date|time)\.(strptime|fromisoformat)$|ast\.literal_eval$"
    r"|fractions\.Fraction$|base64\.\w+decode$|binascii\.\w+$|importlib\.import_module$"
)
"""Functions that read one value, and do nothing else."""


def reads_only(handler: Handler) -> bool:
    """Whether the try body is one statement of lookups, conversions and parsers, of local values.

    It may be asked first whether there is anything to convert (`if text:`), where a conversion follows.
    """
    nodes = [node for node in nodes_in(handler.attempt) if not isinstance(node, Noop)]
    calls = list(calls_in(handler.attempt))
    if not nodes or not all(map(is_conversion, calls)) or any(map(_is_of_state, nodes)):
        return False
    asked = all(isinstance(node, (Branch, Return)) for node in nodes) and any(map(_is_named, calls))
    return asked or (len(nodes) == 1 and isinstance(nodes[0], (Assign, Return)))


def is_conversion(call: Call) -> bool:
    """Whether a call only makes a value out of others: `int(text)`, `text.split()`, `json.loads(text)`."""
    receiver, _, last = call.name.rpartition(".")
    if _is_named(call):
        return True
    value = call.head != "import" or receiver.rpartition(".")[2].isupper()
    outside = last in _ASKED and not (WRITE_RECEIVERS | CLIENTS).isdisjoint(parts(receiver))
    return bool(receiver) and value and last in TEXT_METHODS and not (call.awaited or outside)


def _is_named(call: Call) -> bool:
    module, _, last = call.qualified.rpartition(".")
    if module == "builtins":
        return last in CONVERSIONS
    return call.head == "import" and call.qualified.startswith(PARSING_MODULES)


def reads_document(handler: Handler) -> bool:
    """Whether a whole document is read there (`json.loads`), of which an empty one is another."""
    return any(call.name.rpartition(".")[2] in ("loads", "load", "safe_load") for call in _calls(handler))


def _is_of_state(node: Node) -> bool:
    """Whether a statement reads an object's state, or stores into anything but a plain name."""
    stored = isinstance(node, Assign) and not all(name.isidentifier() for name in node.targets)
    return stored or any("self" in value.names for value in _values(node))


def _values(node: Node) -> Iterator[Value]:
    for found in (getattr(node, "value", None), getattr(node, "test", None)):
        if found is not None:
            yield found


def steps(handler: Handler) -> list[Call]:
    """The calls of the try body that can fail each in its own way.

    Left out: conversions, log records, names of files, clocks, and what is asked of the result of another.
    """
    made = set(_made(handler))
    return [call for call in _calls(handler) if not _is_safe(call) and _root(call) not in made]


def is_long(handler: Handler) -> bool:
    """Whether so many statements are tried that a mistake in one is likelier than what was meant."""
    return sum(not isinstance(node, Noop) for node in nodes_in(handler.attempt)) >= _LONG


def _is_safe(call: Call) -> bool:
    """Whether nothing that a call does fails in practice."""
    named = call.qualified.startswith(_PURE) or call.qualified in _MAKING
    return named or is_conversion(call) or is_record(call) or bool(_LOGGER.search(call.name))


def asks_several(handler: Handler) -> bool:
    """Whether one call of the try body waits for work that was begun elsewhere: that fails in many ways."""
    return any(call.name.rpartition(".")[2] in _WAITS for call in _calls(handler))


def reads_outside(handler: Handler, module: str) -> bool:
    """Whether all that is tried is one or two look-ups in what another package gives (`page.find(…)`).

    Asking another process (`session.get`) is more than that.
    """
    made = steps(handler)
    return 0 < len(made) <= _FEW and all(_reads(call) and not is_own(call, module) for call in made)


def _reads(call: Call) -> bool:
    receiver, _, last = call.name.rpartition(".")
    away = not (CLIENTS | WRITE_RECEIVERS).isdisjoint(parts(receiver))
    away = away or call.qualified.partition(".")[0] in _CLIENTS
    known = bool(receiver) or call.head == "import"
    return known and not away and not _READS.isdisjoint(parts(last)[:1])


def is_own(call: Call, module: str) -> bool:
    """Whether a call runs code of the project: of the file, of its class, or of its package."""
    if call.head == "definition" or not call.name or call.qualified.startswith("."):
        return True
    parts = call.name.split(".")
    if len(parts) == 2 and parts[0] in ("self", "cls", "super()"):
        return True
    package = module.partition(".")[0]
    return bool(package) and call.head == "import" and call.qualified.startswith(f"{package}.")


def is_record(call: Call) -> bool:
    """Whether a call writes a log record or shows a text, whatever is in it."""
    method = call.name.rpartition(".")[2]
    shown = call.name.endswith((".stdout.write", ".stderr.write")) or call.qualified in TEXT_CALLS
    shown = shown or is_log_helper(call)
    return (
        shown
        or is_logging(call)
        or is_log_helper(call)
        or (method in SCREEN_METHODS and ".log" in f".{call.name}".lower())
    )


def is_log_helper(call: Call) -> bool:
    """Whether a function of the project logs, by its name; what it adds to a text is not known."""
    return bool(_LOGS.fullmatch(call.name.rpartition(".")[2]))


def repeated(handler: Handler) -> str:
    """The work of the try body that the handler does again, "" for none.

    That is its first step, or what the handler does item by item. Not where the try body may have grown
    something before it failed: then it is there twice.
    """
    if any(call.name.rpartition(".")[2] in _GROWS for call in _calls(handler)):
        return ""
    tried = [call.name for call in steps(handler) if _TELLING.isdisjoint(parts(call.name))]
    again = {call.name for call in calls_in(handler.body)}
    looped = {call.name for node in handler.body if isinstance(node, Loop) for call in calls_in(node.body)}
    return next((name for name in tried if name in looped or name in again and name == tried[0]), "")


def answers_alike(handler: Handler) -> bool:
    """Whether success and failure are told in the same field (`{"status": "ok"}`, `{"status": "error"}`)."""
    told = set(_fields(handler.body))
    return bool(told & set(_fields(handler.attempt + handler.orelse)))


def _fields(body: Body) -> Iterator[str]:
    for node in nodes_in(body):
        if isinstance(node, Return) and node.value is not None:
            yield from _FIELD.findall(node.value.text)


def _calls(handler: Handler) -> Iterator[Call]:
    return calls_in(handler.attempt)


def _made(handler: Handler) -> Iterator[str]:
    """The plain names that the try body binds."""
    for node in nodes_in(handler.attempt):
        if isinstance(node, (Assign, With, Loop)):
            yield from node.targets


def _root(call: Call) -> str:
    return call.name.partition(".")[0].partition("[")[0] if "." in call.name else ""


def is_call_out(handler: Handler) -> bool:
    """Whether all that is tried is one call of another service, with what the function was given."""
    function, call = handler.place.function, _only_call(handler)
    if function is None or call is None or call.qualified.partition(".")[0] not in _CLIENTS:
        return False
    return not {name for arg in call.args for name in arg.value.names}.isdisjoint(function.parameters)


def is_client(call: Call) -> bool:
    """Whether a call asks another service: `requests.get(url)`."""
    receiver, _, last = call.name.rpartition(".")
    session = last in _VERBS and receiver.rpartition(".")[2].strip("_") in ("session", "http", "client")
    return call.qualified.partition(".")[0] in _CLIENTS or session


def is_one_item(handler: Handler) -> bool:
    """Whether all that is tried is one look-up by a key or an index, of a plain name: `options[name]`."""
    statements = _statements(handler)
    one = statements[0] if len(statements) == 1 else None
    if not isinstance(one, (Assign, Return)) or one.value is None or one.calls:
        return False
    return bool(_ITEM.fullmatch(one.value.text))


def is_one_reading(handler: Handler) -> bool:
    """Whether all that is tried is to read one value: `int(text)`, `re.compile(pattern)`."""
    calls = list(calls_in(handler.attempt))
    return (
        len(_statements(handler)) == 1
        and bool(calls)
        and all(_READING.search(call.qualified or call.name) for call in calls)
    )


def _only_call(handler: Handler) -> Call | None:
    """The outermost call of the only statement; None where there are several statements, or none calls."""
    statements = _statements(handler)
    calls: tuple[Call, ...] = getattr(statements[0], "calls", ()) if len(statements) == 1 else ()
    return calls[-1] if calls and isinstance(statements[0], (Assign, Evaluate, Return)) else None


def _statements(handler: Handler) -> list[Node]:
    return [node for node in handler.attempt if not isinstance(node, Noop)]
