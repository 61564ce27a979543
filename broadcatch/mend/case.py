"""What does a wish look at? One file: what was found in it, judged, suggested, and what knows its classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.raising import Suggestion

Catches: TypeAlias = Callable[[str, str], bool]
"""Whether a clause that names the first class surely stops the second."""


@dataclass(frozen=True, slots=True)
class FileCase:
    """One file: its `live` findings (none suppressed), its handlers and the suggestions for them by line.

    `catches` knows the classes; without it every class stops only itself.
    """

    path: str
    live: tuple[Finding, ...]
    judged: Mapping[int, Judged]
    suggestions: Mapping[int, Suggestion]
    catches: Catches = str.__eq__
    config: Config = field(default_factory=Config)
    request: FixRequest = FixRequest()

    @property
    def clauses(self) -> tuple[int, ...]:
        """The lines of the clauses that some live finding is about, each once, in the findings' order."""
        lines = (clause_of(one) for one in self.live)
        return tuple(dict.fromkeys(line for line in lines if line in self.judged))


def clause_of(finding: Finding) -> int:
    """The line of the clause that a finding belongs to, 0 if it belongs to none."""
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0
