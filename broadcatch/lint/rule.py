"""What is a rule? A code, a name, a page of documentation, and a predicate over judged handlers."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts, Handler, Site
from broadcatch.model.findings import RuffRow, Severity, Use
from broadcatch.model.flow import Raise
from broadcatch.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule fires.

    `row` is the line on which a `noqa` silences it; `subject` is what it is recognised by after the
    code around it has moved (hashed without its line numbers). `scope` and `outcome` are told only where
    the place belongs to no handler: the qualified name of the function or class around it, and what
    becomes of the error ("" where that cannot be said).
    """

    span: Span
    message: str
    severity: Severity
    row: int
    subject: object
    scope: str = ""
    outcome: str = ""
    steps: tuple[tuple[int, str], ...] = ()


class Rule(ABC):
    """The base of every rule. Its docstring is its documentation, under the headings of `document`.

    `twin` is the Ruff code that looks for the same thing: where only Ruff reports, the rule says so
    in a note. `carries` are further Ruff codes that a finding of this rule can hold.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    twin: ClassVar[str] = ""
    carries: ClassVar[tuple[str, ...]] = ()

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The places at which the rule fires for one handler."""
        return iter(())

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The places of a file at which the rule fires and that belong to no handler."""
        return iter(())

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the rule says nothing about one handler, where a person may ask; "" where it speaks.

        Rules that have reasons worth telling decide by it, so that what is told is what was decided.
        """
        return ""

    def use_hits(self, uses: Sequence[Use], config: Config) -> Iterator[Hit]:
        """The suppressions of a file at which the rule fires; asked after all others have spoken."""
        return iter(())

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


def on_use(use: Use, message: str, severity: Severity) -> Hit:
    """A hit on a suppression comment."""
    return Hit(use.span, message, severity, use.span.line, (use.by, use.text))


def on_site(site: Site, message: str, severity: Severity, outcome: str = "") -> Hit:
    """A hit on a place that belongs to no handler."""
    subject = (site.kind, site.name, site.call, site.body)
    return Hit(site.span, message, severity, site.span.line, subject, site.place.qualname, outcome)
