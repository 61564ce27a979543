"""What does a signal look at? One judged handler, with the names around it cut into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.flow.walk import nodes_in
from broadcatch.judge import stakes
from broadcatch.judge.verdict import Judged
from broadcatch.model.aftermath import NOTHING, Aftermath
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Call, Return
from broadcatch.model.outcome import Verdict
from broadcatch.model.ranking import Reach
from broadcatch.risk.terms import GENERAL, Terms


@dataclass(frozen=True, slots=True)
class Found:
    """A signal that fired: its name in the table of weights, what it saw and in which line, and how sure it
    is (0 to 1)."""

    name: str
    detail: str
    strength: float = 1.0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A judged handler in its file.

    `shared` are the words that the paths of the files have in common, `after` is what comes after the
    handler, as far as that was read, `terms` are the words that count, `reach` who calls it,
    `packages` the names that the project's own modules may begin with.
    """

    path: str
    judged: Judged
    shared: frozenset[str] = frozenset()
    after: Aftermath = NOTHING
    terms: Terms = GENERAL
    reach: Reach | None = None
    packages: frozenset[str] = frozenset()

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
        return stakes.function_of(self.handler)

    @property
    def classes(self) -> tuple[str, ...]:
        """The enclosing classes, innermost first."""
        return tuple(scope.name for scope in reversed(self.handler.place.scopes) if scope.kind == "class")

    def calls(self) -> Iterator[Call]:
        """The named calls of the try body that do more than show a text."""
        return stakes.working_calls(self.handler)

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
        return stakes.first_that_works(self.handler)

    def answers(self) -> Iterator[Return]:
        """The handler's `return` statements that give a value."""
        return stakes.answers(self.handler)


def is_made(name: str) -> bool:
    """Whether a called name is that of a class (`InvoiceResponse`): it makes an object, and does nothing."""
    last = name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() and not last.isupper()
