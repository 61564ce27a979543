"""Which names does a block of code bind, and to what? Imports resolved to absolute dotted names."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.source.walking import children, walk_without

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
How: TypeAlias = Literal[
    "import",
    "def",
    "class",
    "value",
    "annotation",
    "parameter",
    "element",
    "entered",
    "entered-async",
    "caught",
    "augmented",
    "opaque",
]
_TRIES: tuple[type[ast.stmt], ...] = (ast.Try, *([ast.TryStar] if sys.version_info >= (3, 11) else []))
_WITH_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Match, *_TRIES)
_BINDS_NOTHING = (ast.Expr, ast.Return, ast.If, ast.Raise, ast.Pass, ast.Assert, ast.While)
"""Statements that bind no name themselves, `:=` aside."""
APART = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Binding:
    """One way in which a name gets its value.

    `target` is the dotted name of an import; `expr` the value, annotation, iterable (`element`), context
    manager (`entered`) or exception class (`caught`); `opaque` tells nothing about the value. `value` is
    what an annotated name is given; `path` are the positions that lead to it where a value is unpacked, from
    the end if negative. Of an augmented assignment, `target` is the class of the operator (`Add`).
    """

    how: How
    target: str = ""
    expr: ast.expr | None = None
    value: ast.expr | None = None
    path: tuple[int, ...] = ()


_DEFINED = Binding("def")


def dotted(expr: ast.expr | None) -> str:
    """`a.b.c` as written; "" for anything but a plain chain of names."""
    if isinstance(expr, ast.Name):
        return expr.id
    if isinstance(expr, ast.Attribute):
        head = dotted(expr.value)
        return f"{head}.{expr.attr}" if head else ""
    return ""


def absolute(module: str, is_package: bool, level: int, target: str) -> str:
    """The absolute name of `from ...target import x` as written inside `module`."""
    if level == 0:
        return target
    parts = module.split(".")
    keep = len(parts) - level + (1 if is_package else 0)
    return ".".join([*parts[: max(keep, 0)], *([target] if target else [])])


def own_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement that runs with this block: nested blocks too, bodies of functions and classes not."""
    todo = body[::-1]
    while todo:
        statement = todo.pop()
        yield statement
        if isinstance(statement, _WITH_BLOCKS):
            for block in reversed(list(blocks(statement))):
                todo += block[::-1]


def own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node that runs with this block, in no order; bodies of functions, lambdas, classes left out."""
    for statement in reversed(body):
        yield from walk_without(statement, APART)


def blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The statement lists directly inside a statement."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if isinstance(block, list):
            yield block
    for holder in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield holder.body


def imported(statement: ast.stmt, module: str, is_package: bool) -> Iterator[tuple[str, str]]:
    """(local name, absolute dotted target) for each name that an import statement binds."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0],) * 2
    elif isinstance(statement, ast.ImportFrom):
        base = absolute(module, is_package, statement.level, statement.module or "")
        for alias in statement.names:
            if alias.name != "*":
                yield alias.asname or alias.name, f"{base}.{alias.name}"


def bindings(
    body: list[ast.stmt], module: str, is_package: bool, walrus: bool = True
) -> dict[str, tuple[Binding, ...]]:
    """All bindings of the names of one scope, in source order; without `walrus`, `:=` is not looked for."""
    found: dict[str, list[Binding]] = {}
    for statement in own_statements(body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):  # most of what most files bind
            found.setdefault(statement.name, []).append(_DEFINED)
            continue
        if not isinstance(statement, _BINDS_NOTHING):
            for name, binding in bound_by(statement, module, is_package):
                found.setdefault(name, []).append(binding)
        for name, binding in _walrus(statement) if walrus else ():
            found.setdefault(name, []).append(binding)
    return {name: tuple(those) for name, those in found.items()}


