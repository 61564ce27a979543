"""Which handlers have this outcome? The base of the rules about what becomes of the error (BC3xx)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.excuses import outcome_excuse
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.severity import Grade, grade
from broadcatch.lint.wording import caught_words, kept_words
from broadcatch.model.facts import FileFacts
from broadcatch.model.outcome import Outcome


class OutcomeRule(Rule):
    """Fires on broad handlers of one outcome; with `typed` on all others too, as a note."""

    outcome: ClassVar[Outcome]

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, if the handler's outcome is this rule's."""
        verdict = judged.verdict
        if not self.excuse(judged, facts, config):
            found = grade(judged, config) if verdict.broad else Grade("note")
            message = f"{caught_words(judged)}; {kept_words(judged)}{found.suffix}"
            yield on_clause(judged.handler, message, found.severity)

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the clause is left alone."""
        return outcome_excuse(judged, self.outcome, config)
