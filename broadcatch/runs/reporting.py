"""What is told beside a ranking? Changes, histories, owners and each handler from near, as asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.model.facts import FileFacts
from broadcatch.model.raising import Suggestion
from broadcatch.model.ranking import HandlerRisk, History
from broadcatch.model.reporting import Beside, Comparison, Detail, ReportRequest, Rewrite
from broadcatch.pool import counted
from broadcatch.runs.comparing import Ranked, compared
from broadcatch.runs.gather import Progress
from broadcatch.runs.histories import histories
from broadcatch.runs.near import Place, details
from broadcatch.runs.ranking import ranking
from broadcatch.source.git import from_top, repository, shallow
from broadcatch.source.owners import read_owners
from broadcatch.source.project import project_root

SHALLOW = "git: this clone is shallow, so changes are counted only as far as its history goes"


@dataclass(frozen=True, slots=True)
class RankedFiles:
    """What was ranked: the paths, the configuration, the facts and the ranking."""

    paths: Sequence[str]
    config: Config
    facts: Sequence[FileFacts]
    ranked: Ranked


def beside(
    asked: RankedFiles,
    request: ReportRequest,
    rewrites: Mapping[Place, tuple[Rewrite, ...]],
    progress: Progress | None = None,
) -> Beside:
    """What `request` asks for. Raises BroadcatchError where git cannot answer.

    `progress` counts the files whose handlers suggestions are made for.
    """
    files = [one.path for one in asked.ranked[0]]
    remarks: list[str] = []
    known: Mapping[str, History] = {}
    if request.history:
        root = repository(asked.paths[0])
        known = histories(root, files)
        remarks += [SHALLOW] if shallow(root) else []
    return Beside(
        asked=request,
        comparison=_comparison(asked, request.compare) if request.compare else None,
        owners=_owners(asked.paths, files) if request.owners else {},
        histories=known,
        details=_details(asked, request, rewrites, progress) if request.details else {},
        remarks=tuple(remarks),
        project=project_root(Path(asked.paths[0])).name,
    )


def _comparison(asked: RankedFiles, revision: str) -> Comparison:
    return compared(revision, asked.paths, asked.facts, asked.ranked, asked.config, ranking)


def _owners(paths: Sequence[str], files: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Of files that nobody owns there is no entry."""
    root = project_root(Path(paths[0]))
    found = read_owners(root)
    owned = {path: found.of(from_top(root.resolve(), path)) for path in files} if found else {}
    return {path: names for path, names in owned.items() if names}


def _details(
    asked: RankedFiles,
    request: ReportRequest,
    rewrites: Mapping[Place, tuple[Rewrite, ...]],
    progress: Progress | None,
) -> Mapping[Place, Detail]:
    risks = asked.ranked[1]
    shown = risks[: request.top]
    suggestions = dict(_suggestions(asked, shown, progress)) if request.suggestions else {}
    return details(asked.facts, risks, asked.config, suggestions, rewrites)


def _suggestions(
    asked: RankedFiles, risks: Sequence[HandlerRisk], progress: Progress | None
) -> Iterator[tuple[Place, Suggestion]]:
    from broadcatch.runs.asking import engine_of
    from broadcatch.runs.suggesting import suggestions_for

    engine = engine_of(asked.paths, asked.config)
    shown = {(one.path, one.line) for one in risks}
    files = {path for path, _ in shown}
    for facts in counted([one for one in asked.facts if one.path in files], progress):
        judged = judge_file(facts, asked.config)
        wanted = [one for one in judged if (facts.path, one.handler.span.line) in shown]
        for one in suggestions_for(facts, wanted, engine):
            yield (one.path, one.line), one
    engine.save()
