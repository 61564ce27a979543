"""Which handlers and files first, among these facts?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.aftermath import Aftermath
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.ranking import FileRisk, HandlerRisk, Reach
from broadcatch.risk.rank import Place, rank_judged
from broadcatch.risk.terms import terms_of
from broadcatch.runs.afterwards import NO_TEXTS, afterwards
from broadcatch.runs.checking import findings

Reaching: TypeAlias = Callable[
    [Mapping[str, Sequence[Judged]], Mapping[Place, Aftermath]],
    tuple[Mapping[Place, Reach], Mapping[Place, Aftermath]],
]
"""Who calls the functions of handlers, and what comes after these when callers elsewhere are known."""


def ranking(
    facts: Sequence[FileFacts],
    config: Config,
    texts: Mapping[str, bytes] = NO_TEXTS,
    reaching: Reaching | None = None,
) -> tuple[tuple[FileRisk, ...], tuple[HandlerRisk, ...]]:
    """Files and handlers by risk, riskiest first; suppressed handlers are marked.

    `texts` by path are what the facts were read from, where that is not what lies on the disk. `reaching`
    asks the call graph, where that is wished for.
    """
    judged = {one.path: judge_file(one, config) for one in facts}
    silenced = _silenced(one for each in facts if each.handlers for one in findings(each, config))
    after: Mapping[Place, Aftermath] = afterwards(judged, texts)
    reaches: Mapping[Place, Reach] = {}
    if reaching is not None:
        reaches, after = reaching(judged, after)
    found = rank_judged(judged, silenced, terms_of(config), after, reaches)
    return found.files, found.handlers


def _silenced(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """Path and line of the handlers of which every finding is suppressed."""
    marked = [(one.suppressed is not None, (one.path, _line(one))) for one in findings]
    live = {place for silent, place in marked if not silent}
    return frozenset(place for silent, place in marked if silent and place not in live)


def _line(finding: Finding) -> int:
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else finding.span.line
