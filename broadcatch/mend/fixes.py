"""Which fix does a finding carry? Those that need no inference; `fix` knows more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.mend.case import FileCase
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding, Fix
from broadcatch.model.fixing import Kind
from broadcatch.pool import map_files
from broadcatch.rewrite.plan import plan
from broadcatch.source.read import Text, decode, read

_KINDS: dict[str, Kind] = {
    "BC101": "bare",
    "BC201": "chain",
    "BC204": "re-raise",
    "BC205": "useless",
}
"""Rules whose findings carry a rewrite, and its kind."""


def with_fixes(
    text: str, path: str, findings: Sequence[Finding], judged: Sequence[Judged]
) -> tuple[Finding, ...]:
    """The findings of one file, each with the rewrite that mends it and needs no inference: see `_KINDS`."""
    live = tuple(one for one in findings if one.suppressed is None)
    case = FileCase(path, live, {one.handler.span.line: one for one in judged}, {})
    asked = [one for one in wanted(case) if one.kind in _KINDS.values()]
    if not asked:
        return tuple(findings)
    rewrites: dict[tuple[str, int], Fix] = {
        (one.kind, one.line): one.fix for one in plan(text, path, asked).rewrites
    }
    return tuple(
        replace(one, fix=None if one.suppressed else rewrites.get((_KINDS.get(one.code, ""), one.span.line)))
        for one in findings
    )


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
    return with_fixes(source.text, facts.path, findings, judge_file(facts, config))
