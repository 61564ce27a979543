"""Which ways lead through a handler, and what becomes of the error on each? One fold over the tree.

What a call means (a record of the error, an exit of the process) is asked of a `Meaning`, so that the
fold knows Python's control flow and nothing of libraries. A loop is taken as run once or not at all;
where ways do not differ in anything that is judged, the first is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from broadcatch.model.flow import (
    Assign,
    Body,
    Branch,
    Call,
    Caught,
    Evaluate,
    Jump,
    Loop,
    Node,
    Raise,
    Return,
    Try,
    Value,
    With,
)
from broadcatch.model.outcome import Outcome, Path, Record, Step

Exit: TypeAlias = Literal["next", "return", "break", "continue", "raise", "stop"]
Act: TypeAlias = Literal["", "traceback", "text", "handed", "exit", "makes-traceback", "makes-error"]

MOST_WAYS = 64
_RECORDS: tuple[Record, ...] = ("none", "text", "traceback")


@dataclass(frozen=True, slots=True)
class Knows:
    """Names that hold the error itself, a text of it, or a text with its traceback."""

    errors: frozenset[str]
    texts: frozenset[str] = frozenset()
    tracebacks: frozenset[str] = frozenset()
    caused: frozenset[str] = frozenset()
    """Names of exceptions whose `__cause__` was set to the error by hand."""

    def whole(self, value: Value) -> bool:
        """Whether the error itself goes into `value`."""
        return any(name in self.errors for name in value.objects)

    def any(self, value: Value) -> bool:
        """Whether the error or a text of it goes into `value`."""
        return any(
            name in self.errors or name in self.texts or name in self.tracebacks for name in value.names
        )


class Meaning(Protocol):
    """What calls mean; given by configuration."""

    def act(self, call: Call, knows: Knows) -> Act:
        """What `call` does with the error."""

    def is_broad(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause catches (nearly) everything; () is a bare one."""


@dataclass(frozen=True, slots=True)
class State:
    """What has happened so far on one way."""

    knows: Knows
    record: Record = "none"
    handed: bool = False
    kept: bool = False
    """A text of the error was put into a name, and nothing has shown it yet."""
    value: str = ""
    end: Outcome | None = None
    steps: tuple[Step, ...] = ()

    def step(self, line: int, text: str) -> State:
        """The same with one more step."""
        return replace(self, steps=(*self.steps, Step(line, text)))

    @property
    def key(self) -> tuple[object, ...]:
        """All but the steps."""
        return (self.knows, self.record, self.handed, self.kept, self.value, self.end)


@dataclass(frozen=True, slots=True)
class Way:
    """How one way through a block ends."""

    exit: Exit
    state: State


def paths(body: Body, final: Body, bound: str, meaning: Meaning) -> tuple[Path, ...]:
    """Every way through a handler's `body` (and the try's `final` after it), never empty."""
    fold = _Fold(meaning)
    start = State(Knows(frozenset({bound} if bound else ())))
    ways = fold.then_final(fold.body(body, start), final)
    found = {path_key(path): path for path in reversed([_path(way) for way in ways])}
    return tuple(reversed(found.values()))


def path_key(path: Path) -> tuple[str, str, str]:
    """What tells two paths apart for a person."""
    return path.outcome, path.record, path.value


def _path(way: Way) -> Path:
    state = way.state
    if way.exit in ("raise", "stop") and state.end is not None:
        return Path(state.end, state.record, state.steps)
    outcome: Outcome
    if state.handed:
        outcome = "handed-on"
    elif state.record == "traceback":
        outcome = "logged-traceback"
    elif state.record == "text":
        outcome = "logged-text"
    elif state.kept:
        outcome = "handed-on"
    else:
        outcome = "fallback" if state.value else "dropped"
    return Path(outcome, state.record, state.steps, state.value)


