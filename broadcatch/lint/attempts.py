"""Is a `try` one attempt that somebody asked for, and whose outcome is the answer? Shapes of its body."""

from __future__ import annotations

import re

from broadcatch.flow.walk import calls_in
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Call, Evaluate, Node, Noop, Return

_CLIENTS = frozenset(
    "requests httpx aiohttp urllib urllib3 http smtplib imaplib ftplib paramiko socket ldap3 apprise".split()
)
"""Packages that call another service."""

_READING = re.compile(
    r".*\.__\w+__$|builtins\.(int|float|complex|next|bytes|bytearray)$|re\.compile$|json\.loads$|decimal\.Decimal$"
    r"|uuid\.UUID$|ipaddress\.\w+$|datetime\.(datetime|date|time)\.(strptime|fromisoformat)$|ast\.literal_eval$"
    r"|fractions\.Fraction$|base64\.\w+decode$|binascii\.\w+$|importlib\.import_module$"
)
"""Functions that read one value, and do nothing else."""


def is_call_out(handler: Handler) -> bool:
    """Whether all that is tried is one call of another service, with what the function was given."""
    function, call = handler.place.function, _only_call(handler)
    if function is None or call is None or call.qualified.partition(".")[0] not in _CLIENTS:
        return False
    return not {name for arg in call.args for name in arg.value.names}.isdisjoint(function.parameters)


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
