"""What does a wish look at? One file: what was found in it, judged, suggested, and what knows its classes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import FileFacts, Site
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest, is_residual
from broadcatch.model.raising import Suggestion
from broadcatch.model.results import Target

if TYPE_CHECKING:
    from broadcatch.mend.naming import Naming

Catches: TypeAlias = Callable[[str, str], bool]
"""Whether a clause that names the first class surely stops the second."""

Circles: TypeAlias = Callable[[str], bool]
"""Whether importing a module (in full, or relative to the file) at the top of the file closes a circle."""


Retries: TypeAlias = Callable[[str], str]
"""What a file, or its project, has to try again with: `tenacity`, `backoff`, or "" for nothing."""


def nothing(_path: str) -> str:
    """The project tries again with nothing."""
    return ""


def never(_module: str) -> bool:
    """No import closes a circle, and none may fail."""
    return False


ANYTHING: tuple[str, ...] = ("Exception",)
"""What newly leaves where nothing is known of it."""


@dataclass(frozen=True, slots=True)
class FileCase:
    """One file: its `live` findings (none suppressed), its handlers and the suggestions for them by line.

    `catches` knows the classes; without it every class stops only itself. `meant` are the lines
    of the clauses that were asked for, None for all. `naming` finds the classes that the configuration names.
    `named` are the lines of clauses that a target itself names and that nobody silenced; `circles` says
    whether importing a module at the top of the file closes a circle. `sites` are the places of the file that
    decide about errors without a clause; `suggestions` has answers for them too. `retries` says with what the
    project tries again. `missing` says whether a module may be missing where the file itself can be imported.
    """

    path: str
    live: tuple[Finding, ...]
    judged: Mapping[int, Judged]
    suggestions: Mapping[int, Suggestion]
    catches: Catches = str.__eq__
    config: Config = field(default_factory=Config)
    request: FixRequest = FixRequest()
    meant: frozenset[int] | None = None
    naming: Naming | None = None
    named: frozenset[int] = frozenset()
    circles: Circles = never
    sites: tuple[Site, ...] = ()
    retries: Retries = nothing
    missing: Circles = never

    @property
    def clauses(self) -> tuple[int, ...]:
        """The lines of the clauses that some live finding is about, each once, in the findings' order."""
        lines = (clause_of(one) for one in self.live)
        return tuple(dict.fromkeys(line for line in lines if line in self.judged))

    @property
    def residuals(self) -> tuple[int, ...]:
        """The lines of the clauses that a split left behind, as far as they were asked for."""
        marked = (line for line, one in self.judged.items() if is_residual(one.handler.comment))
        return tuple(line for line in marked if self.meant is None or line in self.meant)


def has_residual(facts: FileFacts) -> bool:
    """Whether some clause of a file was left behind by a split."""
    return any(is_residual(one.comment) for one in facts.handlers)


def points_into(path: str, targets: Sequence[Target]) -> bool:
    """Whether a target names a line of the file."""
    return any(one.line is not None and os.path.abspath(one.path) == os.path.abspath(path) for one in targets)


def clause_of(finding: Finding) -> int:
    """The line of the clause that a finding belongs to, 0 if it belongs to none."""
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0
