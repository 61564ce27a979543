"""Which functions of a package can the laws be held against? Those of modules and classes, by stated rules.

Left out, whatever their names: what is defined twice under one name, what looks at its own frame (`locals`,
`eval`, `sys._getframe`…), what has nothing to move (a body of `...`, `pass` or `raise NotImplementedError`),
what defines a class (its exceptions are named after the function that they stand in), and methods without a
named first parameter.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Texts: TypeAlias = dict[str, str]
"""The files of a package: path below the folder that it is imported from -> source."""

LOOKS_AT_FRAMES = frozenset("locals vars dir eval exec globals _getframe currentframe stack".split())
_LENGTH = 1_000_000
"""Larger files are data."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One function: its file and its qualified name there."""

    file: str
    qualname: str

    @property
    def module(self) -> str:
        """The dotted name of its file."""
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass(frozen=True, slots=True)
class Found:
    """A function in a tree, with the body that it stands in and its class, None for a plain one."""

    node: FunctionNode
    around: list[ast.stmt]
    owner: ast.ClassDef | None


def texts_of(package: Path) -> Texts:
    """The files of a package that Python can parse."""
    texts = {}
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if len(text) < _LENGTH and parsed(text) is not None:
            texts[path.relative_to(package.parent).as_posix()] = text
    return texts


def parsed(text: str) -> ast.Module | None:
    """The tree of a source; None where it has none."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def functions(tree: ast.Module) -> dict[str, Found]:
    """The functions of a module and its classes that stand in no `if` or `try`, by qualified name."""
    return {name: found for name, found in _directly(tree.body, "", None)}


def _directly(body: list[ast.stmt], prefix: str, owner: ast.ClassDef | None) -> Iterator[tuple[str, Found]]:
    for one in body:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + one.name, Found(one, body, owner)
        elif isinstance(one, ast.ClassDef):
            yield from _directly(one.body, f"{prefix}{one.name}.", one)


def eligible(texts: Texts) -> list[Spot]:
    """Every function that the laws can be held against, in the order of files and names."""
    spots = []
    for file, text in sorted(texts.items()):
        tree = ast.parse(text)
        times = Counter(_names(tree.body, ""))
        spots += [
            Spot(file, name)
            for name, found in functions(tree).items()
            if times[name] == 1 and times[name.rpartition(".")[0]] < 2 and _is_plain(found)
        ]
    return spots


def _names(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    """The qualified names that are defined, also in branches, each time anew."""
    for one in body:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + one.name
        elif isinstance(one, ast.ClassDef):
            yield prefix + one.name
            yield from _names(one.body, f"{prefix}{one.name}.")
        else:
            inner = [part for part in ast.walk(one) if isinstance(part, ast.stmt) and part is not one]
            yield from _names(inner, prefix)


def _is_plain(found: Found) -> bool:
    mentioned = {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(found.node)}
    if mentioned & LOOKS_AT_FRAMES or any(isinstance(part, ast.ClassDef) for part in ast.walk(found.node)):
        return False
    arguments = found.node.args
    is_static = "staticmethod" in decorators(found.node)
    has_first = found.owner is None or is_static or bool(arguments.posonlyargs + arguments.args)
    return has_first and not is_abstract(found.node)


def decorators(node: FunctionNode) -> list[str]:
    """The last names of a function's decorators, "" for what has none."""
    plain = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
    return [getattr(one, "attr", getattr(one, "id", "")) for one in plain]


def is_abstract(node: FunctionNode) -> bool:
    """Whether there is nothing in its body to move."""
    return all(isinstance(one, ast.Pass) or _says_nothing(one) for one in node.body)


def _says_nothing(one: ast.stmt) -> bool:
    if isinstance(one, ast.Raise):
        return one.exc is not None and "NotImplemented" in ast.unparse(one.exc)
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
