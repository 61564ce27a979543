"""What is wrong in this file? Facts in, findings out: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.lint.identity import Identities
from broadcatch.lint.residual import of_residual
from broadcatch.lint.ruff import handler_rows, raise_rows
from broadcatch.lint.rule import Hit, Rule
from broadcatch.lint.selection import selected_rules
from broadcatch.lint.vendored import of_others
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding, RuffRow
from broadcatch.model.flow import Raise
from broadcatch.model.outcome import Path, Step, Verdict


def check(facts: FileFacts, config: Config) -> tuple[Finding, ...]:
    """The findings of one file, in the order of the text and then by code."""
    return check_judged(facts, judge_file(facts, config), config)


def check_judged(facts: FileFacts, judged: Iterable[Judged], config: Config) -> tuple[Finding, ...]:
    """As `check`, for handlers that were judged already."""
    judged = tuple(judged)
    if not (judged or facts.sites or facts.clauses):
        return ()
    rules = selected_rules(config)
    identities = Identities(facts.path, facts.prints)
    findings: list[Finding] = []
    for one in judged:
        hits = ((rule, hit) for rule in rules for hit in rule.hits(one, facts, config))
        entries = [Entry(rule, of_others(of_residual(hit, one), facts)) for rule, hit in hits]
        _attach(entries, rules, one, facts.module)
        entries.sort(key=lambda entry: (entry.rule.code, entry.hit.span))
        findings += [_finding(entry, one, facts.path, identities) for entry in entries]
    findings += [
        finding_apart(rule, of_others(hit, facts), facts.path, identities)
        for rule in rules
        for hit in rule.file_hits(facts, config)
    ]
    return tuple(sorted(findings, key=lambda found: (found.span, found.code)))


@dataclass(slots=True)
class Entry:
    """A hit on its way to a finding: the Ruff rows that it holds are gathered here."""

    rule: Rule
    hit: Hit
    rows: list[RuffRow] = field(default_factory=list)


def _attach(entries: list[Entry], rules: Sequence[Rule], judged: Judged, module: str) -> None:
    """Put each of Ruff's rows into exactly one entry; where only Ruff reports, its twin adds a note."""
    rows = (*handler_rows(judged.handler, module), *raise_rows(judged.handler))
    for row in dict.fromkeys(rows):
        holders = [entry for entry in entries if entry.rule.holds(entry.hit, row)]
        if holders:
            # The rule about what becomes of the error (BC3xx) is nearer to S110 than the one about its type.
            max(holders, key=lambda entry: entry.rule.code).rows.append(row)
            continue
        twin = next((rule for rule in rules if rule.twin == row.code), None)
        if twin is not None:
            entries.append(Entry(twin, twin.note(judged, row), [row]))


def _finding(entry: Entry, judged: Judged, path: str, identities: Identities) -> Finding:
    scope = judged.handler.place.qualname
    verdict = judged.verdict
    return Finding(
        code=entry.rule.code,
        name=entry.rule.name,
        message=entry.hit.message,
        path=path,
        span=entry.hit.span,
        severity=entry.hit.severity,
        handler=f"{path}:{judged.handler.span.line}",
        function=scope,
        outcome=verdict.outcome,
        identity=identities.make(scope, entry.rule.code, judged.handler.span.line, entry.hit.subject),
        noqa_row=entry.hit.row,
        ruff=tuple(entry.rows),
        steps=_steps(entry.hit, verdict),
    )


def finding_apart(rule: Rule, hit: Hit, path: str, identities: Identities) -> Finding:
    """The finding of a hit in the file `path` that belongs to no handler: it stands for itself."""
    return Finding(
        code=rule.code,
        name=rule.name,
        message=hit.message,
        path=path,
        span=hit.span,
        severity=hit.severity,
        handler=f"{path}:{hit.span.line}",
        function=hit.scope,
        outcome=hit.outcome,
        identity=identities.make(hit.scope, rule.code, hit.span.line, hit.subject),
        noqa_row=hit.row,
        steps=hit.steps,
    )


def _steps(hit: Hit, verdict: Verdict) -> tuple[tuple[int, str], ...]:
    """The way to what was found: to a raise, if it is one, else along the worst path."""
    if hit.steps:
        return hit.steps
    way = verdict.worst.steps
    if isinstance(hit.subject, Raise):
        ways = (_way_to(hit.span.line, path) for path in verdict.paths)
        way = next((to for to in ways if to), _alone(hit.subject))  # of ways that end alike, one is kept
    return tuple((step.line, step.text) for step in way)


def _alone(found: Raise) -> tuple[Step, ...]:
    return (Step(found.span.line, f"raise {found.value.text if found.value else found.exc}"),)


def _way_to(line: int, path: Path) -> tuple[Step, ...]:
    """The steps of a path up to a raise in this line; () where it does not come by."""
    texts = [step.text.startswith("raise") and step.line == line for step in path.steps]
    return path.steps[: texts.index(True) + 1] if True in texts else ()
