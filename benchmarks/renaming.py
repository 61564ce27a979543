"""How can names of a function be exchanged, so that nothing else changes? Its locals, and its own.

Locals are exchanged where only their own function mentions them. A function is renamed in all files of its
package where each mention surely means it: it is the only one of its name, the name is bound nowhere else and
is no string, a module's function is never mentioned as an attribute, a method only on `self` and `cls` and
in a class without bases.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.rewording import SCOPES, Reworded, own
from benchmarks.sampling import Found, FunctionNode, Spot, Texts, functions


def locals_renamed(found: Found, prefix: str) -> str:
    """All locals that only the function itself mentions have new names."""
    names = {name: f"law_local_{number}" for number, name in enumerate(sorted(_locals(found.node)))}
    for one in own(found.node):
        if isinstance(one, ast.Name):
            one.id = names.get(one.id, one.id)
        elif isinstance(one, ast.ExceptHandler) and one.name:
            one.name = names.get(one.name, one.name)
    return found.node.name if names else ""


def _locals(node: FunctionNode) -> set[str]:
    """Names bound by assignment, loop, `with` or `except` of its own, which no inner scope mentions."""
    bound: set[str] = set()
    barred = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
    for one in own(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            bound.add(one.id)
        elif isinstance(one, ast.ExceptHandler) and one.name:
            bound.add(one.name)
        elif isinstance(one, SCOPES):
            barred |= set(_mentions(one))
        elif not isinstance(one, ast.Attribute):
            barred |= set(_otherwise(one))
    return bound - barred


def _mentions(scope: ast.AST) -> Iterator[str]:
    for one in ast.walk(scope):
        yield from _otherwise(one)
        if isinstance(one, ast.Name):
            yield one.id


def _otherwise(one: ast.AST) -> Iterator[str]:
    """Names that a node binds or declares in other ways than as a Name."""
    if isinstance(one, ast.alias):
        yield (one.asname or one.name).partition(".")[0]
    elif isinstance(one, (ast.Global, ast.Nonlocal)):
        yield from one.names
    elif isinstance(one, ast.arg):
        yield one.arg
    elif isinstance(getattr(one, "name", None), str):
        yield one.name  # type: ignore[attr-defined]
    elif isinstance(one, ast.MatchMapping) and one.rest:
        yield one.rest


@dataclass(slots=True)
class Mentions:
    """Where an identifier stands in a package, by the way in which it does."""

    defined: int = 0
    otherwise: int = 0
    plain: set[str] = field(default_factory=set)
    on_self: set[str] = field(default_factory=set)


def renamed(texts: Texts, spots: Iterable[Spot]) -> Reworded:
    """The functions have new names everywhere."""
    trees = {file: ast.parse(text) for file, text in texts.items()}
    table = _table(trees)
    news: dict[str, str] = {}
    asked = {}
    for spot in spots:
        prefix, _, name = spot.qualname.rpartition(".")
        if _surely_meant(functions(trees[spot.file])[spot.qualname], table[name], spot.file):
            news[name] = f"law_renamed_{name}"
            asked[spot] = Spot(spot.file, f"{prefix}.{news[name]}".lstrip("."))
    changed = {file for name in news for file in table[name].plain | table[name].on_self}
    for file in changed:
        _exchange(trees[file], news)
    return Reworded({file: ast.unparse(trees[file]) for file in changed}, asked)


def _surely_meant(found: Found, mentions: Mentions, file: str) -> bool:
    name = found.node.name
    if mentions.defined != 1 or mentions.otherwise or (name.startswith("__") and name.endswith("__")):
        return False
    if found.owner is None:
        return not mentions.on_self
    return not found.owner.bases and not found.owner.keywords and mentions.plain <= {file}


def _table(trees: dict[str, ast.Module]) -> dict[str, Mentions]:
    table: dict[str, Mentions] = {}
    for file, tree in trees.items():
        for one in ast.walk(tree):
            _note(one, file, table)
    return table


def _note(one: ast.AST, file: str, table: dict[str, Mentions]) -> None:
    if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
        _of(table, one.name).defined += 1
        _of(table, one.name).plain.add(file)
    elif isinstance(one, ast.Name):
        _of(table, one.id).plain.add(file)
        _of(table, one.id).otherwise += not isinstance(one.ctx, ast.Load)
    elif isinstance(one, ast.Attribute):
        on_self = isinstance(one.value, ast.Name) and one.value.id in ("self", "cls")
        _of(table, one.attr).on_self.add(file)
        _of(table, one.attr).otherwise += not (on_self and isinstance(one.ctx, ast.Load))
    elif isinstance(one, ast.alias):
        _of(table, one.name).plain.add(file)
        _of(table, one.asname or one.name).otherwise += one.asname is not None
    elif isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.isidentifier():
        _of(table, one.value).otherwise += 1
    else:
        names = [one.arg] if isinstance(one, ast.keyword) and one.arg else _otherwise(one)
        for name in names:
            _of(table, name).otherwise += 1


def _of(table: dict[str, Mentions], name: str) -> Mentions:
    return table.setdefault(name, Mentions())


def _exchange(tree: ast.Module, news: dict[str, str]) -> None:
    for one in ast.walk(tree):
        if isinstance(one, ast.Name):
            one.id = news.get(one.id, one.id)
        elif isinstance(one, ast.Attribute):
            one.attr = news.get(one.attr, one.attr)
        elif isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.alias)):
            one.name = news.get(one.name, one.name)
