"""What reaches a handler now that did not before, and which edited function lets it out?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from broadcatch.model.findings import Because
from broadcatch.model.raising import Evidence, Raised, RaiseSet
from broadcatch.program.classes import Hierarchy
from broadcatch.raises.escapes import Engine
from broadcatch.raises.evidence import rank
from broadcatch.runs.escaping import is_aside
from broadcatch.suggest.answer import handler_at
from broadcatch.suggest.families import families

Edited = Collection[tuple[str, str]]
"""Functions by the path of their file, as the engine names it, and their qualified name."""
_SAY_NOTHING = frozenset({"Exception", "BaseException"})


def reaching(engine: Engine, path: str, line: int) -> RaiseSet:
    """What can reach the clause in row `line` of a file; nothing where no clause stands there."""
    module = engine.project.module_at(path)
    found = handler_at(module, line)
    if found is None:
        return RaiseSet()
    attempt, handler = found
    return engine.reaching(attempt, handler, engine.context(module, module.function_at(line)))


def proper(found: RaiseSet) -> tuple[Raised, ...]:
    """All without errors of the program itself and what is merely possible, unless somebody raises it; the
    nearest first. A subscript alone says too little for an IndexError: nearly every function has one."""
    return tuple(
        one
        for one in sorted(found.raised, key=rank)
        if one.usual and not is_aside(found, one.type) and not _is_subscript(one)
    )


def _is_subscript(one: Raised) -> bool:
    return one.type == "IndexError" and one.evidence.kind == "operation"


def suspects(found: RaiseSet, edited: Edited) -> Mapping[str, Because]:
    """The types that come through an edited function, each with the nearest way."""
    nearest: dict[str, Because] = {}
    for one in proper(found):
        because = _through(one, edited)
        if because and one.type not in nearest:
            nearest[one.type] = because
    return nearest


def new_types(types: Iterable[Raised | Because], before: RaiseSet, hierarchy: Hierarchy) -> set[str]:
    """Those that could not come before, not even as one of a base."""
    known = {one.type for one in before.raised}
    bases = known - _SAY_NOTHING
    fresh = {one.type for one in types} - known
    return {one for one in fresh if not any(hierarchy.is_subclass(one, base) is True for base in bases)}


def gained(suspected: Mapping[str, Because], before: RaiseSet, hierarchy: Hierarchy) -> tuple[Because, ...]:
    """Those of the types that are new; a family stands as one."""
    fresh = new_types(suspected.values(), before, hierarchy)
    new = {type_: why for type_, why in suspected.items() if type_ in fresh}
    return tuple(_folded(new, families(new.keys(), hierarchy)))


def _folded(new: Mapping[str, Because], under: Mapping[str, str]) -> Iterator[Because]:
    seen = set()
    for type_, why in new.items():
        name = under.get(type_, type_)
        if name not in seen:
            seen.add(name)
            yield replace(why, type=name)


def _through(one: Raised, edited: Edited) -> Because | None:
    """The edited function on the way that is nearest to where the type comes from; None without one."""
    way = list(_functions(one.evidence))
    for index in reversed(range(len(way))):
        path, name, line = way[index]
        if (path, name) in edited:
            return Because(one.type, name, path, line, one.line, tuple(name for _, name, _ in way[:index]))
    return None


def _functions(why: Evidence) -> Iterable[tuple[str, str, int]]:
    """The functions on the way, from the handler on: file, name, and the line in it that leads on."""
    for index, step in enumerate(why.via):
        further = why.via[index + 1] if index + 1 < len(why.via) else None
        path, line = (further.path, further.line) if further else (why.path, why.line)
        yield path, step.function, line
