"""What does an answer lack of what the documentation or a test says? Shared by the scripts that mine them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from broadcatch.raises.escapes import Engine
from broadcatch.raises.table import Entry, Table

PROGRAMMING = frozenset(
    "TypeError AttributeError NameError UnboundLocalError AssertionError NotImplementedError "
    "RecursionError MemoryError".split()
)
BROAD = frozenset({"Exception", "BaseException"})
ORDER = ("refuted", "lacking", "unknown", "open")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A callable, an exception that it is said to raise, where that stands, and what the answer is instead.

    `status`: `refuted` (a closed answer without it), `lacking` (a row or a source that does not name it),
    `unknown` (nothing is known of the callable), `open`.
    """

    status: str
    call: str
    type: str
    place: str


def says_nothing(engine: Engine, type_: str) -> bool:
    """Whether the type is no news: a programming error, a warning, what comes from outside, or anything."""
    if type_ in BROAD or type_ in PROGRAMMING:
        return True
    above = {type_, *engine.resolver.hierarchy.ancestors(type_)[0]}
    return "Warning" in above or "Exception" not in above


def on_record(table: Table, names: Iterable[str]) -> tuple[str, ...] | None:
    """What rows say of a callable of any of these names, misuse too; None: the table does not speak of it."""
    names = tuple(names)
    if all(table.lookup(name) is None for name in names):
        return None
    found = {row.raises for name in names for row in (table.lookup(name) or Entry()).rows}
    return tuple(found | {row.raises for row in table.rows if row.call in names})


def is_named(engine: Engine, type_: str, named: Iterable[str]) -> bool:
    """Whether the type, one above it (but for Exception) or one below it is among those."""
    hierarchy = engine.resolver.hierarchy
    above = {type_, *hierarchy.ancestors(type_)[0]} - BROAD
    given = map(hierarchy.canonical, named)
    return any(one in above or type_ in hierarchy.ancestors(one)[0] for one in given)


def report(found: Iterable[Candidate], everything: bool) -> None:
    """Print the candidates, what is worst first; one line a callable and type, with the places."""
    places: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for one in found:
        places[ORDER.index(one.status), one.call, one.type].append(one.place)
    shown = 0
    for (rank, call, type_), where in sorted(places.items()):
        if rank < ORDER.index("open") or everything:
            more = f" and {len(where) - 3} more" if len(where) > 3 else ""
            print(f"{ORDER[rank]:8} {call}  {type_}  {', '.join(where[:3])}{more}")
            shown += 1
    print(f"{shown} candidates, {sum(map(len, places.values()))} places")
