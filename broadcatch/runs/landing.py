"""Where does what leaves this function land, and what becomes of it there? The engine's way up, judged."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from broadcatch.errors import BroadcatchError
from broadcatch.judge.boundaries import served
from broadcatch.judge.surroundings import in_tests
from broadcatch.judge.verdict import Judged
from broadcatch.lint.wording import path_words
from broadcatch.model.escaping import Landed, Landing, LandingKind, LandsAnswer, RaisesAnswer
from broadcatch.model.facts import Scope
from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function
from broadcatch.program.places import Located
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.callers import Callers
from broadcatch.raises.upwards.lands import lands, lands_beyond
from broadcatch.source.paths import display

Judge: TypeAlias = Callable[[str], Mapping[int, Judged]]
"""The verdicts on the handlers of a file, by the line of their clause."""
UNKNOWN = "Exception"
"""Stands for what is not known of a function that calls things unseen."""


def landed(
    place: Located, found: RaisesAnswer, types: Sequence[str], callers: Callers, judge: Judge
) -> LandsAnswer:
    """Where the types land that leave the place's function: those that it raises, unless some are named.

    Raises BroadcatchError for a place that is no function, and for a name that is no exception.
    """
    function = _function(place, callers.engine)
    wanted = _named(types, place, found, callers.engine) if types else _leaving(found)
    ends = {type_: tuple(lands(callers, function, type_, entry_of)) for type_ in wanted}
    closed = found.closed or bool(types)
    groups = _grouped(ends, callers, judge)
    return LandsAnswer(found.path, found.line, found.function, found.kind, closed, groups)


def landed_beyond(
    path: str, line: int, types: Iterable[str], callers: Callers, judge: Judge, most: int = 0
) -> tuple[Landed, ...]:
    """Where the types land that leave the `try` of the clause in row `line` of the file `path`.

    `most` is how many functions are looked at for each type, the nearest first; 0 for all.
    """
    module = callers.engine.project.module_at(os.path.abspath(path))
    ends = {one: tuple(lands_beyond(callers, module, line, one, entry_of, most)) for one in types}
    return _grouped(ends, callers, judge)


def _grouped(ends: Mapping[str, tuple[Landing, ...]], callers: Callers, judge: Judge) -> tuple[Landed, ...]:
    """Types that land alike together, and what becomes of them there."""
    groups: dict[tuple[Landing, ...], list[str]] = {}
    for type_, those in ends.items():
        groups.setdefault(those, []).append(type_)
    told = {end: _told(end, callers.engine.project.root, judge) for those in groups for end in those}
    return tuple(Landed(tuple(names), tuple(told[end] for end in those)) for those, names in groups.items())


def _function(place: Located, engine: Engine) -> Function:
    """The function that is left; of a class, the first that makes an instance."""
    if place.function is not None:
        return place.function
    members = place.made.members if place.made is not None else {}
    for name in ("__init__", "__new__", "__post_init__"):
        if name in members:
            return members[name]
    path = display(engine.project.root / place.module.path)
    raise BroadcatchError(f"{path}: --lands needs a function: nothing calls {_what(place.made)}")


def _what(made: Class | None) -> str:
    return "a module" if made is None else f"{made.qualname}, which has no constructor of its own"


def _leaving(found: RaisesAnswer) -> list[str]:
    """What is worth asking for: programming errors that nobody raises are left out."""
    named = list(dict.fromkeys(one.type for one in found.raises if not one.aside))
    return named if found.closed or UNKNOWN in named else [*named, UNKNOWN]


def _named(types: Sequence[str], place: Located, found: RaisesAnswer, engine: Engine) -> list[str]:
    """The types in full: of those that can leave the function the last name is enough."""
    return [_in_full(name, place, found, engine) for name in types]


def _in_full(name: str, place: Located, found: RaisesAnswer, engine: Engine) -> str:
    known = [one.type for one in found.raises if name in (one.type, one.type.rpartition(".")[2])]
    if known:
        return known[0]
    scope = engine.context(place.module, place.function).scope
    meant = _expression(name)
    full = engine.resolver.class_named(meant, scope) if meant else ""
    hierarchy = engine.resolver.hierarchy
    if not full or not hierarchy.is_known(full):
        full = hierarchy.canonical(name)
    if not hierarchy.is_exception(full):
        raise BroadcatchError(f"--type {name}: there is no exception of that name here")
    return full


def _expression(name: str) -> ast.expr | None:
    return ast.parse(name, mode="eval").body if all(map(str.isidentifier, name.split("."))) else None


def entry_of(function: Function) -> tuple[LandingKind, str] | None:
    """Whether a framework, a runtime or a person calls the function; tests are named as such."""
    path = function.module.path
    if in_tests(path):
        is_test = function.node.name.startswith("test")
        return ("test", f"test {function.qualname}") if is_test else None
    reason = served(tuple(reversed(list(_scopes(function)))), path)
    return ("entry", reason) if reason else None


def _scopes(function: Function | None) -> Iterable[Scope]:
    """The function and what stands around it, innermost first."""
    while function is not None:
        args = function.node.args
        yield Scope(
            function.node.name,
            "async function" if function.is_async else "function",
            function.node.lineno,
            tuple(_called(one) for one in function.node.decorator_list),
            parameters=tuple(arg.arg for arg in (*args.posonlyargs, *args.args)),
        )
        if function.owner is not None:
            node = function.owner.node
            bases = tuple(shown(one) for one in node.bases)
            yield Scope(
                node.name, "class", node.lineno, tuple(_called(one) for one in node.decorator_list), bases
            )
        function = function.outer


def _called(decorator: ast.expr) -> str:
    return shown(decorator.func if isinstance(decorator, ast.Call) else decorator)


def _told(end: Landing, root: Path, judge: Judge) -> Landing:
    """The landing with paths as seen from here, and what the handler does."""
    path = display(root / end.path)
    chain = tuple(replace(one, path=display(root / one.path)) for one in end.chain)
    through = tuple((display(root / where), line) for where, line in end.through)
    end = replace(end, path=path, chain=chain, through=through)
    judged = judge(path).get(end.line) if end.kind == "handler" else None
    if judged is None:
        return end
    loop = bool(judged.handler.place.loop) and not judged.verdict.leaves
    return replace(end, outcome=judged.verdict.outcome, words=path_words(judged.verdict.worst), loop=loop)
