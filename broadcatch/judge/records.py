"""What does the record of a handler tell: the error, what it is about, and loudly enough?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.attempts import is_log_helper, is_record
from broadcatch.judge.meaning import is_logging
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Arg, Assign, Call, Value

_QUIET = frozenset("debug adebug trace info ainfo fdebug verbose vv vvv".split())

_INSTEAD = re.compile(
    r"\b(fall(s|ing)?[ -]?back|fallback|fail(s|ing)?[ -](open|soft)|degrad\w+|best[ -]effort"
    r"|using (the )?defaults?|never (block|fail|break)s?|default(s|ed|ing)? to|instead"
    r"|will (not be (used|applied)|retry|try again)|non-?fatal"
    r"|start(s|ing)? (from scratch|anew|afresh)|(will be|is being) ignored"
    r"|(continu(e|es|ing)|go(es|ing) on) without)\b",
    re.IGNORECASE,
)

_CURRENT = re.compile(r"\b(exc_info|Failure)\(\)")
_PLAIN = frozenset({"self", "str", "repr", "type"})
_NOTHING = Arg("", Value("empty", ""))


def records(handler: Handler) -> Iterator[Call]:
    """The calls of the handler that write a record or show a text."""
    return (call for call in calls_in(handler.body) if is_record(call))


def shows_error(handler: Handler) -> bool:
    """Whether some record can hold the text of the error, or nothing is known about what is shown."""
    found = list(records(handler))
    held = held_in(handler)
    return not found or any(_holds_error(call, held) for call in found)


def held_in(handler: Handler) -> frozenset[str]:
    """The error's name, and the names that the handler makes of it: `text = f"not sent: {error}"`."""
    held = {handler.bound} - {""}
    for node in nodes_in(handler.body):
        if isinstance(node, Assign) and not held.isdisjoint(node.value.names):
            held.update(name for name in node.targets if name.isidentifier())
    return frozenset(held)


def _holds_error(call: Call, held: frozenset[str]) -> bool:
    """Whether the error goes into the text; not behind a fixed text without a place for it."""
    if any(_CURRENT.search(arg.value.text) for arg in call.args):
        return True
    if held.isdisjoint(name for arg in call.args for name in arg.value.names):
        return any("exc" in name or "traceback" in name for arg in call.args for name in arg.value.names)
    first, *rest = call.args
    if not held.isdisjoint(first.value.names) or not is_logging(call):
        return True
    return _has_place(first) or any(arg.keyword for arg in rest if not held.isdisjoint(arg.value.names))


def _has_place(first: Arg) -> bool:
    """Whether a text has a place for what follows it; long ones are cut, and get the benefit of the doubt."""
    kind, text = first.value.kind, first.value.text
    return kind != "literal" and (kind != "text" or "%" in text or "{" in text or "…" in text)


def tells_well(handler: Handler) -> bool:
    """Whether a record of at least the level of a warning holds the error and says what had failed."""
    held = held_in(handler)
    return any(_tells(call, handler.bound, held) for call in records(handler))


def _tells(call: Call, bound: str, held: frozenset[str]) -> bool:
    (first, *rest) = call.args or (_NOTHING,)
    bare = not rest and first.value.kind in ("name", "call") and set(first.value.names) <= {bound, *_PLAIN}
    bare = bare and first.value.text[:1] not in ("'", '"')  # "no token: {}".format(error)
    return not (bare and not is_log_helper(call)) and is_loud(call) and _holds_error(call, held)


def says_only(handler: Handler) -> bool:
    """Whether every record is the error and nothing beside it, of which nobody knows what it is about.

    What a log helper of the project adds (`self.log_error(error)`) is not known.
    """
    found = list(records(handler))
    return bool(found) and not any(is_log_helper(call) or not _is_bare(call, handler.bound) for call in found)


def _is_bare(call: Call, bound: str) -> bool:
    given = [arg.value.text for arg in call.args if not arg.keyword]
    spelled = ([bound], [f"str({bound})"], [f"repr({bound})"], [f"f'{{{bound}}}'"], [f'f"{{{bound}}}"'])
    return bool(bound) and given in spelled


def is_loud(call: Call) -> bool:
    """Whether a record is read in production: neither debug nor info."""
    return call.name.rpartition(".")[2].lstrip("_").removeprefix("log_") not in _QUIET


def names_item(handler: Handler) -> bool:
    """Whether the record says which turn of the loop it was."""
    over = set(handler.place.over)
    return any(over & set(arg.value.names) for call in records(handler) for arg in call.args)


def tells_item(handler: Handler) -> bool:
    """Whether a loud record says which turn of the loop it was, and why it failed."""
    return names_item(handler) and tells_well(handler)


def says_instead(handler: Handler) -> bool:
    """Whether a record says what is done in place of what failed (`falling back to plain text`)."""
    texts = (arg.value.text for call in records(handler) for arg in call.args)
    return any(map(_INSTEAD.search, texts))


def names_instead(handler: Handler) -> bool:
    """Whether a record holds the value that the handler puts in the place of what failed."""
    values = {name for node in nodes_in(handler.body) if isinstance(node, Assign) for name in node.targets}
    return any(values & set(arg.value.names) for call in records(handler) for arg in call.args)


def is_on_screen(call: Call) -> bool:
    """Whether a text is shown to whoever runs the program, and goes into no log."""
    return not is_logging(call)


def names_subject(handler: Handler) -> bool:
    """Whether a record names something beside the error: a parameter, or what the loop is at."""
    function = handler.place.function
    known = {*handler.place.over, *(function.parameters if function else ())} - {"self", "cls"}
    return any(known & set(arg.value.names) for call in records(handler) for arg in call.args)


def tells_which(handler: Handler) -> bool:
    """Whether one record holds the error, and beside it what it is about: a value of this very case."""
    held = held_in(handler)
    return any(_holds_error(call, held) and _names_case(call, handler) for call in records(handler))


def _names_case(call: Call, handler: Handler) -> bool:
    """Whether something that varies stands in a record beside the error."""
    beside = {name for arg in call.args if not arg.keyword for name in arg.value.names}
    beside -= {handler.bound, "str", "repr", "type"}
    if not handler.bound or handler.bound not in {name for arg in call.args for name in arg.value.names}:
        return False
    texts = (arg.value.text for arg in call.args)
    return bool(beside - {"self"}) or ("self" in beside and any(text.count("{}") > 1 for text in texts))
