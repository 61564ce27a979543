"""What is a rule? A code, a name, a page of documentation, and a predicate over judged handlers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.findings import RuffRow, Severity
from broadcatch.model.flow import Raise
from broadcatch.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule fires.

    `row` is the line on which a `noqa` silences it; `subject` is what it is recognised by after the
    code around it has moved (hashed without its line numbers).
    """

    span: Span
    message: str
    severity: Severity
    row: int
    subject: object


class Rule(ABC):
    """The base of every rule. Its docstring is its documentation, under the headings of `document`.

    `twin` is the Ruff code that looks for the same thing: where only Ruff reports, the rule says so
    in a note. `carries` are further Ruff codes that a finding of this rule can hold.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    twin: ClassVar[str] = ""
    carries: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The places at which the rule fires for one handler."""

    def holds(self, hit: Hit, row: RuffRow) -> bool:
        """Whether a finding at `hit` is the one that holds `row`."""
        return row.code == self.twin or row.code in self.carries

    def note(self, judged: Judged, row: RuffRow) -> Hit:
        """The note at a place that Ruff reports and this rule does not."""
        message = f"{caught_words(judged)}; the error leaves on every path; Ruff reports {row.code} here"
        return on_clause(judged.handler, message, "note")


def on_clause(handler: Handler, message: str, severity: Severity) -> Hit:
    """A hit on the header of a clause."""
    classes = tuple(one.name for one in handler.caught)
    return Hit(handler.span, message, severity, handler.span.line, (classes, handler.body))


def on_raise(found: Raise, message: str, severity: Severity) -> Hit:
    """A hit on a raise statement."""
    return Hit(found.span, message, severity, found.span.line, found)
