"""What can iterating over a value raise? By its type: methods of the project, or rows of the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class
from broadcatch.program.names import own_statements
from broadcatch.program.project import External
from broadcatch.program.types import Type
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item, Within
from broadcatch.raises.targets import target_items

_PLAIN = ("builtins.", "collections.", "json.", "_collections_abc.dict_")
_ANY = "collections.abc."
"""Protocols: whatever has such a type may be of a class of its own."""


def iterating(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Asking the value of `expr` for its elements to the end, without what evaluating it raises."""
    if isinstance(expr, ast.GeneratorExp):
        return  # what it does was read with it
    of = context.resolver.type_of(expr, context.scope)
    if of is None:
        if not _is_plain_call(context, expr):
            yield context.open(expr, shown(expr), "iteration over a value of unknown type")
    elif isinstance(of.target, Class):
        yield from _by_methods(context, expr, of)
    elif of.target is None:
        yield from _standard_iteration(context, expr, of)


def _by_methods(context: Context, expr: ast.expr, of: Type) -> Iterator[Item]:
    """By the special methods of a class with source, and of what `__iter__` returns."""
    known = False
    function = context.scope.function
    waits = function is not None and function.is_async
    for special in ("__iter__", "__next__", "__aiter__", "__anext__", "__getitem__"):
        if special == "__aiter__" and known and not waits:
            return  # only a coroutine has an `async for`
        method = context.resolver.member(of, special)
        if isinstance(method, Bound) and not (special == "__getitem__" and known):
            known = True
            target = resolve_meaning(context.resolver, method, f"{shown(expr)}.{special}")
            yield from target_items(context, target, expr, True)
            if special in ("__iter__", "__aiter__"):
                yield from _returned(context, expr, of, method)
        elif isinstance(method, External) and not known:
            known = True
            if not is_standard(method.name):
                yield context.open(expr, shown(expr), f"iteration by {method.name}")
                return
    if not known:
        yield context.open(expr, shown(expr), f"how {of.name} is iterated over is not known")


def _returned(context: Context, expr: ast.expr, of: Type, method: Bound) -> Iterator[Item]:
    """Iterating over what `__iter__` returns, unless it is a generator or returns the object itself."""
    for function in method.functions:
        inner = context.at(context.resolver.scope(function))
        for statement in own_statements(function.node.body) if not function.yields else ():
            if not isinstance(statement, ast.Return) or statement.value is None:
                continue
            value = context.resolver.type_of(statement.value, inner.scope)
            if value is not None and value.target is of.target:
                continue
            found = context.resolver.guarded(("iterated", statement), partial(_items, inner, statement.value))
            if found:
                yield Within((), found, expr.lineno, context.path)


def _items(context: Context, expr: ast.expr) -> tuple[Item, ...]:
    return tuple(iterating(context, expr))


def _standard_iteration(context: Context, expr: ast.expr, of: Type) -> Iterator[Item]:
    entry = context.table.lookup(f"{of.name}.__iter__")
    if entry is not None:
        for row in entry.rows:
            yield context.known(row, expr, f"iteration over {shown(expr)}")
    elif not of.name.startswith(_PLAIN) or of.name.startswith(_ANY):
        yield context.open(expr, shown(expr), f"iteration over a {of.name}")


def _is_plain_call(context: Context, expr: ast.expr) -> bool:
    """Whether it is a call of a builtin that gives a plain container or passes its arguments' elements on."""
    if not isinstance(expr, ast.Call):
        return False
    found = context.resolver.meaning(expr.func, context.scope)
    name = found.name if isinstance(found, External) else ""
    return name.startswith("builtins.") and name not in (
        "builtins.next",
        "builtins.getattr",
        "builtins.dict.get",
    )
