"""Which fix does a finding carry? Those that need no inference; `fix` knows more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.case import FileCase
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding, Fix, Safety
from broadcatch.model.fixing import Kind
from broadcatch.pool import map_files
from broadcatch.rewrite.plan import plan
from broadcatch.rewrite.values import Rewrite
from broadcatch.source.read import Text, decode, read

_KINDS: dict[str, Kind] = {
    "BC101": "bare",
    "BC103": "cancellation",
    "BC201": "chain",
    "BC204": "re-raise",
    "BC205": "useless",
    "BC303": "traceback",
    "BC403": "batch",
}
"""Rules whose findings carry a rewrite, and its kind."""
_TRUST: tuple[Safety, ...] = ("display", "unsafe", "safe")


def with_fixes(
    text: str, facts: FileFacts, findings: Sequence[Finding], config: Config
) -> tuple[Finding, ...]:
    """The findings of one file, each with the rewrite that mends it and needs no inference: see `_KINDS`."""
    live = tuple(one for one in findings if one.suppressed is None)
    judged = {one.handler.span.line: one for one in judge_file(facts, config)}
    asked = [
        one
        for one in wanted(FileCase(facts.path, live, judged, {}, config=config, sites=facts.sites))
        if one.kind in _KINDS.values()
    ]
    rewrites = plan(text, facts.path, asked).rewrites if asked else ()
    ends = {line: one.handler.end_line for line, one in judged.items()}
    return tuple(
        replace(one, fix=None if one.suppressed else _fix_of(one, rewrites, ends)) for one in findings
    )


def _fix_of(finding: Finding, rewrites: Sequence[Rewrite], ends: Mapping[int, int]) -> Fix | None:
    """The rewrites of a finding's kind at its place, else those in its clause, as one fix."""
    line = finding.span.line
    own = [one for one in rewrites if one.kind == _KINDS.get(finding.code)]
    found = [one for one in own if one.line == line]
    if not found and finding.code == "BC303":
        found = [one for one in own if line < one.line <= ends.get(line, 0)]
    if not found:
        return None
    edits = tuple(dict.fromkeys(edit for one in found for edit in one.edits))
    least = min(found, key=lambda one: _TRUST.index(one.safety))
    return Fix(found[0].title, least.safety, edits, least.reason)


def all_fixed(
    each: Sequence[tuple[FileFacts, Sequence[Finding]]],
    config: Config,
    texts: Mapping[str, bytes] | None = None,
) -> Iterator[Sequence[Finding]]:
    """The findings of each file with their fixes, by worker processes: each file is parsed as a whole.

    `texts` are contents by path that are not those on the disk.
    """
    asked = [item for item in each if _has_fixes(item[1])]
    job = partial(_fixed_item, config=config, texts=texts or {})
    made = map_files(job, asked, config.jobs, _unfixed, size=_lines_of)
    return (next(made) if _has_fixes(findings) else findings for _, findings in each)


def _fixed_item(
    item: tuple[FileFacts, Sequence[Finding]], config: Config, texts: Mapping[str, bytes]
) -> Sequence[Finding]:
    return fixed(*item, config, texts.get(item[0].path))


def _unfixed(item: tuple[FileFacts, Sequence[Finding]], _reason: str) -> Sequence[Finding]:
    return item[1]


def _lines_of(item: tuple[FileFacts, Sequence[Finding]]) -> int:
    return item[0].lines


def _has_fixes(findings: Sequence[Finding]) -> bool:
    return any(one.code in _KINDS for one in findings)


def fixed(
    facts: FileFacts, findings: Sequence[Finding], config: Config, data: bytes | None
) -> Sequence[Finding]:
    """The findings with their fixes; `data` is the file's text where it is not on the disk."""
    if not _has_fixes(findings):
        return findings
    source = read(facts.path) if data is None else decode(data, facts.path)
    if not isinstance(source, Text):
        return findings
    return with_fixes(source.text, facts, findings, config)
