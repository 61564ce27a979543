"""What can this place raise? Targets become code, and what the engine finds becomes an answer to show."""

from __future__ import annotations

import ast
import os
from dataclasses import replace
from pathlib import Path

from broadcatch.errors import BroadcatchError, PathError
from broadcatch.model.escaping import Asked, Escaping, PlaceKind, RaisesAnswer
from broadcatch.model.facts import Failure
from broadcatch.model.raising import Evidence, Raised, RaiseSet
from broadcatch.program.classes import PROGRAMMING
from broadcatch.program.module import Module
from broadcatch.program.places import Located, at_line, by_name
from broadcatch.raises.escapes import Engine
from broadcatch.raises.evidence import rank
from broadcatch.source.lines import split
from broadcatch.source.paths import display
from broadcatch.source.read import read
from broadcatch.suggest.families import families


def located(asked: Asked, engine: Engine) -> Located:
    """The code that a target names. Raises PathError and BroadcatchError, in one line, if there is none."""
    module = _file(asked, engine) if asked.path else _module(asked, engine)
    if module.error:
        raise BroadcatchError(f"{display(engine.project.root / module.path)}: {module.error}")
    if asked.path and not asked.name:
        _demand_line(asked)
        return at_line(module, asked.line)
    found = by_name(engine.resolver, module, asked.name)
    if found is None:
        raise BroadcatchError(f"{asked.word}: there is no function or class {asked.name!r} in {module.name}")
    return found


def raises(place: Located, engine: Engine, line: int = 0) -> RaisesAnswer:
    """What can come out of the place, which the target's `line` names (0: its own line is shown)."""
    found = _escapes(place, engine)
    kind, own, function = described(place)
    return RaisesAnswer(
        display(engine.project.root / place.module.path),
        own or line or 1,
        function,
        kind,
        found.closed,
        tuple(_ordered(found, engine)),
        found.unknown,
    )


def described(place: Located) -> tuple[PlaceKind, int, str]:
    """The kind of the place, the line at which it begins (0: a module), and the name of its function."""
    function = place.function.qualname if place.function else ""
    if place.attempt is not None:
        return "try", place.attempt.lineno, function
    if place.made is not None:
        return "function", place.made.node.lineno, place.made.qualname
    return ("function", place.function.node.lineno, function) if place.function else ("module", 0, "")


def is_aside(found: RaiseSet, type_: str) -> bool:
    """Whether the type is an error of the program that nothing but an operation speaks for."""
    return type_ in PROGRAMMING and not any(
        one.type == type_ and (one.by_data or one.evidence.kind == "raise") for one in found.raised
    )


def _file(asked: Asked, engine: Engine) -> Module:
    if not os.path.isfile(asked.path):
        raise PathError(f"{asked.path}: {'is no file' if os.path.exists(asked.path) else 'no such file'}")
    return engine.project.module_at(Path(asked.path).absolute())


def _demand_line(asked: Asked) -> None:
    source = read(asked.path)
    if isinstance(source, Failure):
        raise PathError(f"{asked.path}: {source.message}")
    count = len(split(source.text))
    if not 0 < asked.line <= count:
        raise BroadcatchError(f"{asked.word}: the file has {count} lines")


def _module(asked: Asked, engine: Engine) -> Module:
    """As it would be imported in the working directory, else in the project."""
    parts = Path(*asked.module.split("."))
    for folder in (Path.cwd(), Path.cwd() / "src"):
        for file in (folder / parts / "__init__.py", folder / parts.with_suffix(".py")):
            if file.is_file():
                return engine.project.module_at(file)
    found = engine.project.find(asked.module)
    if found is None:
        raise BroadcatchError(f"{asked.word}: there is no module {asked.module} in this project")
    return found


def _escapes(place: Located, engine: Engine) -> RaiseSet:
    context = engine.context(place.module, place.function)
    if place.attempt is not None:
        return engine.try_escapes(place.attempt, context)
    if place.made is not None:
        return engine.constructor_escapes(place.made)
    if place.function is not None:
        return engine.function_escapes(place.function)
    return engine.escapes(place.module.tree.body if place.module.tree else [ast.Pass()], context)


def _ordered(found: RaiseSet, engine: Engine) -> list[Escaping]:
    """One entry a type, nearest evidence first; programming errors that nobody raises come last."""
    root = engine.project.root
    by_type: dict[str, list[Raised]] = {}
    for one in found.raised:
        by_type.setdefault(one.type, []).append(one)
    aside = {type_ for type_ in by_type if is_aside(found, type_)}
    under = families(by_type.keys() - aside, engine.resolver.hierarchy)
    nearest = {type_: min(map(rank, those)) for type_, those in by_type.items()}
    order = sorted(by_type, key=lambda one: (one in aside, nearest[one], one))
    return [_escaping(one, by_type[one], one in aside, under.get(one, ""), root) for one in order]


def _escaping(type_: str, those: list[Raised], aside: bool, under: str, root: Path) -> Escaping:
    ranked = sorted(those, key=rank)
    return Escaping(
        type_,
        ranked[0].line,
        tuple(dict.fromkeys(from_here(one.evidence, root) for one in ranked)),
        transient=any(one.transient for one in ranked),
        documented=any(one.evidence.kind == "documented" for one in ranked),
        aside=aside,
        under=under,
    )


def from_here(why: Evidence, root: Path) -> Evidence:
    """The evidence with all paths as seen from the working directory instead of the project's root."""
    via = tuple(replace(step, path=display(root / step.path)) for step in why.via)
    return replace(why, path=display(root / why.path), via=via)
