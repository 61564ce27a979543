"""May a cancelled task go on? A clause that lets the cancellation out goes before one that swallows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import libcst as cst

from broadcatch.model.findings import Edit, Safety
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.clause import class_names, elements, swap
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.values import Rewrite, Spelled, Wanted

ASYNCIO = Spelled("asyncio.CancelledError", "asyncio.exceptions.CancelledError", "asyncio")
TRIO = Spelled("trio.Cancelled", "trio.Cancelled", "trio")
ENDS = "a cancelled task ends here instead of going on"
SKIPS = "what the clause does is skipped then, and it may have to be done on a cancellation too"


@dataclass(frozen=True, slots=True)
class CancellationWanted(Wanted):
    """Let cancellations out before the clause of `line`, which stands in a coroutine and swallows them.

    `cleans_up`: the clause does more than record the error.
    """

    kind: ClassVar[Kind] = "cancellation"
    cleans_up: bool = False


class CancellationCommand(EditCommand[CancellationWanted]):
    """Unsafe: behaviour changes by design; only shown where what the clause does would be skipped."""

    DESCRIPTION = "Let cancellations out before a clause that would swallow them."
    KIND: Kind = "cancellation"
    RANK = 30

    def one(self, source: Source, wanted: CancellationWanted) -> Rewrite:
        site = source.handler(wanted.line)
        if isinstance(site.node, cst.ExceptStarHandler):
            raise Refuse("in except* the others of a group must be handled too")
        if any(one.line == wanted.line and one.safety != "safe" for one in self.before):
            raise Refuse("another rewrite of this clause lets cancellations out already")
        moving = (one for one in self.before if one.kind == "useless")
        if any(edit.span.line == wanted.line for one in moving for edit in one.edits):
            raise Refuse("another rewrite moves this clause")
        spelled = _spelled(source, site)
        imports = import_edits(source, self.path, site, (spelled.spelling,), (spelled,))
        edits = (*imports, _clause(source, site, spelled.spelling), *_without(source, site, spelled.spelling))
        safety: Safety = "display" if wanted.cleans_up else "unsafe"
        reason = f"{ENDS}; {SKIPS}" if wanted.cleans_up else ENDS
        title = f"Put `except {spelled.spelling}: raise` before it"
        return Rewrite("cancellation", self.path, wanted.line, title, safety, reason, edits)


def _clause(source: Source, site: HandlerSite, spelling: str) -> Edit:
    """The lines of the new clause, above the comments of the old one."""
    first = site.line
    while (
        source.lines[first - 2].lstrip().startswith("#") and source.lines[first - 2].index("#") == site.column
    ):
        first -= 1
    indent, newline = source.lines[site.line - 1][: site.column], source.module.default_newline
    source.exact(site.line, site.column)
    body = f"{indent}{source.module.default_indent}raise"
    return insertion(first, 0, f"{indent}except {spelling}:{newline}{body}{newline}")


def _without(source: Source, site: HandlerSite, spelling: str) -> Iterator[Edit]:
    """A tuple does not name again what the new clause takes."""
    caught = site.node.type
    if isinstance(caught, cst.Tuple):
        yield swap(source, caught, frozenset({spelling}), ())


def _spelled(source: Source, site: HandlerSite) -> Spelled:
    """The class of the library that the clause names, or that the file imports; asyncio's otherwise."""
    imported = list(_imported(source))
    caught = site.node.type
    if caught is not None:
        named = {name for member in elements(caught) for name in class_names(member)}
        for one in imported:
            if one.spelling in named:
                if not isinstance(caught, cst.Tuple):
                    raise Refuse("the clause is for cancellations alone: whether they end here is a decision")
                return one
    modules = {one.type.partition(".")[0] for one in imported}
    if modules == {"trio"}:
        return imported[0]
    if modules == {"anyio"}:
        raise Refuse("which class cancels is asked of anyio at run time")
    return next((one for one in imported if one.type == ASYNCIO.type), ASYNCIO)


def _imported(source: Source) -> Iterator[Spelled]:
    """The cancellations that the imports of the file give names to, those by their own name first."""
    found = [one for every in source.names.values() for one in every if one.role == "import"]
    for one in found:
        for known in (ASYNCIO, TRIO):
            package, _, name = known.spelling.rpartition(".")
            if (one.module, one.imported) == (package, name):
                yield Spelled(one.name, known.type, package, name)
    for one in found:
        if one.imported:
            continue
        if one.module == "anyio":
            yield Spelled("anyio", "anyio")
        for known in (ASYNCIO, TRIO):
            package, _, name = known.spelling.rpartition(".")
            if one.module == package:
                yield Spelled(f"{one.name}.{name}", known.type, package)
