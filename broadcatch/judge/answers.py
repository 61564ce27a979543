"""Which value takes the error's place, and does it tell that something went wrong?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Node, Value

_HARMLESS = re.compile(
    r"^(None|False|0|0\.0*|-1|\[\]|\{\}|\(\)|''|\"\"|(set|dict|list|tuple|str|int|float)\(\)"
    r"|Decimal\(['\"]?0(\.0*)?['\"]?\))$"
)
"""Values that say nothing went wrong, and that a legitimate answer may be too."""

_FLAG = re.compile(
    r"err|exc|fail|ok|success|valid|ready|done|reason|message|support|avail|enabled|^ret(val)?$",
    re.IGNORECASE,
)
TELLS_FAILURE = re.compile(
    r"error|fail|unable|invalid|unavailable|could not|cannot|exception|problem", re.IGNORECASE
)
"""Words by which an answer says itself that something went wrong."""

_OF_ALL = frozenset(
    "args with_traceback add_note __traceback__ __cause__ __context__ __class__ __dict__ __str__ __repr__ "
    "__notes__ __suppress_context__ __doc__ __module__ __reduce__ __name__".split()
)
_NO_METHOD = re.compile(
    r"(?:\bstr\(_\)|\b_\.args\[\d\]|\b_\.message)\.(contains|includes|indexOf|startsWith|endsWith|length|has)\b"
)
"""What is asked of a text as if it were one of another language."""
_LOOKS = frozenset({"isinstance", "hasattr", "getattr", "issubclass", "type"})


def answer_instead(judged: Judged) -> str:
    """The harmless-looking constant that takes the error's place, "" if there is none.

    Not where the error is handed on beside it, nor a flag that is set to False or None.
    """
    target, _, text = judged.verdict.fallback.rpartition(" = ")
    text = text.strip()
    if judged.verdict.worst.handed or not _HARMLESS.match(text):
        return ""
    flag = "." in target or _FLAG.search(target)
    return "" if flag and text in ("None", "False") else text


def handler_fails(handler: Handler) -> tuple[str, int]:
    """By what the handler may fail itself, with the line: it reads what only some exceptions have."""
    bound = handler.bound
    if not bound:
        return "", 0
    wanted = re.compile(rf"(?<![\w.]){re.escape(bound)}\.(args\[\d|[A-Za-z_]\w*)")
    looked = any(call.name in _LOOKS for call in calls_in(handler.body))
    for node in nodes_in(handler.body):
        for value in _values(node):
            absent = _NO_METHOD.search(value.text.replace(bound, "_"))
            if absent:
                return f"no text has a method {absent[1]}", getattr(node, "line", 0)
            found = [name for name in wanted.findall(value.text) if name not in _OF_ALL]
            if found and (not looked or " or " in value.text):
                name = f"{found[0]}]" if "[" in found[0] else found[0]
                return f"{bound}.{name}, which not every exception has", getattr(node, "line", 0)
    return "", 0


def _values(node: Node) -> Iterator[Value]:
    for value in (getattr(node, "value", None), getattr(node, "test", None)):
        if value is not None:
            yield value
    for call in getattr(node, "calls", ()):
        yield from (arg.value for arg in call.args)
