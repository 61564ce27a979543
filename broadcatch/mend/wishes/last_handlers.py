"""What is told of a handler that an application registers for every error? It stays: others go beside it."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import FileCase
from broadcatch.model.facts import Site
from broadcatch.rewrite.values import ToldWanted
from broadcatch.source.sites import EXITS, REGISTERING

CODES = frozenset({"BC104", "BC404"})
SHOWN = 6
"""So many classes are named."""
STAYS = "a last handler for Exception belongs at the top of an application, and is never narrowed"


def wishes(case: FileCase) -> Iterator[ToldWanted]:
    """A word for each such handler with a warning: which of the project's errors want one beside it."""
    rows = {one.span.line for one in case.live if one.code in CODES and one.severity != "note"}
    meant = {one.name: one.span.line for one in case.sites if one.span.line in rows and _is_registered(one)}
    for line in sorted(set(meant.values())):
        yield ToldWanted(line, f"{STAYS}; {_beside(case)}")


def _is_registered(site: Site) -> bool:
    if site.kind in ("call", "decorator"):
        return site.call is not None and bool(REGISTERING.search(site.call.name.rpartition(".")[2]))
    return site.kind == "function" and bool(site.bound) and site.name not in EXITS


def _beside(case: FileCase) -> str:
    """The classes that the mapping raises; which of them have a handler already is not looked for."""
    names = [one.rpartition(".")[2] for one in dict.fromkeys(row.to for row in case.config.translate)]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    if names:
        return f"what `translate` raises could have handlers beside it: {', '.join(names[:SHOWN])}{more}"
    return "errors that have an answer of their own get a handler beside it"
