"""Where does an exception land that leaves this function? Up the calls, to the next clause that stops it."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from broadcatch.model.escaping import Caller, Landing, LandingKind
from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.raises.regions import ClauseRegion
from broadcatch.raises.upwards.aliases import MADE
from broadcatch.raises.upwards.callers import Callers, Guard, Site, beyond, wrapping
from broadcatch.raises.upwards.lost import lost_in_run

Entry: TypeAlias = Callable[[Function], "tuple[LandingKind, str] | None"]
"""Whether somebody outside the project calls the function, and how that was seen."""
_UNKNOWN = ("Exception", "BaseException")


@dataclass(frozen=True, slots=True)
class _Trail:
    """How the exception came here: the calls, and the handlers that raised it again."""

    chain: tuple[Caller, ...] = ()
    through: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A function that the exception leaves, and how it came there."""

    function: Function
    trail: _Trail = _Trail()


def lands(callers: Callers, function: Function, type_: str, entry: Entry) -> list[Landing]:
    """Where an exception of this type ends that leaves the function: each end once, by the nearest way.

    Every function that it can leave is looked at once. Handlers in the function itself are behind it.
    """
    found: dict[tuple[LandingKind, str, int], Landing] = {}
    for one in _Search(callers, type_, entry).run(function):
        found.setdefault((one.kind, one.path, one.line), one)
    return list(found.values())


def lands_beyond(
    callers: Callers, module: Module, line: int, type_: str, entry: Entry, most: int = 0
) -> list[Landing]:
    """The same for an exception that leaves the `try` of the clause in row `line` of a module.

    `most` is how many functions are looked at, 0 for all: the nearest ones come first.
    """
    function = module.function_at(line)
    found: dict[tuple[LandingKind, str, int], Landing] = {}
    search = _Search(callers, type_, entry, most)
    for one in search.run_beyond(module, function, line):
        found.setdefault((one.kind, one.path, one.line), one)
    return list(found.values())


class _Search:
    def __init__(self, callers: Callers, type_: str, entry: Entry, most: int = 0) -> None:
        self._callers = callers
        self._most = most
        self._type = type_
        self._entry = entry
        self._hierarchy = callers.engine.resolver.hierarchy
        self._seen: set[Function] = set()
        self._todo: deque[_Way] = deque()

    def run(self, function: Function, trail: _Trail = _Trail()) -> Iterator[Landing]:
        self._go_on(_Way(function, trail))
        while self._todo:
            yield from self._leaving(self._todo.popleft())

    def run_beyond(self, module: Module, function: Function | None, line: int) -> Iterator[Landing]:
        guards = beyond(self._callers.engine.code(module, function), line) or ()
        site = Site(module, function, "", line, guards)
        stops, on = self._past(site, _Trail())
        yield from stops
        if on is not None and function is not None:
            yield from self.run(function, on)
        elif on is not None:
            yield _module_level(site, on)

    def _go_on(self, way: _Way) -> None:
        if way.function not in self._seen and not 0 < self._most <= len(self._seen):
            self._seen.add(way.function)
            self._todo.append(way)

    def _leaving(self, way: _Way) -> Iterator[Landing]:
        """What becomes of an exception that leaves one function: its decorators first, then its callers."""
        for site in wrapping(self._callers.engine, way.function):
            stops, on = self._at(site, way.trail)
            yield from stops
            if on is None:
                return
            way = replace(way, trail=on)
        ends = [*self._by_itself(way), *self._called(way), *self._handed(way)]
        yield from ends
        if not (ends or self._callers.sites(way.function)):
            yield _end("nobody", way, self._why(way.function))

    def _by_itself(self, way: _Way) -> Iterator[Landing]:
        """What is run from outside the project: by a framework, a thread, Python itself."""
        lost = lost_in_run(way.function, self._callers.engine.resolver)
        called = self._entry(way.function)
        if lost:
            yield replace(_end("entry", way, way.function.qualname), lost=lost)
        elif called:
            yield _end(called[0], way, called[1])

    def _called(self, way: _Way) -> Iterator[Landing]:
        """The ends around each call; where it goes on, the caller is looked at later."""
        for site in self._callers.sites(way.function):
            stops, on = self._at(site, way.trail)
            yield from stops
            if on is not None and site.caller is not None:
                self._go_on(_Way(site.caller, on))
            elif on is not None:
                yield _module_level(site, on)

    def _handed(self, way: _Way) -> Iterator[Landing]:
        for one in self._callers.references(way.function):
            if one.caller is way.function:
                continue
            kind: LandingKind = "possible" if one.kind == "possible" else "passed"
            name = one.caller.qualname if one.caller else ""
            place = one.module.path, one.line, name
            trail = way.trail
            yield Landing(
                kind, *place, trail.chain, (), one.detail, False, through=trail.through, lost=one.lost
            )

    def _at(self, site: Site, trail: _Trail) -> tuple[list[Landing], _Trail | None]:
        """The stops on the way out of the call's surroundings, and the way on; None if there is none."""
        name = site.caller.qualname if site.caller else ""
        here = Caller(name, site.call, site.module.path, site.line)
        return self._past(site, replace(trail, chain=(*trail.chain, here)))

    def _past(self, site: Site, trail: _Trail) -> tuple[list[Landing], _Trail | None]:
        """The same behind the call itself: what guards it."""
        name = site.caller.qualname if site.caller else ""
        stops: list[Landing] = []
        for guard in reversed(site.guards):
            caught, passed = self._stopped(guard, site, trail)
            stops += caught
            if passed is None:
                return stops, None
            trail = passed
            if guard.swallows:
                why = "a `finally` that returns swallows it"
                place = site.module.path, site.line, name
                stops.append(Landing("finally", *place, trail.chain, (), why, through=trail.through))
                return stops, None
        return stops, trail

    def _stopped(self, guard: Guard, site: Site, trail: _Trail) -> tuple[list[Landing], _Trail | None]:
        """What the clauses of one try make of it."""
        found: list[Landing] = []
        for clause in guard.clauses:
            handler = handlers_of(site.module).get(clause.line)
            sure = self._catches(clause, handler)
            if sure is None:
                continue
            again = passes(handler) if handler else "never"
            if again != "always":
                found.append(_landing(clause, handler, site, trail, sure, again == "maybe"))
            if again != "never":
                trail = replace(trail, through=(*trail.through, (site.module.path, clause.line)))
            if sure:
                return found, None if again == "never" else trail
        return found, trail

    def _catches(self, clause: ClauseRegion, handler: ast.ExceptHandler | None) -> bool | None:
        """Whether the clause stops the type: surely, perhaps (False), or not (None)."""
        if any(self._hierarchy.catches(one, self._type) for one in clause.types):
            return True
        part = any(self._hierarchy.is_subclass(one, self._type) for one in clause.types)
        if part and self._type not in _UNKNOWN:
            return False
        return False if len(_classes(handler)) > len(clause.types) else None

    def _why(self, function: Function) -> str:
        """What is said of a function that nobody in the project calls."""
        name = function.node.name
        if name.startswith("__") and name.endswith("__") and name not in MADE:
            return f"Python itself calls `{name}`"
        mro = self._callers.engine.resolver.mro(function.owner) if function.owner else []
        foreign = [one for one in mro if not isinstance(one, Class)]
        named = [one.name for one in foreign if isinstance(one, External) and one.name != "builtins.object"]
        if named:
            return f"nobody in the project calls it; its class derives from {named[0]}, which may"
        return "nobody in the project calls it"