class _Fold:
    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def body(self, body: Body, start: State) -> list[Way]:
        """The ways through a block."""
        open_ways, closed = [start], []
        for node in body:
            ways = [way for state in open_ways for way in self.node(node, state)]
            closed += [way for way in ways if way.exit != "next"]
            open_ways = [way.state for way in _distinct(ways) if way.exit == "next"]
            if not open_ways:
                break
        return _distinct([*closed, *(Way("next", state) for state in open_ways)])

    def node(self, node: Node, state: State) -> list[Way]:
        """The ways through one statement."""
        if isinstance(node, Branch):
            return self._branch(node, state)
        if isinstance(node, Loop):
            return self._loop(node, state)
        if isinstance(node, Try):
            return self._try(node, state)
        state = self._calls(getattr(node, "calls", ()), state)
        if state.end is not None:
            return [Way("stop", state)]
        if isinstance(node, With):
            return self.body(node.body, state)
        if isinstance(node, Raise):
            return [Way("raise", self._raise(node, state))]
        if isinstance(node, Return):
            return [Way("return", self._return(node, state))]
        if isinstance(node, Jump):
            return [Way(node.kind, state.step(node.line, node.kind))]
        if isinstance(node, Assign):
            return [Way("next", self._assign(node, state))]
        if isinstance(node, Evaluate) and node.kind == "yield":
            return [Way("next", self._hand(node.value, state, node.line, "yield"))]
        return [Way("next", state)]

    def then_final(self, ways: Iterable[Way], final: Body) -> list[Way]:
        """Run a `finally` block behind each way: where it leaves, it wins, and an error is lost."""
        if not final:
            return list(ways)
        found = []
        for way in ways:
            for last in self.body(final, replace(way.state, end=None)):
                if last.exit == "next":
                    found.append(Way(way.exit, replace(last.state, end=way.state.end)))
                else:
                    found.append(last)
        return _distinct(found)

    def _branch(self, node: Branch, state: State) -> list[Way]:
        state = self._calls(node.calls, state)
        if state.end is not None:
            return [Way("stop", state)]
        ways = []
        for index, arm in enumerate(node.arms):
            text = f"{node.kind} {node.test.text}" if index == 0 else "otherwise"
            ways += self.body(arm, state.step(node.line, text))
        if not node.complete:
            ways.append(Way("next", state.step(node.line, f"not: {node.test.text}")))
        return _distinct(ways)

    def _loop(self, node: Loop, state: State) -> list[Way]:
        state = self._calls(node.calls, state)
        once = self.body(node.body, state)
        leaving = [way for way in once if way.exit in ("return", "raise", "stop")]
        broken = [Way("next", way.state) for way in once if way.exit == "break"]
        passed = [way.state for way in once if way.exit in ("next", "continue")]
        if node.endless:
            return leaving + broken or [Way("stop", state)]
        # Not entering the loop is judged with the record that a turn leaves: what loops over handlers
        # of the error or over lines of its text is meant to run.
        skipped = replace(state, record=min((s.record for s in passed), key=_rank, default=state.record))
        ends = [way for start in (*passed, skipped) for way in self.body(node.orelse, start)]
        return _distinct(leaving + broken + ends)

    def _try(self, node: Try, state: State) -> list[Way]:
        ways = self.body(node.body, state)
        # A clause starts with what the body has recorded: a failing logger is not what is judged.
        best = max((way.state.record for way in ways), key=_rank, default=state.record)
        caught: list[Way] = []
        for clause in node.clauses:
            start = replace(state, record=best).step(clause.line, _clause_text(clause.caught))
            caught += [_inner(way, clause.bound) for way in self.body(clause.body, start)]
        if any(self._meaning.is_broad(clause.caught) for clause in node.clauses):
            ways = [way for way in ways if way.exit != "raise"] or []
        passed = []
        for way in ways:
            passed += self.body(node.orelse, way.state) if way.exit == "next" else [way]
        return self.then_final(_distinct(passed + caught), node.final)

    def _calls(self, calls: tuple[Call, ...], state: State) -> State:
        made = [(call, self._meaning.act(call, state.knows)) for call in calls]
        has_traceback = any(act == "makes-traceback" for _, act in made)
        for call, act in made:
            if act in ("", "makes-traceback", "makes-error"):
                continue
            state = state.step(call.line, f"{call.name}(…)")
            if act == "exit":
                return replace(state, end="exits")
            if act == "handed":
                state = replace(state, handed=True)
            else:
                shown: Record = "traceback" if act == "traceback" or has_traceback else "text"
                state = replace(state, record=max(state.record, shown, key=_rank), kept=False)
        return state

    def _raise(self, node: Raise, state: State) -> State:
        state = state.step(node.span.line, _raise_text(node))
        return replace(state, end=_raise_end(node, state.knows))

    def _return(self, node: Return, state: State) -> State:
        if node.value is None:
            return state.step(node.line, "return")
        return self._hand(node.value, state, node.line, "return", node.calls)

    def _hand(self, value: Value, state: State, line: int, word: str, calls: tuple[Call, ...] = ()) -> State:
        state = state.step(line, f"{word} {value.text}".rstrip())
        if state.knows.any(value) or self._makes(calls, state) is not None:
            return replace(state, handed=True)
        return replace(state, value=state.value or value.text or word)

    def _assign(self, node: Assign, state: State) -> State:
        targets = " = ".join(node.targets)
        state = state.step(node.line, f"{targets} = {node.value.text}")
        if targets.endswith((".__cause__", ".__context__")) and state.knows.whole(node.value):
            caused = state.knows.caused | {targets.rpartition(".")[0]}
            return replace(state, knows=replace(state.knows, caused=caused))
        made = self._makes(node.calls, state)
        knows = _learn(node, state.knows, made)
        if knows != state.knows or made is not None:
            plain = all("." not in name and "[" not in name for name in node.targets)
            handed = state.handed or not plain or knows.errors != state.knows.errors
            return replace(state, knows=knows, kept=True, handed=handed)
        if node.augmented or state.value:
            return state
        return replace(state, value=f"{targets} = {node.value.text}")

    def _makes(self, calls: tuple[Call, ...], state: State) -> Act | None:
        for call in calls:
            act = self._meaning.act(call, state.knows)
            if act in ("makes-traceback", "makes-error"):
                return act
        return None


