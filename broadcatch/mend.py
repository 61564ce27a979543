"""Which rewrites follow from what was found in a file, and what becomes of the file with them?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from broadcatch.config.options import Config
from broadcatch.errors import RewriteError
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding, Fix
from broadcatch.model.outcome import LEAVES, Verdict
from broadcatch.model.raising import Suggestion
from broadcatch.model.results import FileDiff, FixResult, Offer, Refusal
from broadcatch.pool import map_files
from broadcatch.program.classes import PROGRAMMING
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import (
    BareWanted,
    ChainWanted,
    NarrowWanted,
    Refused,
    Rewrite,
    Wanted,
    narrow_wanted,
    spelled,
)
from broadcatch.rewrite.write import Original, read_original, write_text
from broadcatch.source.read import Text, decode, read

CHAIN, BARE = "BC201", "BC101"
_KINDS = {CHAIN: "chain", BARE: "bare"}
NOTHING: FixResult = FixResult(())
Catches = Callable[[str, str], bool]
"""Whether a clause that names the first class surely stops the second."""


def wanted(
    findings: Iterable[Finding],
    judged: Iterable[Judged],
    suggestions: Iterable[Suggestion],
    catches: Catches = str.__eq__,
) -> tuple[Wanted, ...]:
    """What the live findings of one file ask for: a cause for each BC201, and a class for each clause.

    A clause is looked at once, however many findings it has; suppressed findings ask for nothing.
    `catches` knows the classes; without it every class stops only itself.
    """
    live = [finding for finding in findings if finding.suppressed is None]
    chains = [ChainWanted(one.span.line, one.span.column) for one in live if one.code == CHAIN]
    lines = dict.fromkeys(_clause(one) for one in live if one.code != CHAIN)
    by_line = {one.handler.span.line: one for one in judged}
    proposed = {one.line: one for one in suggestions}
    clauses = (
        _clause_wanted(by_line[line], proposed.get(line), catches) for line in lines if line in by_line
    )
    return (*chains, *(one for one in clauses if one is not None))


def mend(path: str, asked: Sequence[Wanted], write: bool, unsafe: bool) -> FixResult:
    """The rewrites of one file as a diff, applied to it if `write`; those not allowed are refused."""
    if not asked:
        return NOTHING
    original = read_original(path)
    if isinstance(original, Failure):
        return FixResult((), failures=(original,))
    found = plan(original.text, path, asked)
    chosen = [one for one in found.rewrites if _held(one, unsafe) is None]
    refused = (
        *(_left(one, unsafe) for one in found.rewrites if one not in chosen),
        *map(_refusal, found.refused),
    )
    try:
        after = carry_out(original.text, chosen)
    except RewriteError as error:
        failed = (Refusal(path, one.line, one.title, str(error)) for one in chosen)
        return FixResult((), refused=(*failed, *refused))
    return _result(original, after, chosen, refused, write)


def with_fixes(
    text: str, path: str, findings: Sequence[Finding], judged: Sequence[Judged]
) -> tuple[Finding, ...]:
    """The findings of one file, each with the rewrite that mends it and needs no inference.

    Those are a cause for BC201 and a class for BC101; `fix` knows more.
    """
    asked = [one for one in wanted(findings, judged, ()) if isinstance(one, (ChainWanted, BareWanted))]
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
    each: Sequence[tuple[FileFacts, Sequence[Finding]]], config: Config
) -> Iterator[Sequence[Finding]]:
    """The findings of each file with their fixes, by worker processes: each file is parsed as a whole."""
    asked = [item for item in each if _has_fixes(item[1])]
    job = partial(_fixed_item, config=config)
    made = map_files(job, asked, config.jobs, _unfixed, size=_lines_of)
    return (next(made) if _has_fixes(findings) else findings for _, findings in each)


def _fixed_item(item: tuple[FileFacts, Sequence[Finding]], config: Config) -> Sequence[Finding]:
    return fixed(*item, config, None)


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


def joined(results: Iterable[FixResult]) -> FixResult:
    """The results of several files as one, in their order."""
    parts = list(results)
    return FixResult(
        tuple(one for part in parts for one in part.diffs),
        tuple(one for part in parts for one in part.written),
        tuple(one for part in parts for one in part.offered),
        tuple(one for part in parts for one in part.refused),
        tuple(one for part in parts for one in part.failures),
    )


def _result(
    original: Original, after: str, chosen: Sequence[Rewrite], refused: tuple[Refusal, ...], write: bool
) -> FixResult:
    diff = unified(original.path, original.text, after)
    if not diff:
        return FixResult((), refused=refused)
    failure = write_text(original, after) if write else None
    if failure is not None:
        return FixResult((), refused=refused, failures=(failure,))
    offered = tuple(Offer(one.path, one.line, one.title, one.safety, one.reason) for one in chosen)
    written = (original.path,) if write else ()
    return FixResult((FileDiff(original.path, diff),), written, offered, refused)


def _clause_wanted(judged: Judged, suggestion: Suggestion | None, catches: Catches) -> Wanted | None:
    line, broad = judged.handler.span.line, judged.verdict.broad
    missed = _missed(suggestion, broad, catches) if suggestion is not None else ()
    if judged.handler.bare:
        known = suggestion if suggestion is not None and suggestion.closed and not missed else None
        replacement = None if known is None else known.replacement
        names = () if known is None else spelled(known)
        return BareWanted(line, judged.verdict.leaves, _cleans_up(judged.verdict), replacement, names)
    return None if suggestion is None or not broad else _narrow(suggestion, broad, missed)


def _narrow(suggestion: Suggestion, broad: tuple[str, ...], missed: tuple[str, ...]) -> NarrowWanted | None:
    """Never safe: what was caught by chance, a programming error say, now surfaces.

    While something is open, or known and not proposed, the types are no answer yet but a proposal to a
    person.
    """
    narrow = narrow_wanted(suggestion, "unsafe", "nothing else was found that can reach it")
    if narrow is None:
        return None
    if not suggestion.closed:
        calls = ", ".join(dict.fromkeys(one.call for one in suggestion.unresolved))
        return replace(
            narrow, broad=broad, safety="display", reason=f"what these raise is not known: {calls}"
        )
    if missed:
        return replace(
            narrow, broad=broad, safety="display", reason=f"it would let {', '.join(missed)} through"
        )
    return replace(narrow, broad=broad)


def _missed(suggestion: Suggestion, broad: tuple[str, ...], catches: Catches) -> tuple[str, ...]:
    """What can reach the clause, is no programming error, and is stopped by none of the proposed types."""
    everything = bool({"", "BaseException", "builtins.BaseException"} & set(broad))
    reaching = [one for one in suggestion.possible if one not in PROGRAMMING]
    caught = [one for one in reaching if everything or one == "Exception" or catches("Exception", one)]
    proposed = [one.type for one in suggestion.proposals]
    return tuple(one for one in caught if not any(catches(each, one) for each in proposed))


def _cleans_up(verdict: Verdict) -> bool:
    """Whether the error leaves on some path but not on all."""
    return not verdict.leaves and any(path.outcome in LEAVES for path in verdict.paths)


def _held(rewrite: Rewrite, unsafe: bool) -> str | None:
    """Why a rewrite is not made now, None where it is."""
    if rewrite.safety == "display":
        return f"only a proposal: {rewrite.reason}"
    return None if rewrite.safety == "safe" or unsafe else "unsafe: --unsafe includes it"


def _left(rewrite: Rewrite, unsafe: bool) -> Refusal:
    return Refusal(rewrite.path, rewrite.line, rewrite.title, _held(rewrite, unsafe) or "")


def _refusal(refused: Refused) -> Refusal:
    return Refusal(refused.path, refused.line, refused.kind, refused.reason)


def _clause(finding: Finding) -> int:
    """The line of the clause that a finding belongs to, 0 if it belongs to none."""
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0
