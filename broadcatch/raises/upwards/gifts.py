"""Which names does a file give to what has one already? `new = old`, `return old()`, `class New(old)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["value", "returned", "derived"]
"""What bears the new name: the same thing, a function that returns it, a class that derives from it."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Gift:
    """What is called `old` is called `new` as well.

    `called`: it is what a call of `old` gives, `awaited`: what comes of waiting for that; `local`: the name
    is one of a function's own variables.
    """

    old: str
    new: str
    kind: Kind
    called: bool = False
    awaited: bool = False
    local: bool = False


def gifts(tree: ast.Module) -> Iterator[Gift]:
    """All that a file gives, at any depth; of an attribute the last name counts."""
    yield from _given(tree, frozenset(), "")


def _given(node: ast.AST, own: frozenset[str], function: str) -> Iterator[Gift]:
    """What stands below a node; `own` are the variables of the function around it, `function` its name."""
    for child in ast.iter_child_nodes(node):
        yield from _by(child, own, function)
        if isinstance(child, _FUNCTIONS):
            yield from _given(child, _variables(child), child.name)
        elif isinstance(child, ast.ClassDef):
            yield from _given(child, frozenset(), "")
        else:
            yield from _given(child, own, function)


def _by(node: ast.AST, own: frozenset[str], function: str) -> Iterator[Gift]:
    """What one node gives."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value, own)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield from _pairs(node.target, node.value, own)
    elif isinstance(node, ast.keyword) and node.arg:
        yield from _values(node.value, node.arg, "value", False)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield from _pairs(node.optional_vars, node.context_expr, own)
    elif isinstance(node, ast.Return) and node.value is not None and function:
        yield from _values(node.value, function, "returned", False)
    elif isinstance(node, ast.arguments):
        yield from _defaults(node)
    elif isinstance(node, ast.ClassDef):
        for base in node.bases:
            yield from _values(base, node.name, "derived", False)
    elif isinstance(node, ast.alias) and node.asname:
        yield Gift(node.name.rpartition(".")[2], node.asname, "value")


def _pairs(target: ast.expr, value: ast.expr, own: frozenset[str]) -> Iterator[Gift]:
    """The names of a target with what they are given, part by part where both are taken apart."""
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        for inner, part in zip(target.elts, parts, strict=False):
            yield from _pairs(inner, part, own)
        return
    name = _name(target)
    if name:
        yield from _values(value, name, "value", isinstance(target, ast.Name) and name in own)


def _values(value: ast.expr, new: str, kind: Kind, local: bool, awaited: bool = False) -> Iterator[Gift]:
    """The values that an expression may be, by their names."""
    if isinstance(value, ast.IfExp):
        parts = [value.body, value.orelse]
    elif isinstance(value, ast.BoolOp):
        parts = value.values
    elif isinstance(value, (ast.Await, ast.NamedExpr, ast.Subscript)):
        parts = [value.value]
    else:
        called = isinstance(value, ast.Call)
        old = _name(value.func if isinstance(value, ast.Call) else value)
        if old and (old != new or kind == "returned"):
            yield Gift(old, new, kind, called, awaited, local)
        return
    for part in parts:
        yield from _values(part, new, kind, local, awaited or isinstance(value, ast.Await))


def _defaults(node: ast.arguments) -> Iterator[Gift]:
    plain = [*node.posonlyargs, *node.args]
    behind = plain[len(plain) - len(node.defaults) :]
    given = [*zip(behind, node.defaults, strict=True), *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    for parameter, default in given:
        if default is not None:
            yield from _values(default, parameter.arg, "value", True)


def _variables(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """The names that are the function's own: what is bound in it and not declared to be another's."""
    bound, others = set(), set()
    todo: list[ast.AST] = [*function.body]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            others.update(node.names)
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            todo += ast.iter_child_nodes(node)
    return frozenset(bound - others)


def _name(node: ast.expr) -> str:
    """The last name of a name or an attribute, "" for anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
