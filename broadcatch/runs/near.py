"""What is there to see of a handler from near? Its code, its ways, and what the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.lint.wording import path_words
from broadcatch.model.explaining import Way
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.raising import Suggestion
from broadcatch.model.ranking import HandlerRisk
from broadcatch.model.reporting import Detail, Rewrite, Rule
from broadcatch.runs.checking import findings
from broadcatch.source.lines import split
from broadcatch.source.read import Text, read

Place = tuple[str, int]
HEAD = 12
TAIL = 24
"""Of a long `try`, so many rows are shown at its beginning, and before its handler."""
BODY = 40
"""So many rows of a handler."""
WIDE = 400
"""Characters of a row: what is longer was not written to be read."""


def details(
    facts: Sequence[FileFacts],
    risks: Sequence[HandlerRisk],
    config: Config,
    suggestions: Mapping[Place, Suggestion],
    rewrites: Mapping[Place, tuple[Rewrite, ...]],
) -> Mapping[Place, Detail]:
    """What is known of each ranked handler, by path and line."""
    by_file: dict[str, list[HandlerRisk]] = {}
    for risk in risks:
        by_file.setdefault(risk.path, []).append(risk)
    return {
        (one.path, one.line): one
        for each in facts
        if each.path in by_file
        for one in _details(each, by_file[each.path], config, suggestions, rewrites)
    }


def _details(
    facts: FileFacts,
    risks: Sequence[HandlerRisk],
    config: Config,
    suggestions: Mapping[Place, Suggestion],
    rewrites: Mapping[Place, tuple[Rewrite, ...]],
) -> Iterator[Detail]:
    source = read(facts.path)
    rows = [row.rstrip("\r\n") for row in split(source.text)] if isinstance(source, Text) else []
    judged = {one.handler.span.line: one for one in judge_file(facts, config)}
    said = _rules(findings(facts, config))
    for risk in risks:
        place = (risk.path, risk.line)
        yield Detail(
            *place,
            code=tuple(_code(risk, judged[risk.line], rows)),
            ways=_ways(judged[risk.line]),
            rules=tuple(said.get(risk.line, ())),
            suggestion=suggestions.get(place),
            rewrites=rewrites.get(place, ()),
        )


def _ways(one: Judged) -> tuple[Way, ...]:
    """The worst way first."""
    worst = one.verdict.worst
    ways = [Way(path, path_words(path), path == worst) for path in one.verdict.paths]
    return tuple(sorted(ways, key=lambda way: not way.worst))


def _rules(found: Sequence[Finding]) -> Mapping[int, Sequence[Rule]]:
    rules: dict[int, list[Rule]] = {}
    for one in found:
        line = one.handler.rpartition(":")[2]
        if line.isdecimal():
            rules.setdefault(int(line), []).append(Rule(one.code, one.name, one.severity, one.message))
    return rules


def _code(risk: HandlerRisk, one: Judged, rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The rows of the function's head, of the `try`, and those that a factor or a step names."""
    clause, end = risk.line, one.handler.end_line
    wanted = {*range(one.handler.try_line, min(one.handler.try_line + HEAD, clause))}
    wanted |= {*range(max(one.handler.try_line, clause - TAIL), min(end, clause + BODY) + 1)}
    wanted |= {factor.line for factor in risk.factors}
    wanted |= {step.line for path in one.verdict.paths for step in path.steps}
    scope = one.handler.place.function
    if scope is not None:
        wanted.add(scope.line)
    yield from ((row, rows[row - 1][:WIDE]) for row in sorted(wanted) if 0 < row <= len(rows))