def bound_by(statement: ast.stmt, module: str, is_package: bool) -> Iterator[tuple[str, Binding]]:
    """The names that one statement binds itself, not those of the blocks inside it."""
    for name, target in imported(statement, module, is_package):
        yield name, Binding("import", target=target)
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield statement.name, _DEFINED
    elif isinstance(statement, ast.ClassDef):
        yield statement.name, Binding("class")
    elif isinstance(statement, ast.Assign):
        for target_expr in statement.targets:
            yield from _assigned(target_expr, statement.value)
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, Binding("annotation", expr=statement.annotation, value=statement.value)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield from _unpacked(statement.target, "element", statement.iter)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        how: How = "entered" if isinstance(statement, ast.With) else "entered-async"
        for item in statement.items:
            if item.optional_vars is not None:
                yield from _unpacked(item.optional_vars, how, item.context_expr)
    else:
        yield from _rest(statement)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, ast.Tuple):
        starred = any(isinstance(one, ast.Starred) for one in (*target.elts, *value.elts))
        if len(target.elts) == len(value.elts) and not starred:
            for one, part in zip(target.elts, value.elts, strict=True):
                yield from _assigned(one, part)
            return
    yield from _unpacked(target, "value", value)


def _unpacked(
    target: ast.expr, how: How, expr: ast.expr, path: tuple[int, ...] = ()
) -> Iterator[tuple[str, Binding]]:
    """The names in a target that takes the value of `expr` apart."""
    if isinstance(target, ast.Name):
        yield target.id, Binding(how, expr=expr, path=path)
    elif isinstance(target, (ast.Tuple, ast.List)):
        stars = [index for index, one in enumerate(target.elts) if isinstance(one, ast.Starred)]
        for index, one in enumerate(target.elts):
            at = index - len(target.elts) if stars and index > stars[0] else index
            yield from _unpacked(one, how, expr, (*path, at))
    elif isinstance(target, ast.Starred):
        yield from _opaque(target)


def _opaque(target: ast.AST) -> Iterator[tuple[str, Binding]]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, Binding("opaque")


def _rest(statement: ast.stmt) -> Iterator[tuple[str, Binding]]:
    if isinstance(statement, ast.AugAssign):
        if isinstance(statement.target, ast.Name):
            yield statement.target.id, Binding("augmented", type(statement.op).__name__, statement.value)
    elif isinstance(statement, ast.Match):
        for case in statement.cases:
            for node in ast.walk(case.pattern):
                captured = getattr(node, "name", None) or getattr(node, "rest", None)
                if isinstance(captured, str):
                    yield captured, Binding("opaque")
    for handler in getattr(statement, "handlers", ()):
        if handler.name:
            yield handler.name, Binding("caught", expr=handler.type)


def _walrus(statement: ast.stmt) -> Iterator[tuple[str, Binding]]:
    for field in ("value", "test", "iter", "exc"):
        expr = getattr(statement, field, None)
        if isinstance(expr, ast.expr):
            yield from _named(expr)


def _named(expr: ast.AST, in_text: bool = False) -> Iterator[tuple[str, Binding]]:
    """Names bound by `:=`; what stands in an f-string has no place of its own in the file."""
    for node in children(expr):
        yield from _named(node, in_text or isinstance(expr, ast.JoinedStr))
    if isinstance(expr, ast.NamedExpr):
        yield expr.target.id, Binding("opaque") if in_text else Binding("value", expr=expr.value)


def lazy_targets(tree: ast.Module, name: str) -> Iterator[str]:
    """`module` or `module:attribute` for a name, as the dicts of a file that imports lazily tell.

    Read are `{name: module}`, `{name: (module, attribute)}` and `{module: [names]}`.
    """
    for node in own_nodes(tree.body):
        for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
            key_text = key.value if isinstance(key, ast.Constant) else None
            texts = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant)]
            if not isinstance(key_text, str) or not all(isinstance(one, str) for one in texts):
                continue
            if key_text == name and 1 <= len(texts) <= 2:
                yield ":".join(map(str, texts))
            elif name in texts and isinstance(value, (ast.List, ast.Tuple, ast.Set)):
                yield key_text


def is_none(binding: Binding) -> bool:
    """Whether it binds None, which stands for nothing yet."""
    value = getattr(binding.expr, "value", "")
    return binding.how == "value" and value is None and not hasattr(binding.expr, "attr")
