"""Which name is free here, and does a name still mean what it meant?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from broadcatch.rewrite.frames import Frame, HandlerSite, Occurrence, RaiseSite
from broadcatch.rewrite.source import Refuse, Source

PREFERRED = ("exc", "err", "error")
SEES_ALL_NAMES = ("locals", "vars", "dir", "eval", "exec", "globals")
"""Functions that would see one name more."""


def free_name(source: Source, site: HandlerSite) -> str:
    """A name for the exception that `site` catches; nothing that the module does changes by it."""
    scope = site.frame.scope
    if scope.kind == "class":
        raise Refuse("a name bound in a class body would become an attribute for a moment")
    if any(use.scope is scope for name in SEES_ALL_NAMES for use in source.names.get(name, ())):
        raise Refuse("the function looks at its own names (locals() or the like)")
    if scope.kind == "module" and source.stars:
        raise Refuse("a star import may bind the name that the exception would get")
    return _choose(source, site)


def _choose(source: Source, site: HandlerSite) -> str:
    """Handlers inside each other get different names, whichever of them are rewritten, and in which run."""
    around = [other for other in source.around(site.frame) if other is not site and not other.name]
    reserved = {
        _choose(source, other)
        for other in around
        if other.frame.scope is site.frame.scope and _may_be_chained(source, other)
    }
    return next(n for n in _candidates() if n not in reserved and not _taken(source, n, site))


def _may_be_chained(source: Source, site: HandlerSite) -> bool:
    open_raises = (r for r in source.raises.values() if r.node.exc is not None and r.node.cause is None)
    return any(next(source.around(found.frame), None) is site for found in open_raises)


def _candidates() -> Iterator[str]:
    yield from PREFERRED
    yield from (f"{PREFERRED[0]}_{number}" for number in itertools.count(1))


def _taken(source: Source, name: str, site: HandlerSite) -> bool:
    return any(_conflicts(source, found, site) for found in source.names.get(name, ()))


def _conflicts(source: Source, found: Occurrence, site: HandlerSite) -> bool:
    scope = site.frame.scope
    if found.role == "declare":
        return True
    if belongs_to_other_handler(source, found, site):
        return False
    inside = found.frame.within(scope)
    visible = found.binds and site.frame.within(found.scope)
    return inside or visible


def belongs_to_other_handler(source: Source, found: Occurrence, site: HandlerSite) -> bool:
    """Whether the name lives and dies in another clause, neither around this one nor in it."""
    for other in source.around(found.frame):
        if other.name == found.name and other.frame.scope is found.frame.scope:
            return not site.frame.within(other.frame) and not other.frame.within(site.frame)
    return False


def refuse_if_rebound(source: Source, site: HandlerSite, target: RaiseSite) -> None:
    """Refuses unless the name that `site` binds still holds the caught exception at `target`."""
    for found in source.names.get(site.name, ()):
        if found.role == "declare":
            raise Refuse(f"`{site.name}` is declared global or nonlocal")
        if _rebinds(found, site) and _may_come_first(found, site, target):
            raise Refuse(f"`{site.name}` gets another value in line {found.line}")


def _rebinds(found: Occurrence, site: HandlerSite) -> bool:
    own = found.role == "handler" and found.frame is site.frame
    changes = found.binds or found.role == "delete"
    return changes and not own and found.scope is site.frame.scope and found.frame.within(site.frame)


def _may_come_first(found: Occurrence, site: HandlerSite, target: RaiseSite) -> bool:
    if (found.line, found.column) < (target.end_line, target.end_column):
        return True
    loops = [f for f in _up_to(target.frame, site.frame) if f.kind == "loop"]
    return any(found.frame.within(loop) for loop in loops)


def _up_to(frame: Frame, end: Frame) -> Iterator[Frame]:
    return itertools.takewhile(lambda outer: outer is not end, frame.outwards())
