"""What is lost for good, whoever reads the record: deleted, because it could not be read?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in
from broadcatch.judge.lexicon import KEPT, STAKES, TELEMETRY, parts, writes
from broadcatch.model.flow import Call
from broadcatch.risk.subject import Found, Subject

_READS = frozenset("open load read get fetch restore parse decode".split())
_DESTROYS = frozenset("destroy delete remove unlink drop wipe truncate rmtree purge".split())
_WRITE_MODE = re.compile(r"[rbt]*[wax+]")
_BEGINS = frozenset("add append create initialize init make mkdir register start begin insert copy".split())
_CACHES = STAKES[TELEMETRY]["caches"]
_ANYTHING = frozenset({"all", "from"})


def destroyed(subject: Subject) -> Iterator[Found]:
    """The try body reads, and the handler deletes what could not be read, whatever the error was.

    Not where it takes back what the try body had begun, nor what is kept in a cache.
    """
    calls = list(subject.calls())
    reads = [call for call in calls if _READS & set(parts(_method(call)))]
    if any(map(_begins, calls)):
        return
    reader = subject.function if _READS & set(parts(subject.function)) else ""
    for call in calls_in(subject.handler.body) if reads else ():
        read = next((one for one in reads if _same_thing(one, call, reader)), None)
        if read is not None and _destroys(call):
            detail = f"{call.name} takes any failure of {read.name} for a broken file or record"
            yield Found("destroyed", detail, line=call.line)
            return


def leaves_damage(subject: Subject) -> bool:
    """Whether something that is kept is lost from now on: a record of the error does not bring it back."""
    return subject.after.saved_over is not None or any(True for _ in destroyed(subject))


def _destroys(call: Call) -> bool:
    words = parts(_method(call))
    event = words[:1] == ("on",)
    return bool(_DESTROYS & set(words)) and not (event or _CACHES & set(parts(call.name)))


def _begins(call: Call) -> bool:
    """Whether a call makes something that a failure takes back: `add_pair`, `open(path, "w")`."""
    words = parts(_method(call))
    modes = [arg.value.text.strip("\"'") for arg in call.args[1:] if arg.value.kind == "text"]
    opens = words == ("open",) and any(_WRITE_MODE.match(mode) for mode in modes)
    return opens or writes(words) or bool(_BEGINS & set(words[:1]))


def _same_thing(read: Call, gone: Call, reader: str) -> bool:
    """Whether two calls are about the same: an argument, or a noun; `reader` is the function that reads."""
    given = {arg.value.text for arg in read.args} & {arg.value.text for arg in gone.args}
    if parts(_method(gone))[:1] == ("remove",) and not given and KEPT.isdisjoint(parts(_method(gone))):
        return False  # mostly from what is held in memory, or from a screen
    nouns = _nouns(_method(read)) | _nouns(reader)
    return bool(given - {"", "self"}) or bool(nouns & _nouns(_method(gone)))


def _nouns(name: str) -> set[str]:
    return {word.removesuffix("s") for word in parts(name)} - _READS - _DESTROYS - _ANYTHING


def _method(call: Call) -> str:
    return call.name.rpartition(".")[2]


SIGNALS = (destroyed,)
