"""What does a signal look at? One judged handler, with the names around it cut into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Branch, Call, Jump, Raise, Return, With
from broadcatch.model.outcome import Verdict

_SHOWS = frozenset("debug info warn warning error critical fatal exception log print echo".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A signal that fired: its name in the table of weights, what it saw, and how sure it is (0 to 1)."""

    name: str
    detail: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A judged handler in its file; `shared` are the words that the paths of all files have in common."""

    path: str
    judged: Judged
    shared: frozenset[str] = frozenset()

    @property
    def handler(self) -> Handler:
        """The handler's facts."""
        return self.judged.handler

    @property
    def verdict(self) -> Verdict:
        """What becomes of the error."""
        return self.judged.verdict

    @property
    def function(self) -> str:
        """The name of the innermost function, "" outside of one."""
        function = self.handler.place.function
        return function.name if function else ""

    @property
    def classes(self) -> tuple[str, ...]:
        """The enclosing classes, innermost first."""
        return tuple(scope.name for scope in reversed(self.handler.place.scopes) if scope.kind == "class")

    def calls(self) -> Iterator[Call]:
        """The named calls of the try body that do more than show a text."""
        for call in calls_in(self.handler.attempt):
            if call.name and call.name.rpartition(".")[2] not in _SHOWS:
                yield call

    def written(self) -> Iterator[tuple[int, str]]:
        """Line and text of the attributes and items that the try body assigns."""
        for node in nodes_in(self.handler.attempt):
            if isinstance(node, Assign):
                for target in node.targets:
                    if "." in target or "[" in target:
                        yield node.line, target

    @property
    def first_that_works(self) -> bool:
        """Whether success leaves the loop around the try: it tries again, or tries one after another."""
        return bool(self.handler.place.loop) and _leaves(self.handler.attempt + self.handler.orelse)

    def answers(self) -> Iterator[Return]:
        """The handler's `return` statements that give a value."""
        for node in nodes_in(self.handler.body):
            if isinstance(node, Return) and node.value is not None:
                yield node


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
