"""What can be rewritten in one file, and what does the file then read?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from libcst.codemod import CodemodContext

from broadcatch.errors import RewriteError
from broadcatch.rewrite.apply import apply_edits, merge
from broadcatch.rewrite.check import verify
from broadcatch.rewrite.codemods.bare import BareCommand
from broadcatch.rewrite.codemods.chain import ChainCommand
from broadcatch.rewrite.codemods.narrow import NarrowCommand
from broadcatch.rewrite.source import Source
from broadcatch.rewrite.values import (
    BareWanted,
    ChainWanted,
    Kind,
    NarrowWanted,
    Plan,
    Refused,
    Rewrite,
    Wanted,
)


def plan(text: str, path: str, wanted: Sequence[Wanted]) -> Plan:
    """The rewrites of the targets in `wanted`, and those refused, each in the order of the lines.

    The rewrites never overlap, so any selection of them can be made together. Nothing is raised: a file
    that does not parse refuses every target.
    """
    try:
        source = Source.parse(text)
    except RewriteError as error:
        return Plan((), tuple(Refused(_kind(one), path, one.line, str(error)) for one in wanted))
    parts = _propose(source, CodemodContext(filename=path), wanted)
    rewrites, overlapping = _compatible(rewrite for part in parts for rewrite in part.rewrites)
    refused = [refused for part in parts for refused in part.refused] + overlapping
    return Plan(
        tuple(sorted(rewrites, key=lambda one: one.line)), tuple(sorted(refused, key=lambda one: one.line))
    )


def carry_out(text: str, rewrites: Sequence[Rewrite]) -> str:
    """`text` after all the rewrites, verified; raises RewriteError, then none of them may be used."""
    edits = [edit for rewrite in rewrites for edit in rewrite.edits]
    after = apply_edits(text, edits)
    verify(text, after, edits)
    return after


def _propose(source: Source, context: CodemodContext, wanted: Sequence[Wanted]) -> tuple[Plan, ...]:
    bare = BareCommand(context, [one for one in wanted if isinstance(one, BareWanted)]).propose(source)
    narrow = NarrowCommand(context, [one for one in wanted if isinstance(one, NarrowWanted)]).propose(source)
    clauses = {one.line: one for one in (*narrow.rewrites, *bare.rewrites)}
    chains = [one for one in wanted if isinstance(one, ChainWanted)]
    return bare, narrow, ChainCommand(context, chains, clauses).propose(source)


def _compatible(rewrites: Iterable[Rewrite]) -> tuple[list[Rewrite], list[Refused]]:
    """The rewrites that can all be made together, first come first served; the others refused."""
    accepted: list[Rewrite] = []
    refused = []
    for rewrite in dict.fromkeys(rewrites):
        try:
            merge(edit for one in (*accepted, rewrite) for edit in one.edits)
            accepted.append(rewrite)
        except RewriteError as error:
            refused.append(Refused(rewrite.kind, rewrite.path, rewrite.line, str(error)))
    return accepted, refused


def _kind(wanted: Wanted) -> Kind:
    if isinstance(wanted, NarrowWanted):
        return "narrow"
    return "chain" if isinstance(wanted, ChainWanted) else "bare"
