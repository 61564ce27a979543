"""What can be rewritten in one file, and what does the file then read?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from libcst.codemod import CodemodContext

from broadcatch.errors import RewriteError
from broadcatch.rewrite.apply import apply_edits, merge
from broadcatch.rewrite.catalogue import all_commands
from broadcatch.rewrite.check import verify
from broadcatch.rewrite.import_lists import crowded
from broadcatch.rewrite.source import Source
from broadcatch.rewrite.unused import without_unused
from broadcatch.rewrite.values import Plan, Refused, Rewrite, Wanted


def plan(text: str, path: str, wanted: Sequence[Wanted]) -> Plan:
    """The rewrites of the targets in `wanted`, and those refused, each in the order of the lines.

    The rewrites never overlap, so any selection of them can be made together. Nothing is raised: a file
    that does not parse refuses every target.
    """
    try:
        source = Source.parse(text)
    except RewriteError as error:
        return Plan((), tuple(Refused(one.kind, path, one.line, str(error)) for one in wanted))
    proposed, refused = _propose(source, CodemodContext(filename=path), wanted)
    source.crowded = crowded(source)
    if source.crowded:
        proposed, refused = _propose(source, CodemodContext(filename=path), wanted)
    rewrites, overlapping = _compatible(proposed)
    rewrites = without_unused(source, path, rewrites)
    return Plan(
        tuple(sorted(rewrites, key=lambda one: one.line)),
        tuple(sorted([*refused, *overlapping], key=lambda one: one.line)),
    )


def carry_out(text: str, rewrites: Sequence[Rewrite]) -> str:
    """`text` after all the rewrites, verified; raises RewriteError, then none of them may be used."""
    edits = [edit for rewrite in rewrites for edit in rewrite.edits]
    after = apply_edits(text, edits)
    verify(text, after, edits)
    return after


def _propose(
    source: Source, context: CodemodContext, wanted: Sequence[Wanted]
) -> tuple[list[Rewrite], list[Refused]]:
    """What each codemod makes of its targets, one codemod after the other, each knowing those before it."""
    rewrites: list[Rewrite] = []
    refused: list[Refused] = []
    for command in all_commands():
        own = [one for one in wanted if one.kind == command.KIND]
        if own:
            part = command(context, own, tuple(rewrites)).propose(source)
            rewrites += part.rewrites
            refused += part.refused
    return rewrites, refused


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