def _end(kind: LandingKind, way: _Way, detail: str) -> Landing:
    """An end at the function itself."""
    function = way.function
    place = function.module.path, function.node.lineno, function.qualname
    return Landing(kind, *place, way.trail.chain, (), detail, through=way.trail.through)


def _landing(
    clause: ClauseRegion,
    handler: ast.ExceptHandler | None,
    site: Site,
    trail: _Trail,
    sure: bool,
    passes: bool,
) -> Landing:
    kind: LandingKind = "handler" if handler else "suppressed"
    classes = tuple(_classes(handler)) if handler else clause.types
    name = site.caller.qualname if site.caller else ""
    line = clause.line or site.line
    return Landing(kind, site.module.path, line, name, trail.chain, classes, "", sure, passes, trail.through)


def _module_level(site: Site, trail: _Trail) -> Landing:
    kind: LandingKind = "entry" if _is_main(site) else "module"
    detail = 'under if __name__ == "__main__"' if kind == "entry" else f"while {site.module.path} is imported"
    return Landing(kind, site.module.path, site.line, "", trail.chain, (), detail, through=trail.through)


def _is_main(site: Site) -> bool:
    tests = (
        (node.lineno <= site.line <= (node.end_lineno or 0), ast.unparse(node.test))
        for node in (site.module.tree.body if site.module.tree else ())
        if isinstance(node, ast.If)
    )
    return any(inside and "__name__" in test and "__main__" in test for inside, test in tests)


@lru_cache(maxsize=256)
def handlers_of(module: Module) -> dict[int, ast.ExceptHandler]:
    """The clauses of a file by their line."""
    nodes = ast.walk(module.tree) if module.tree else ()
    return {node.lineno: node for node in nodes if isinstance(node, ast.ExceptHandler)}


def _classes(handler: ast.ExceptHandler | None) -> list[str]:
    """The classes of a clause as written."""
    if handler is None or handler.type is None:
        return []
    parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [shown(one) for one in parts]


def passes(handler: ast.ExceptHandler) -> str:
    """Whether the handler raises the same exception again: "always" (at its end, with no way out), or so."""
    again = [node for node in _own(handler.body) if _is_again(node, handler.name)]
    if not again:
        return "never"
    leaves = any(isinstance(node, (ast.Return, ast.Continue, ast.Break)) for node in _own(handler.body))
    raises = [node for node in _own(handler.body) if isinstance(node, ast.Raise)]
    return "always" if handler.body[-1] in again and not leaves and len(raises) == len(again) else "maybe"


def _own(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a block, without those of functions and of inner clauses."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ExceptHandler)):
            todo += ast.iter_child_nodes(node)


def _is_again(node: ast.AST, name: str | None) -> bool:
    if not isinstance(node, ast.Raise):
        return False
    if node.exc is None:
        return True
    plain = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return name is not None and dotted(plain) in (name, f"{name}.with_traceback")
