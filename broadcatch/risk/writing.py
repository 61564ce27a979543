"""What does a try body write outside of the program, by the names of what it calls?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.judge.lexicon import KEPT, STAKES, TELEMETRY, VERBS, has_effect, is_store, parts, writes
from broadcatch.model.flow import Assign, Call, Return
from broadcatch.risk.subject import Subject, is_made

_ORM = frozenset({"objects"})
"""Names of what stands for a whole table: what is chained behind it works on the database."""
_SENDS = frozenset({"send", "publish", "produce", "emit"})
_IN_PLACE = frozenset({"memory", "buffer", "stdout", "stderr"})
_BUFFERS = frozenset("buf buffer bio bytesio stringio io".split())
_REMOVES = frozenset({"remove", "delete"})
_ANSWERS = (("result",), ("response",), ("reply",), ("error",), ("file",))
_ASKS = frozenset(
    "is has can supports support should needs need allows get read fetch find list load parse format build "
    "check validate".split()
)
"""First words of what asks or makes a value: `get_backup`, `can_send_mail`."""
_WHEN = frozenset("after before on pre".split())
"""First words of what is called at some event: `after_flush`."""
_SIGNAL = frozenset({"signal", "signals"})
_PASSED = (("changed",), ("saved",), ("created",), ("updated",), ("deleted",), ("removed",), ("started",))
"""Heads of the names of such signals."""
_ALIVE = ("ping", "pong", "heartbeat", "keepalive", "alive")
"""What is sent to show that somebody is there, and holds nothing."""
_HELD = frozenset(
    "property properties attribute attributes attrs ui view views widget progress option options config "
    "params args kwargs context header headers stats timer layout style theme cursor size text values dict "
    "locals globals bar statusbar toolbar tab tabs menu menus icon icons button buttons window windows label "
    "labels title titles tray screen panel dialog tooltip canvas plot chart font color colors colour "
    "display".split()
)
"""What `update_` changes in memory."""


_SCREENS = frozenset(
    "gui ui qt gtk tk kivy curses tui screen screens dialog dialogs window windows widget widgets qml "
    "gtkgui".split()
)
"""What stands in the path, or in the class, of code that shows things: what it updates is what is seen."""


def written_calls(subject: Subject) -> Iterator[tuple[Call, str]]:
    """The calls of the try body that write, each with what kind of writing its name tells of."""
    taken = set(_taken(subject))
    for call in subject.calls():
        receiver, _, method = call.name.rpartition(".")
        words = parts(method)
        if is_made(call.name) or call.name in taken or _changes_nothing(words) or _is_answer(call, subject):
            continue
        in_place = _IN_PLACE & {*words, receiver.rpartition(".")[2]}
        gives_text = ("dump" in words and words != ("dump",)) or bool(in_place) or _into_memory(call)
        stored = is_store(receiver) or not _ORM.isdisjoint(receiver.split("."))
        from_memory = words[:1] == ("remove",) and not (stored or KEPT & set(words))
        into_list = words == ("insert",) and len(call.args) > 1 and not stored
        shown = words[:1] == ("update",) and not stored and _on_screen(subject)
        if writes(words, stored) and not (gives_text or from_memory or into_list or shown):
            yield call, written_by(words)


def own_write(subject: Subject) -> bool:
    """Whether the function around the handler writes, by its name."""
    words = parts(subject.function)
    if words[:1] == ("remove",) and not KEPT & set(words):
        return False  # mostly from what is held in memory
    if words[:1] == ("update",) and _on_screen(subject):
        return False
    return not _changes_nothing(words) and len(words) > 1 and words[0] in VERBS and writes(words)


def _on_screen(subject: Subject) -> bool:
    """Whether the code stands among what shows things, by its path, its classes or their bases."""
    bases = (base for scope in subject.handler.place.scopes for base in scope.bases)
    names = (subject.path.removesuffix(".py"), *subject.classes, *bases)
    return any(not _SCREENS.isdisjoint(parts(name)) for name in names)


def written_by(words: tuple[str, ...]) -> str:
    """What kind of writing a name tells of, and no more than that."""
    if has_effect(words) or not _SENDS.isdisjoint(words):
        return "sent data"
    verb = next((word for word in words if word != "async"), "")
    return "updates" if verb == "update" else "removals" if verb in _REMOVES else "writes"


def shows_life(words: tuple[str, ...]) -> bool:
    """Whether a name is that of a sign of life: `send_ping`."""
    return any(word.startswith(_ALIVE) for word in words)


def _into_memory(call: Call) -> bool:
    """Whether what is written is only held: `image.save(buffer)`."""
    given = [parts(arg.value.text) for arg in call.args[:2] if arg.value.kind in ("name", "call")]
    return any(not _BUFFERS.isdisjoint(words[-2:]) for words in given)


def is_signal(call: Call) -> bool:
    """Whether a call sends a signal inside of the program (`saved.send(sender=self)`), or a figure."""
    receiver, _, method = call.name.rpartition(".")
    words = parts(receiver)
    told = any(arg.keyword == "sender" for arg in call.args) or words[-1:] in _PASSED
    counted = not STAKES[TELEMETRY]["telemetry"].isdisjoint(words)
    return told or counted or not _SIGNAL.isdisjoint((*words, *parts(method)[-1:]))


def _is_flashed(call: Call) -> bool:
    """Whether a message is shown on the next page: `messages.add_message(request, …)`."""
    receiver, _, method = call.name.rpartition(".")
    return method == "add_message" and receiver.rpartition(".")[2] == "messages"


def _changes_nothing(words: tuple[str, ...]) -> bool:
    """Whether a name with a verb of writing keeps nothing: it asks, or sets what is in memory."""
    first = next((word for word in words if word != "async"), "")
    if words[:1] == (first,) and words[1:] and all(word.isdecimal() for word in words[1:]):
        return True  # `update_4`: the fourth of them
    if first in _WHEN or (first == "post" and not has_effect(words)):
        return True
    return first in _ASKS or shows_life(words) or (first == "update" and words[-1] in _HELD)


def _is_answer(call: Call, subject: Subject) -> bool:
    """Whether a call only makes the answer that is returned (`return send_result(value)`), or sends a signal
    inside of the program (`saved.send(sender=self)`)."""
    if is_signal(call) or _is_flashed(call):
        return True
    made = "." not in call.name and parts(call.name)[-1:] in _ANSWERS
    ends = (node for node in nodes_in(subject.handler.attempt) if isinstance(node, Return))
    return made and any(call in node.calls for node in ends)


def _taken(subject: Subject) -> Iterator[str]:
    """The calls like `refs = update_refs(refs)`: they work something out, and their result is taken.

    Not where it is a record that is updated, or the call is awaited.
    """
    for node in nodes_in(subject.handler.attempt):
        for call in node.calls if isinstance(node, Assign) else ():
            words = parts(call.name)
            plain = "." not in call.name and not call.awaited
            if plain and words[:1] == ("update",) and not KEPT & set(words):
                yield call.name
