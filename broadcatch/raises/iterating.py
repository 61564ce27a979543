"""What can iterating over a value raise? By its type: methods of the project, or rows of the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class
from broadcatch.program.project import External
from broadcatch.program.types import Type
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item
from broadcatch.raises.targets import target_items


def iterating(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Asking the value of `expr` for its elements to the end, without what evaluating it raises."""
    of = context.resolver.type_of(expr, context.scope)
    if of is None:
        if not _is_plain_call(context, expr) and not isinstance(expr, ast.GeneratorExp):
            yield context.open(expr, shown(expr), "iteration over a value of unknown type")
    elif isinstance(of.target, Class):
        for special in ("__iter__", "__next__", "__aiter__", "__anext__"):
            method = context.resolver.member(of, special)
            if isinstance(method, Bound):
                target = resolve_meaning(context.resolver, method, f"{shown(expr)}.{special}")
                yield from target_items(context, target, expr, True)
            elif isinstance(method, External) and not is_standard(method.name):
                yield context.open(expr, shown(expr), f"iteration by {method.name}")
                return
    elif of.target is None:
        yield from _standard_iteration(context, expr, of)


def _standard_iteration(context: Context, expr: ast.expr, of: Type) -> Iterator[Item]:
    entry = context.table.lookup(f"{of.name}.__iter__")
    if entry is not None:
        for row in entry.rows:
            yield context.known(row, expr, f"iteration over {shown(expr)}")
    elif not of.name.startswith(("builtins.", "collections.", "json.")):
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
