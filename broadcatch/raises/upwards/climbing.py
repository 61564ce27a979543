"""Which clauses stand above a function? Up its calls, until a clause that takes everything stops the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from broadcatch.program.module import Function
from broadcatch.raises.upwards.aliases import MADE
from broadcatch.raises.upwards.callers import Callers, Guard, Site, wrapping
from broadcatch.raises.upwards.lands import handlers_of, passes

MOST = 400
"""So many functions are looked at on the way up."""
_EVERYTHING = frozenset({"Exception", "BaseException"})


@dataclass(frozen=True, slots=True)
class Climbed:
    """The clauses around the calls: path (as modules are named) and line, in the order of the way up.

    `cut`: there was more to look at than was; `unnamed` are functions that Python calls without naming them
    (`__getitem__`), whose callers are not looked for.
    """

    clauses: tuple[tuple[str, int], ...]
    cut: bool
    unnamed: tuple[Function, ...]


def climbed(callers: Callers, functions: Iterable[Function], most: int = MOST) -> Climbed:
    """The clauses above all these functions, each function looked at once, the nearest first."""
    todo = deque(functions)
    seen = {one.key for one in todo}
    clauses: dict[tuple[str, int], None] = {}
    unnamed: list[Function] = []
    looked = 0
    while todo and looked < most:
        function = todo.popleft()
        looked += 1
        named = not _is_unnamed(function)
        if not named:
            unnamed.append(function)
        for site in (*wrapping(callers.engine, function), *(callers.sites(function) if named else ())):
            around, goes_on = _around(site)
            clauses.update(dict.fromkeys(around))
            if goes_on and site.caller is not None and site.caller.key not in seen:
                seen.add(site.caller.key)
                todo.append(site.caller)
    return Climbed(tuple(clauses), bool(todo), tuple(unnamed))


def _is_unnamed(function: Function) -> bool:
    name = function.short
    return name.startswith("__") and name.endswith("__") and name not in MADE


def _around(site: Site) -> tuple[list[tuple[str, int]], bool]:
    """The clauses that what leaves a call can reach, and whether anything gets past them."""
    found: list[tuple[str, int]] = []
    for guard in reversed(site.guards):
        found += [(site.module.path, clause.line) for clause in guard.clauses]
        if guard.swallows or _takes_all(guard, site):
            return found, False
    return found, True


def _takes_all(guard: Guard, site: Site) -> bool:
    """Whether a clause stops whatever comes, and raises nothing of it again."""
    handlers = handlers_of(site.module)
    broad = (clause for clause in guard.clauses if _EVERYTHING & set(clause.types))
    return any(clause.line not in handlers or passes(handlers[clause.line]) == "never" for clause in broad)
