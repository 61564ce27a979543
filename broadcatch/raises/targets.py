"""What can running a target raise? Functions of the project are followed, others looked up in the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.program.calls import Target, constructor, is_deferred, shown
from broadcatch.program.meaning import Instance
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.types import BYTES, FLOAT, NUMBERS, STR
from broadcatch.raises.arguments import uses_unseen
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Invoke, Item
from broadcatch.raises.table import Row, applies


def target_items(context: Context, target: Target, node: ast.expr, run: bool) -> Iterator[Item]:
    """What running the target can raise, at `node`."""
    call = node if isinstance(node, ast.Call) else None
    for function in target.functions:
        if function.module.origin == "standard" and context.table.lookup(function.name) is not None:
            yield from _external(context, target, function.name, node, call)
        elif run or not is_deferred(function):
            yield Invoke(node.lineno, target.name, function)
    for name in target.externals:
        yield from _external(context, replace(target, name=target.name or name), name, node, call)
    if target.why:
        yield context.open(node, target.name, target.why)


def _external(
    context: Context, target: Target, name: str, node: ast.expr, call: ast.Call | None
) -> Iterator[Item]:
    named = (name, *context.resolver.spellings(name)) if is_standard(name) else (name,)
    entry = next((found for one in named if (found := context.table.lookup(one))), None)
    if entry is None:
        canonical = context.resolver.hierarchy.canonical(name)
        if context.resolver.hierarchy.is_known(canonical):
            return
        source = context.resolver.standard(name) if is_standard(name) else None
        if source is not None:
            yield from _followed(context, target, source, node)
            return
        origin = (
            "the standard library" if is_standard(name) else f"{name.split('.')[0]} (not part of the project)"
        )
        yield context.open(node, target.name, f"`{name}`: nothing is known of it, from {origin}")
        return
    unseen = uses_unseen(context, entry, call) or (name == "builtins.getattr" and _is_unknown(context, call))
    if entry.runs_unknown or unseen:
        yield context.open(node, target.name, "it runs code that cannot be seen")
    for row in entry.rows:
        if applies(row, call) and not _ruled_out(context, row, call):
            yield context.known(row, node, target.name)


def _followed(context: Context, target: Target, source: Function | Class, node: ast.expr) -> Iterator[Item]:
    """What the standard library's own source does there."""
    if isinstance(source, Function):
        yield from target_items(context, Target(target.name, (source,)), node, run=False)
        return
    made = constructor(context.resolver, source, target.name)
    yield from target_items(context, made, node, run=False)


def _is_unknown(context: Context, call: ast.Call | None) -> bool:
    """Whether the type of the first argument is not known."""
    if call is None or not call.args:
        return True
    found = context.resolver.meaning(call.args[0], context.scope)
    foreign = isinstance(found, External) and not is_standard(found.name)
    return found is None or foreign or (isinstance(found, Instance) and found.type is None)


def _ruled_out(context: Context, row: Row, call: ast.Call | None) -> bool:
    """Whether the known type of the first argument excludes the row.

    An annotation is not trusted to make a conversion safe: `float(price)` stands there because it may lie.
    """
    if call is None or not call.args:
        return False
    of = context.resolver.type_of(call.args[0], context.scope)
    if "float" in row.when:
        return of != FLOAT
    return ("untyped" in row.when and of in (*NUMBERS, STR, BYTES)) or ("not-text" in row.when and of == STR)


def deferred_items(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Running the coroutine or generator that a variable holds."""
    if isinstance(expr, (ast.Name, ast.Attribute)):
        of = context.resolver.type_of(expr, context.scope)
        if of is not None and isinstance(of.target, Function):
            yield Invoke(expr.lineno, shown(expr), of.target)
