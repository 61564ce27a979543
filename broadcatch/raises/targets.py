"""What can running a target raise? Functions with source are followed, others looked up in the table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.program.calls import Target, is_deferred, shown
from broadcatch.program.members import is_abstract
from broadcatch.program.module import Function
from broadcatch.raises.callables import arguments, decorated, values_of
from broadcatch.raises.context import Context
from broadcatch.raises.directly import direct
from broadcatch.raises.externals import external_items, is_tabled
from broadcatch.raises.regions import Invoke, Item
from broadcatch.raises.values import Made, Values, as_items, passed


def target_items(context: Context, target: Target, node: ast.expr, run: bool) -> Iterator[Item]:
    """What running the target can raise, at `node`. `run`: the coroutine or generator it makes is run."""
    if isinstance(node, ast.Call) and _is_made(target):
        called = values_of(context, node.func)
        if called:
            yield from called_items(context, called, node, target.name, run)
            return
    for function in target.functions:
        if is_tabled(context, function):
            yield from external_items(context, target, function.name, node)
        else:
            yield from _function_items(context, target.name, function, node, run)
    for name in target.externals:
        for item in external_items(context, target, name, node):
            yield _told(context, item, node) if isinstance(item, Invoke) else item
    if target.why and not _speaks_for_all(context, target):
        yield context.open(node, target.name, target.why)


def _speaks_for_all(context: Context, target: Target) -> bool:
    """Whether the table knows of the abstract methods of a library what each implementation raises."""
    return bool(target.functions) and all(
        is_abstract(one) and is_tabled(context, one) for one in target.functions
    )


def _told(context: Context, item: Invoke, node: ast.expr) -> Invoke:
    """A call of Python's own code, with the constants that choose its branches."""
    plain = not item.passed and not item.function.node.decorator_list
    given = direct(context, node, item.function) if plain and isinstance(node, ast.Call) else ()
    return replace(item, passed=passed(given)) if given else item


def _is_made(target: Target) -> bool:
    """Whether what runs was made from other functions: what it holds counts, not only its own text."""
    held = any("<locals>" in one.qualname for one in target.functions)
    return held or all(name.endswith(".__call__") for name in target.externals) and not target.functions


def _function_items(
    context: Context, name: str, function: Function, node: ast.expr, run: bool
) -> Iterator[Item]:
    values = decorated(context, function)
    if values == (Made(function),):
        if run or not is_deferred(function):
            given = direct(context, node, function) if isinstance(node, ast.Call) else ()
            yield context.invoke(node, name, function, given)
        return
    yield from called_items(context, values, node, name, run)
    wrapped = [one for one in values if isinstance(one, Made) and one.function is not function]
    if run and is_deferred(function) and any(not is_deferred(one.function) for one in wrapped):
        yield context.invoke(node, name, function)  # a plain wrapper gives the coroutine back, to be run here


def called_items(context: Context, values: Values, node: ast.expr, name: str, run: bool) -> Iterator[Item]:
    """Calling any of these values, at `node`."""
    for value in values:
        is_call = isinstance(value, Made) and isinstance(node, ast.Call)
        more = arguments(context, node, value.function) if is_call else ()  # type: ignore[arg-type, union-attr]
        yield from as_items((value,), (context.path, node.lineno), name, run, more)


def deferred_items(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Running the coroutine or generator that a variable holds."""
    if isinstance(expr, (ast.Name, ast.Attribute)):
        of = context.resolver.type_of(expr, context.scope)
        if of is not None and isinstance(of.target, Function):
            yield from made_items(context, of.target, expr, shown(expr))


def made_items(context: Context, function: Function, node: ast.expr, name: str) -> Iterator[Item]:
    """Running, at `node`, the coroutine or generator that a call of the function made elsewhere."""
    values = decorated(context, function)
    if values == (Made(function),):
        yield context.invoke(node, name, function)
    else:
        yield from called_items(context, values, node, name, True)
