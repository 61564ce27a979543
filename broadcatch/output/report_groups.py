"""Which folders, which owners? The files of a report, taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcatch.model.ranking import FileRisk, Tier
from broadcatch.model.results import ReportResult
from broadcatch.output.view import Grouping

NOBODY = "(no owner)"
TOP = "(top folder)"


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one folder or owner; tier and score are those of the worst, `tiers` count handlers."""

    name: str
    score: float
    tier: Tier
    files: tuple[FileRisk, ...]
    tiers: Mapping[Tier, int]


def grouped(result: ReportResult, by: Grouping) -> Sequence[Group]:
    """The groups, those with the most handlers of the highest tier first. A file of two owners is in both."""
    members: dict[str, list[FileRisk]] = {}
    for one in result.files:
        for name in _names(one.path, result, by):
            members.setdefault(name, []).append(one)
    counts: dict[str, Counter[Tier]] = {}
    for risk in result.handlers:
        counts.setdefault(risk.path, Counter())[risk.tier] += 1
    groups = [_group(name, files, counts) for name, files in members.items()]
    return sorted(groups, key=_order)


def package_of(path: str) -> str:
    """The folder of a file, as people name its package."""
    return path.rpartition("/")[0] or TOP


def _names(path: str, result: ReportResult, by: Grouping) -> Iterator[str]:
    if by == "file":
        yield path
    elif by == "package":
        yield package_of(path)
    else:
        yield from result.beside.owners.get(path, (NOBODY,))


def _group(name: str, files: Sequence[FileRisk], counts: Mapping[str, Counter[Tier]]) -> Group:
    worst = max(files, key=lambda one: one.score)
    total: Counter[Tier] = Counter()
    for one in files:
        total += counts.get(one.path, Counter())
    tiers: tuple[Tier, ...] = ("high", "medium", "low")
    return Group(name, worst.score, worst.tier, tuple(files), {tier: total[tier] for tier in tiers})


def _order(one: Group) -> tuple[int, int, float, str]:
    return -one.tiers["high"], -one.tiers["medium"], -one.score, one.name
