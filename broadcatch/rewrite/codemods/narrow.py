"""Which errors are meant? A broad class in a clause gives way to the classes that a suggestion names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import Kind
from broadcatch.model.span import Span
from broadcatch.rewrite.clause import (
    class_names,
    earlier_names,
    elements,
    name_bare,
    parse_names,
    swap,
    written,
)
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.frames import HandlerSite, Occurrence
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.values import NarrowCallWanted, NarrowWanted, Rewrite, ToldWanted


class NarrowCommand(EditCommand[NarrowWanted | ToldWanted]):
    """As safe as the caller says: whether anything else can arrive is not for the syntax to tell."""

    DESCRIPTION = "Catch the classes that a suggestion names instead of Exception."
    KIND: Kind = "narrow"
    RANK = 20

    def one(self, source: Source, wanted: NarrowWanted | ToldWanted) -> Rewrite:
        if isinstance(wanted, ToldWanted):
            raise Refuse(wanted.reason)
        if isinstance(wanted, NarrowCallWanted):
            return self._in_call(source, wanted)
        site = source.handler(wanted.line)
        broad = frozenset(wanted.broad)
        new = new_names(site, wanted.replacement, broad)
        edits = (
            *import_edits(source, self.path, site, new, wanted.names),
            clause_edit(source, site, broad, new),
        )
        gone = ", ".join(dict.fromkeys(name for name in class_names(site.node.type) if name in broad))
        title = f"Catch {written(new)} instead of {gone}" if new else f"Stop catching {gone}"
        made = Rewrite("narrow", self.path, wanted.line, title, wanted.safety, wanted.reason, edits)
        return replace(made, leaves=wanted.leaves, closed=wanted.closed)

    def _in_call(self, source: Source, wanted: NarrowCallWanted) -> Rewrite:
        """`suppress(Exception)`, `retry_if_exception_type(Exception)`: the class that the call is given."""
        gone, place = _given(source, wanted)
        end = place.column + len(gone)
        source.exact(place.line, end)
        new = parse_names(wanted.replacement)
        site = HandlerSite(NO_CLAUSE, place.frame, place.line, place.column, place.line, (), NO_TRY)
        text = written(new) if wanted.alone else ", ".join(new)
        swapped = Edit(Span(place.line, place.column, place.line, end), text)
        edits = (*import_edits(source, self.path, site, new, wanted.names), swapped)
        title = f"Take {written(new)} instead of {gone}"
        made = Rewrite("narrow", self.path, wanted.line, title, wanted.safety, wanted.reason, edits)
        return replace(made, leaves=wanted.leaves)


def _given(source: Source, wanted: NarrowCallWanted) -> tuple[str, Occurrence]:
    """The broad class that the call is given, and where its name begins."""
    call = wanted.call
    found = [
        (name, one)
        for name in wanted.broad
        for one in source.names.get(name.split(".")[0], ())
        if (call.line, call.column) <= (one.line, one.column) < (call.end_line, call.end_column)
    ]
    if len(found) != 1:
        raise Refuse("the call names no broad class itself, or more than one")
    return found[0]


NO_CLAUSE = cst.ExceptHandler(cst.IndentedBlock([]))
NO_TRY = cst.Try(cst.IndentedBlock([]), [NO_CLAUSE])
"""They stand where there is no clause."""


def new_names(site: HandlerSite, replacement: str, broad: frozenset[str]) -> tuple[str, ...]:
    """The classes that the clause gains; refuses where it would end up catching nothing."""
    proposed = parse_names(replacement)
    still_broad = [name for name in proposed if name in broad]
    if still_broad:
        raise Refuse(f"the replacement is broad itself: {still_broad[0]}")
    kept = [name for name in class_names(site.node.type) if name not in broad]
    new = tuple(name for name in proposed if name not in kept and name not in earlier_names(site))
    if not new and not kept:
        raise Refuse("the clauses before this one catch all of the replacement")
    return new


def clause_edit(source: Source, site: HandlerSite, broad: frozenset[str], new: Sequence[str]) -> Edit:
    """The edit that puts the classes `new` where the broad ones stand in a clause."""
    caught = site.node.type
    if caught is None:
        return name_bare(source, site, written(new))
    names = [set(class_names(member)) for member in elements(caught)]
    if not any(name in broad for member in names for name in member):
        raise Refuse("the clause names no broad class here (it may hold a constant or an alias)")
    if any(len(member) > 1 and member & broad for member in names):
        raise Refuse("the broad class stands in a nested tuple")
    return swap(source, caught, broad, new)
