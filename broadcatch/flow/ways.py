"""What has happened so far on one way through a handler? The values that the fold of `paths` carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeAlias

from broadcatch.model.flow import Call, Caught, Value
from broadcatch.model.outcome import Outcome, Record, Step

Exit: TypeAlias = Literal["next", "return", "break", "continue", "raise", "stop"]
Act: TypeAlias = Literal[
    "",
    "traceback",
    "text",
    "handed",
    "exit",
    "raise",
    "chain",
    "reraise",
    "suppress",
    "makes-traceback",
    "makes-error",
]
"""What a call does with the error. `raise`, `chain` and `reraise`: it never returns but raises another
error, one caused by this one, or this one again. `suppress`: a context that swallows what it names."""

MOST_WAYS = 64
RECORDS: tuple[Record, ...] = ("none", "text", "traceback")
Names: TypeAlias = frozenset[str]
_NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Knows:
    """Names that are the error, that hold it, that hold a text of it, or a text with its traceback.

    `caused` are names of exceptions that have the error as their `__cause__`.
    """

    errors: Names = _NONE
    holders: Names = _NONE
    texts: Names = _NONE
    tracebacks: Names = _NONE
    caused: Names = _NONE

    def whole(self, value: Value) -> bool:
        """Whether the error itself goes into `value`."""
        known = self.errors | self.holders | self.caused
        return any(name in known for name in value.objects)

    def complete(self, value: Value) -> bool:
        """Whether the error itself or its traceback goes into `value`, more than a text of it."""
        return self.whole(value) or any(name in self.tracebacks for name in value.names)

    def any(self, value: Value) -> bool:
        """Whether the error or a text of it goes into `value`."""
        known = self.errors | self.holders | self.texts | self.tracebacks | self.caused
        return any(name in known for name in (*value.names, *value.objects))

    def tells_more(self, before: Knows) -> bool:
        """Whether a text of the error has got into a name since `before`."""
        return bool((self.texts | self.tracebacks) - before.texts - before.tracebacks)

    def forget(self, names: Iterable[str]) -> Knows:
        """The same when `names` are bound to something else."""
        gone = frozenset(names)
        if not gone & (self.errors | self.holders | self.texts | self.tracebacks | self.caused):
            return self
        return Knows(
            self.errors - gone,
            self.holders - gone,
            self.texts - gone,
            self.tracebacks - gone,
            self.caused - gone,
        )


class Meaning(Protocol):
    """What calls and classes mean; given by configuration."""

    def act(self, call: Call, knows: Knows) -> Act:
        """What `call` does with the error."""

    def is_broad(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause catches (nearly) everything; () is a bare one."""

    def catches_exit(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause catches the exit of the process; () is a bare one."""

    def is_exit_class(self, name: str) -> bool:
        """Whether raising the class of this qualified name ends the process."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes along where a way leaves a block; a `finally` that leaves itself throws it away.

    `end` is what becomes of the error by a raise or an exit, `raised` the class that is raised ("" if
    unknown). `returned` is the text of a returned value; `gives`: the error is part of it.
    """

    end: Outcome | None = None
    raised: str = ""
    returned: str = ""
    gives: bool = False


STAYING = Leaving()


@dataclass(frozen=True, slots=True)
class State:
    """What has happened so far on one way.

    `whole`: what was handed on, or is returned, is the error itself, or has its traceback.
    `kept`: a text of the error was put into a local name, and nothing has shown it. `value` takes the
    error's place in an attribute or item, `local` in a name of the function. `current` is
    what a bare `raise` would make of the error: in the clause of a nested try it raises another one.
    """

    knows: Knows
    record: Record = "none"
    handed: bool = False
    whole: bool = False
    kept: bool = False
    value: str = ""
    local: str = ""
    current: Outcome = "reraised"
    leaving: Leaving = STAYING
    steps: tuple[Step, ...] = field(default=(), compare=False)

    def asked(self, test: Value) -> State:
        """The same after a test: a text that was taken from the error to be asked is not kept to be shown."""
        return replace(self, kept=self.kept and not self.knows.texts.intersection(test.names))

    def step(self, line: int, text: str) -> State:
        """The same with one more step."""
        return replace(self, steps=(*self.steps, Step(line, text)))

    def recorded(self, record: Record) -> State:
        """The same with a record at least as good as `record`."""
        return replace(self, record=max(self.record, record, key=rank))


@dataclass(frozen=True, slots=True)
class Way:
    """How one way through a block ends; equal to another that differs only in its steps."""

    exit: Exit
    state: State


def rank(record: Record) -> int:
    """From the poorest record to the best."""
    return RECORDS.index(record)


def as_if_run(state: State, passed: list[State]) -> State:
    """Not entering a `for` is judged as a turn: what goes over the lines of an error is meant to run."""
    if not passed:
        return state
    record = min((one.record for one in passed), key=rank)
    return replace(state, record=record, handed=all(one.handed for one in passed))


def distinct(ways: Iterable[Way]) -> list[Way]:
    """The ways that differ in anything that is judged, the first of its kind each."""
    unique = list(dict.fromkeys(ways))
    if len(unique) <= MOST_WAYS:
        return unique
    return list({_coarse(way): way for way in reversed(unique)}.values())[::-1]


def _coarse(way: Way) -> tuple[object, ...]:
    """What must never be lost, however many ways there are."""
    state = way.state
    known = tuple(bool(names) for names in (state.knows.holders, state.knows.texts, state.knows.tracebacks))
    value, returned = bool(state.value or state.local), bool(state.leaving.returned)
    leaving = (state.leaving.end, returned, state.leaving.gives)
    return (way.exit, state.record, state.handed, state.kept, value, state.current, leaving, known)
