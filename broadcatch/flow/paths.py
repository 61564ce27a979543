"""Which ways lead through a handler, and what becomes of the error on each? One fold over the tree.

What a call means (a record of the error, an exit of the process) is asked of a `Meaning`, so that the
fold knows Python's control flow and nothing of libraries. Where ways do not differ in anything that is
judged, the first is kept. Calls in the handler are taken to succeed, except in the body of a nested
try: there every statement may fail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from broadcatch.flow.catching import catches, caught_by_context
from broadcatch.flow.ending import assigned, clause_text, path_key, path_of, raise_text, unless_text
from broadcatch.flow.learning import goes_out, learn, makes, raise_end
from broadcatch.flow.ways import (
    STAYING,
    Act,
    Knows,
    Leaving,
    Meaning,
    State,
    Way,
    as_if_run,
    distinct,
)
from broadcatch.model.flow import (
    Assign,
    Body,
    Branch,
    Call,
    Clause,
    Evaluate,
    Jump,
    Loop,
    Node,
    Noop,
    Raise,
    Return,
    Try,
    Value,
    With,
)
from broadcatch.model.outcome import Outcome, Path

_ENDS: dict[Act, Outcome] = {
    "exit": "exits",
    "raise": "translated",
    "chain": "chained",
    "reraise": "reraised",
}
_PLAIN = frozenset({"none", "true", "false", "number", "text", "empty", "name"})
_MOST_TURNS = 4


def paths(body: Body, final: Body, bound: str, meaning: Meaning) -> tuple[Path, ...]:
    """Every way through a handler's `body` (and the try's `final` after it), never empty."""
    fold = _Fold(meaning)
    start = State(Knows(frozenset({bound} if bound else ())))
    ways = fold.then_final(fold.body(body, start), final)
    found = {path_key(path): path for path in reversed([path_of(way, bound) for way in ways])}
    return tuple(reversed(found.values()))


class _Fold:
    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._points: list[list[State]] = []
        """For each try around, innermost last: the states in which its body may fail."""

    def body(self, body: Body, start: State) -> list[Way]:
        """The ways through a block."""
        open_ways, closed = [start], []
        for node in body:
            ways = [way for state in open_ways for way in self.node(node, state)]
            closed += [way for way in ways if way.exit != "next"]
            open_ways = [way.state for way in distinct(ways) if way.exit == "next"]
            if not open_ways:
                break
        return distinct([*closed, *(Way("next", state) for state in open_ways)])

    def node(self, node: Node, state: State) -> list[Way]:
        """The ways through one statement."""
        if isinstance(node, Try):
            return self._try(node, state)
        before, state = state, self._calls(getattr(node, "calls", ()), state)
        if state.leaving.end is not None:
            return [Way("stop" if state.leaving.end == "exits" else "raise", state)]
        if self._points and self._may_fail(node):
            # A logger that fails is not what is judged: its record counts.
            self._points[-1].append(before.recorded(state.record))
        if isinstance(node, Branch):
            return self._branch(node, state)
        if isinstance(node, Loop):
            return self._loop(node, state)
        if isinstance(node, With):
            return self._with(node, state)
        return [self._simple(node, state)]

    def then_final(self, ways: Iterable[Way], final: Body) -> list[Way]:
        """Run a `finally` block behind each way: where it leaves, it wins, and what left is lost."""
        if not final:
            return list(ways)
        found = []
        for way in ways:
            state = way.state
            current = state.leaving.end or state.current  # a bare raise there raises what is on its way
            for last in self.body(final, replace(state, leaving=STAYING, current=current)):
                # What a `finally` sets is set on success too: it takes no error's place.
                after = replace(last.state, value=state.value, local=state.local, current=state.current)
                goes_on = last.exit == "next"
                found.append(
                    Way(way.exit, replace(after, leaving=state.leaving)) if goes_on else Way(last.exit, after)
                )
        return distinct(found)

    def _simple(self, node: Node, state: State) -> Way:
        if isinstance(node, Raise):
            return self._raise(node, state)
        if isinstance(node, Return):
            return Way("return", self._return(node, state))
        if isinstance(node, Jump):
            return Way(node.kind, state.step(node.line, node.kind))
        if isinstance(node, Assign):
            return Way("next", self._assign(node, state))
        if isinstance(node, Evaluate) and node.kind == "yield":
            return Way("next", self._yield(node, state))
        return Way("next", state)

    def _branch(self, node: Branch, state: State) -> list[Way]:
        ways, state = [], state.asked(node.test)
        for index, arm in enumerate(node.arms):
            text = f"{node.kind} {node.test.text}" if index == 0 else "otherwise"
            ways += self.body(arm, state.step(node.line, text))
        if not node.complete:
            ways.append(Way("next", state.step(node.line, unless_text(node.test))))
        return distinct(ways)

    def _loop(self, node: Loop, state: State) -> list[Way]:
        ways = self._turns(node, replace(state, knows=state.knows.forget(node.targets)))
        leaving = [way for way in ways if way.exit in ("return", "raise", "stop")]
        broken = [Way("next", way.state) for way in ways if way.exit == "break"]
        if node.endless:
            return distinct(leaving + broken) or [Way("stop", state)]
        passed = [way.state for way in ways if way.exit in ("next", "continue")]
        skipped = as_if_run(state, passed) if node.kind == "for" else state
        ends = [way for start in (*passed, skipped) for way in self.body(node.orelse, start)]
        return distinct(leaving + broken + ends)

    def _turns(self, node: Loop, state: State) -> list[Way]:
        """The ways through the turns of a loop, until another turn adds nothing."""
        found: dict[Way, None] = {}
        starts = [state]
        for _ in range(_MOST_TURNS):
            ways = [way for start in starts for way in self.body(node.body, start)]
            fresh = [way for way in ways if way not in found]
            found.update(dict.fromkeys(fresh))
            starts = [way.state for way in fresh if way.exit in ("next", "continue") and way.state != state]
            if not starts:
                break
        return distinct(found)

    def _with(self, node: With, state: State) -> list[Way]:
        state = replace(state, knows=state.knows.forget(node.targets))
        for call in node.calls:
            if self._meaning.act(call, state.knows) == "suppress":
                clause = Clause(node.line, caught_by_context(call), "", ())
                return self._try(Try(node.line, False, node.body, (clause,)), state)
        return self.body(node.body, state)

    def _try(self, node: Try, state: State) -> list[Way]:
        self._points.append([])
        ways = self.then_final(self._guarded(node, state), node.final)
        for point in dict.fromkeys(self._points.pop()):  # fails past the clauses: through `finally`, outwards
            for way in self.body(node.final, replace(point, current="translated")):
                state = replace(way.state, current=point.current)
                if way.exit != "next" and way.state.leaving != Leaving("translated"):
                    ways.append(Way(way.exit, state))
                elif self._points:  # nobody met it yet; a bare raise in `finally` changes nothing
                    self._points[-1].append(replace(state, leaving=STAYING))
        return distinct(ways)

    def _guarded(self, node: Try, state: State) -> list[Way]:
        """The ways through a try without its `finally`."""
        if not node.clauses:
            return self.body(node.body, state)
        self._points.append([])
        ways = self.body(node.body, state)
        points = list(dict.fromkeys(self._points.pop()))
        loose = [way for way in ways if way.exit in ("raise", "stop") and way.state.leaving.end]
        found = []
        for way in ways:
            if way not in loose:
                found += self.body(node.orelse, way.state) if way.exit == "next" else [way]
        for clause in node.clauses:
            met = [(way, catches(self._meaning, clause.caught, way)) for way in loose]
            starts = points + [way.state for way, answer in met if answer != "no"]
            loose = [way for way, answer in met if answer != "surely"]
            points = [] if self._meaning.is_broad(clause.caught) else points
            found += self._clause(clause, starts, state)
        return distinct(found + loose)

    def _clause(self, clause: Clause, starts: list[State], outside: State) -> list[Way]:
        ways = []
        for start in starts:
            inside = _caught(clause, start).step(clause.line, clause_text(clause.caught))
            ways += self.body(clause.body, inside)
        return [Way(way.exit, _left(clause, way.state, outside)) for way in ways]

    def _may_fail(self, node: Node) -> bool:
        """Whether a statement may raise by itself; `raise` stands for itself."""
        if isinstance(node, (Noop, Jump, Raise)):
            return isinstance(node, Noop) and node.kind == "import"
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        if calls or isinstance(node, (With, Loop)):
            return True
        value: Value | None = getattr(node, "value", None) or getattr(node, "test", None)
        dotted = isinstance(node, Assign) and goes_out(node)
        return dotted or (value is not None and (value.kind not in _PLAIN or "." in value.text))

    def _calls(self, calls: tuple[Call, ...], state: State) -> State:
        knows = state.knows
        for call in calls:
            act = self._meaning.act(call, knows)
            if act == "makes-traceback":  # within its statement, the maker's name stands for what it made
                knows = replace(knows, tracebacks=knows.tracebacks | {call.name.partition(".")[0]})
            elif act == "makes-error":
                knows = replace(knows, errors=knows.errors | {f"{call.name}()"})
            elif call.conditional and act:
                continue  # it may not be made: the worse way is the one without it
            elif act in _ENDS:
                leaving = Leaving(_ENDS[act])
                return replace(state.step(call.line, f"{call.name}(…)"), leaving=leaving)
            elif act == "handed":
                whole = state.whole or any(knows.complete(arg.value) for arg in call.args)
                state = replace(state.step(call.line, f"{call.name}(…)"), handed=True, whole=whole)
            elif act == "traceback" or act == "text":
                state = state.step(call.line, f"{call.name}(…)").recorded(act)
        return state

    def _raise(self, node: Raise, state: State) -> Way:
        state = state.step(node.span.line, raise_text(node))
        raised = node.qualified or node.exc
        if node.form != "bare" and self._meaning.is_exit_class(raised):
            return Way("stop", replace(state, leaving=Leaving("exits", raised)))
        end = raise_end(node, state, self._meaning)
        known = end != "reraised" and node.form in ("name", "call") and "(" not in raised
        return Way("raise", replace(state, leaving=Leaving(end, raised if known else "")))

    def _return(self, node: Return, state: State) -> State:
        if node.value is None:
            return state.step(node.line, "return")
        state = state.step(node.line, f"return {node.value.text}")
        made = makes(node.calls, state.knows, self._meaning) != ""
        gives, whole = made or state.knows.any(node.value), made or state.knows.complete(node.value)
        return replace(
            state,
            whole=state.whole or whole,
            leaving=Leaving(returned=node.value.text or "return", gives=gives),
        )

    def _yield(self, node: Evaluate, state: State) -> State:
        state = state.step(node.line, f"yield {node.value.text}".rstrip())
        if state.knows.any(node.value):
            whole = state.whole or state.knows.complete(node.value)
            return replace(state, handed=True, whole=whole)
        return replace(state, value=state.value or node.value.text or "yield")

    def _assign(self, node: Assign, state: State) -> State:
        text = assigned(node)
        state = state.step(node.line, text)
        flows, knows = learn(node, state.knows, self._meaning)
        dotted = goes_out(node)
        if flows:
            kept = state.kept or (not dotted and knows.tells_more(state.knows))
            traced = bool(knows.tracebacks - state.knows.tracebacks)
            whole = state.whole or traced or (dotted and state.knows.complete(node.value))
            return replace(state, knows=knows, kept=kept, handed=state.handed or dotted, whole=whole)
        state = replace(state, knows=knows)
        if node.augmented:
            return state
        if dotted:
            return replace(state, value=state.value or text)
        return replace(state, local=state.local or text)


def _left(clause: Clause, state: State, outside: State) -> State:
    return replace(state, current=outside.current, knows=state.knows.forget((clause.bound,)))


def _caught(clause: Clause, start: State) -> State:
    """The state at the beginning of a clause: a bare raise there raises what the clause caught."""
    current = start.leaving.end or "translated"
    knows = start.knows.forget((clause.bound,))
    if clause.bound and current == "reraised":
        knows = replace(knows, errors=knows.errors | {clause.bound})
    elif clause.bound and current == "chained":
        knows = replace(knows, caused=knows.caused | {clause.bound})
    return replace(start, knows=knows, current=current, leaving=STAYING)
