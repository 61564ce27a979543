"""What does a finding gain by a suggestion? The first types that its handler could catch instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.raising import Suggestion
from broadcatch.pool import counted
from broadcatch.raises.escapes import Engine
from broadcatch.runs.asking import engine_of
from broadcatch.runs.gather import Progress
from broadcatch.runs.suggesting import suggestions_for

CODES = frozenset({"BC101", "BC102", "BC103"})
"""The findings that say a handler is too broad."""
FIRST = 2
"""So many types are named, and none of low confidence."""


def all_told(
    pairs: Sequence[tuple[FileFacts, Sequence[Finding]]],
    paths: Sequence[str],
    config: Config,
    progress: Progress | None = None,
) -> Sequence[Sequence[Finding]]:
    """The findings of each file with the types that are proposed; `paths` is what was asked about.

    `progress` counts the files with findings that say a handler is too broad.
    """
    engine, told = engine_of(paths, config), dict[str, Sequence[Finding]]()
    for facts, findings in counted([one for one in pairs if _wanted(one[1])], progress):
        told[facts.path] = with_suggestions(facts, findings, config, engine)
    engine.save()
    return [told.get(facts.path, findings) for facts, findings in pairs]


def _wanted(findings: Sequence[Finding]) -> set[int]:
    """The lines of the findings that a suggestion is for."""
    return {one.span.line for one in findings if one.code in CODES and one.suppressed is None}


def with_suggestions(
    facts: FileFacts, findings: Sequence[Finding], config: Config, engine: Engine
) -> Sequence[Finding]:
    """The findings of one file; those about breadth name the first types that are proposed."""
    wanted = _wanted(findings)
    if not wanted:
        return findings
    judged = [one for one in judge_file(facts, config) if one.handler.span.line in wanted]
    told = {one.line: one for one in suggestions_for(facts, judged, engine)}
    return [
        replace(one, message=one.message + _told(told[one.span.line]))
        if one.code in CODES and one.span.line in told
        else one
        for one in findings
    ]


def _told(one: Suggestion) -> str:
    if one.closed and one.replacement is not None:
        return f"; all that can come is stopped by `except {one.replacement}`"
    sure = [proposal for proposal in one.proposals if proposal.confidence != "low"]
    names = [f"`{proposal.spelling}`" for proposal in sure[:FIRST]]
    return f"; to expect here: {', '.join(names)}" if names else ""