def _learn(node: Assign, knows: Knows, made: Act | None) -> Knows:
    names = frozenset(node.targets)
    if made == "makes-traceback":
        return replace(knows, tracebacks=knows.tracebacks | names)
    if made == "makes-error" or knows.whole(node.value):
        return replace(knows, errors=knows.errors | names)
    if knows.any(node.value):
        return replace(knows, texts=knows.texts | names)
    return knows


def _raise_end(node: Raise, knows: Knows) -> Outcome:
    if node.form == "bare" or node.exc in knows.errors and node.form == "name":
        return "reraised"
    head = node.exc.removesuffix(".with_traceback")
    if head in knows.errors and head != node.exc:
        return "reraised"
    if node.exc in knows.caused:
        return "chained"
    if node.cause == "name":
        return "chained" if node.cause_name in knows.errors else "translated"
    if node.cause == "other":
        return "chained"
    return "translated"


def _raise_text(node: Raise) -> str:
    text = f"raise {node.value.text}" if node.value else "raise"
    if node.cause == "none":
        return text + " from None"
    return text + (f" from {node.cause_name}" if node.cause_name else "")


def _clause_text(caught: tuple[Caught, ...]) -> str:
    return "except " + ", ".join(one.name for one in caught) if caught else "except"


def _inner(way: Way, bound: str) -> Way:
    """A way through the clause of a nested try: its own error that is raised again is another one."""
    if way.exit == "raise" and way.state.end == "reraised":
        return Way("raise", replace(way.state, end="translated"))
    return way


def _rank(record: Record) -> int:
    return _RECORDS.index(record)


def _distinct(ways: Iterable[Way]) -> list[Way]:
    return list(_unique(ways))[:MOST_WAYS]


def _unique(ways: Iterable[Way]) -> Iterator[Way]:
    seen = set()
    for way in ways:
        key = (way.exit, way.state.key)
        if key not in seen:
            seen.add(key)
            yield way
