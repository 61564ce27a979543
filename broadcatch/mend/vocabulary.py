"""Which exception classes does the mapping name for a module that the module lacks, and how do they read?"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcatch.config.options import PYTHON_EXCEPTIONS, Translation
from broadcatch.errors import BroadcatchError

WIDTH = 100
"""A docstring names so many sources as fit into this many characters."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One class to be written: its base as configured ("" for the root of the file), what it stands for."""

    name: str
    base: str
    stands_for: tuple[str, ...] = ()


def additions(text: str, module: str, rows: Sequence[Translation], root: str) -> tuple[str, int]:
    """What is to stand at the end of the module's text, and how many classes that is; ("", 0) for none.

    `root` names the class that all derive from which have no base of their own, where the module has none
    yet. Raises BroadcatchError for a base that cannot be told.
    """
    tree = ast.parse(text)
    taken = set(_names(tree))
    wishes = [one for one in wishes_for(module, rows) if one.name not in taken]
    if not wishes:
        return "", 0
    own = root_of(tree)
    base = own or root
    if any(not one.base for one in wishes) and not own and base not in taken:
        wishes = [Wish(base, "Exception"), *(one for one in wishes if one.name != base)]
    ordered = _bases_first(wishes)
    imports = _foreign(ordered, module, taken)
    classes = [_class(one, module, base) for one in ordered]
    return "".join(imports) + "".join(classes), len(classes)


def wishes_for(module: str, rows: Sequence[Translation]) -> Iterator[Wish]:
    """The classes of a module that the mapping names, targets and bases, each once."""
    targets = dict.fromkeys(one.to for one in rows if one.to.rpartition(".")[0] == module)
    bases = dict.fromkeys(
        one.base for one in rows if one.base.rpartition(".")[0] == module and one.to in targets
    )
    for name in dict.fromkeys([*bases, *targets]):
        own = [one for one in rows if one.to == name]
        base = next((one.base for one in own if one.base), "" if own else "Exception")
        sources = tuple(dict.fromkeys(_source(one) for one in own))
        yield Wish(name.rpartition(".")[2], base, sources)


def root_of(tree: ast.Module) -> str:
    """The class of a module that most others derive from, itself an exception; "" for none."""
    bases = {
        one.name: [base.id for base in one.bases if isinstance(base, ast.Name)]
        for one in tree.body
        if isinstance(one, ast.ClassDef)
    }
    roots = [name for name, above in bases.items() if any(one in PYTHON_EXCEPTIONS for one in above)]
    below = {root: sum(_derives(name, root, bases) for name in bases) for root in roots}
    return max(roots, key=lambda one: below[one], default="")


def _derives(name: str, root: str, bases: Mapping[str, Sequence[str]]) -> bool:
    seen: set[str] = set()
    todo = list(bases.get(name, ()))
    while todo:
        one = todo.pop()
        if one == root:
            return True
        if one not in seen:
            seen.add(one)
            todo += bases.get(one, ())
    return False


def _names(tree: ast.Module) -> Iterator[str]:
    """What a module binds at its top, imports and conditions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((one.asname or one.name).partition(".")[0] for one in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _source(row: Translation) -> str:
    return f"`{row.from_}`" + (f" where `{row.when.strip()}`" if row.when else "")


def _bases_first(wishes: Sequence[Wish]) -> list[Wish]:
    left, done = list(wishes), list[Wish]()
    while left:
        names = {one.name for one in left}
        ready = [one for one in left if one.base.rpartition(".")[2] not in names - {one.name}]
        ready = [one for one in ready if one.base.rpartition(".")[2] != one.name or "." not in one.base]
        if not ready:
            raise BroadcatchError(f"translate: {left[0].name} derives from itself by its `base`")
        done += ready
        left = [one for one in left if one not in ready]
    return done


def _foreign(wishes: Sequence[Wish], module: str, taken: set[str]) -> list[str]:
    """The imports of bases that other modules hold."""
    names = dict.fromkeys(one.base for one in wishes if "." in one.base)
    parts = [name.rpartition(".") for name in names if name.rpartition(".")[0] != module]
    lines = [f"from {home} import {short}\n" for home, _, short in parts if short not in taken]
    return ["\n", *lines] if lines else []


def _class(wish: Wish, module: str, root: str) -> str:
    base = (wish.base or root).rpartition(".")[2]
    return f'\n\nclass {wish.name}({base}):\n    """{_said(wish)}"""\n'


def _said(wish: Wish) -> str:
    if not wish.stands_for:
        return "Base of the errors that this project raises on purpose."
    shown = [one for one in wish.stands_for if '"' not in one and "\\" not in one] or ["errors of libraries"]
    text = f"Stands for {shown[0]}"
    for one in shown[1:]:
        if len(text) + len(one) > WIDTH:
            return f"{text} and others."
        text += f", {one}"
    return f"{text}."
