"""What can a call raise? Its receiver, its arguments, what it runs, and what it does with what it is given.

How a sub-expression is read is handed in as `read`: expressions are made of calls, and calls of expressions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias

from broadcatch.program.calls import Target, resolve_call, resolve_meaning, shown
from broadcatch.program.meaning import Bound, Choice
from broadcatch.program.module import Class, Function
from broadcatch.raises.arguments import unpacked_data
from broadcatch.raises.context import Context
from broadcatch.raises.iterating import iterating
from broadcatch.raises.regions import Item
from broadcatch.raises.targets import deferred_items, target_items

_STARTS_TASK = frozenset(
    "asyncio.create_task asyncio.ensure_future asyncio.run_coroutine_threadsafe "
    "asyncio.AbstractEventLoop.create_task".split()
)
_AWAITS = frozenset({"asyncio.gather", "asyncio.shield", "asyncio.wait_for"})
_OPAQUE_PARTS = frozenset({"json.loads", "json.load", "json.dumps", "json.dump"})
_ITERATES = frozenset(
    "builtins.list builtins.tuple builtins.set builtins.frozenset builtins.sorted builtins.sum builtins.any "
    "builtins.all builtins.dict builtins.enumerate builtins.zip builtins.map builtins.filter "
    "builtins.reversed builtins.iter builtins.next builtins.str.join builtins.list.extend "
    "builtins.set.update".split()
)
Read: TypeAlias = Callable[[Context, ast.AST], Iterator[Item]]
"""Everything that evaluating a piece of code can raise."""


def call_items(context: Context, call: ast.Call, read: Read, run: bool = False) -> Iterator[Item]:
    """Receiver, arguments, the call itself; `run`: the coroutine or generator that it gives is run."""
    target = resolve_call(context.resolver, call, context.scope)
    unresolved = bool(target.why) and not target.functions
    yield from _receiver(context, call.func, read, unresolved)
    starts_task = any(name in _STARTS_TASK for name in target.externals)
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        plain = argument.value if isinstance(argument, ast.Starred) else argument
        yield from read(context, plain) if starts_task else consumed(context, plain, read)
        iterated = argument in call.args and any(name in _ITERATES for name in target.externals)
        if isinstance(argument, ast.Starred) or iterated:
            yield from _iterated(context, plain, read, target)
    yield from unpacked_data(context, call)
    yield from _awaited(context, call, target)
    yield from _callbacks(context, call, read, target)
    yield from target_items(context, target, call, run)


def _receiver(context: Context, func: ast.expr, read: Read, unresolved: bool) -> Iterator[Item]:
    """The expression before the last dot; a plain chain is not named twice if the call is open."""
    if isinstance(func, ast.Attribute):
        inner: ast.expr = func.value
        while unresolved and isinstance(inner, ast.Attribute):
            inner = inner.value
        yield from read(context, inner)
    elif not isinstance(func, ast.Name):
        yield from read(context, func)


def _iterated(context: Context, argument: ast.expr, read: Read, target: Target) -> Iterator[Item]:
    if len(target.externals) == 1 and target.externals[0] in ("builtins.map", "builtins.filter"):
        found = context.resolver.meaning(argument, context.scope)
        if isinstance(found, (Function, Class, Bound)) or isinstance(argument, ast.Lambda):
            return
    yield from unpacked(context, argument, read)


def consumed(context: Context, expr: ast.expr, read: Read) -> Iterator[Item]:
    """Evaluating `expr` where the coroutine or generator that it gives is run at once."""
    if isinstance(expr, ast.Call):
        yield from call_items(context, expr, read, run=True)
    else:
        yield from read(context, expr)
        yield from deferred_items(context, expr)


def unpacked(context: Context, expr: ast.expr, read: Read) -> Iterator[Item]:
    """Iterating over the value of `expr`, without what evaluating it raises."""
    already = set(consumed(context, expr, read))
    yield from (item for item in iterating(context, expr) if item not in already)


def _awaited(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """Awaitables made elsewhere that the callee awaits: their exceptions come out here."""
    if any(name in _AWAITS for name in target.externals):
        for argument in call.args:
            of = context.resolver.type_of(argument, context.scope)
            made_here = isinstance(argument, (ast.Call, ast.Constant, ast.Starred))
            if not made_here and (
                of is None or of.name not in ("coroutine", "builtins.int", "builtins.float")
            ):
                yield context.open(call, target.name, f"it awaits `{shown(argument)}`, made elsewhere")
    if any(name in _OPAQUE_PARTS for name in target.externals) and any(
        keyword.arg in ("cls", "object_hook", "default", "parse_float") for keyword in call.keywords
    ):
        yield context.open(call, target.name, "it runs code that is passed to it")


def _callbacks(context: Context, call: ast.Call, read: Read, target: Target) -> Iterator[Item]:
    """Functions handed to a callable that runs them."""
    entries = [context.table.lookup(name) for name in target.externals]
    if not any(entry and entry.runs_arguments for entry in entries):
        return
    named = [
        keyword.value for keyword in call.keywords if keyword.arg in ("key", "default_factory", "target")
    ]
    for argument in [*call.args, *named]:
        if isinstance(argument, ast.Lambda):
            yield from read(context, argument.body)
            continue
        found = context.resolver.meaning(argument, context.scope)
        if isinstance(found, (Function, Class, Choice)) or (
            isinstance(found, Bound) and not found.is_property
        ):
            passed = resolve_meaning(context.resolver, found, shown(argument))
            yield from target_items(context, passed, argument, True)
    first = call.args[0] if call.args else None
    if first is not None and _is_unresolved_function(context, first, target):
        yield context.open(call, target.name, f"it runs `{shown(first)}`, which cannot be resolved")


def _is_unresolved_function(context: Context, first: ast.expr, target: Target) -> bool:
    calls_first = any(name.rsplit(".", 1)[-1] in _FIRST_IS_FUNCTION for name in target.externals)
    return (
        calls_first
        and not isinstance(first, ast.Lambda)
        and context.resolver.meaning(first, context.scope) is None
    )


_FIRST_IS_FUNCTION = frozenset({"map", "filter", "reduce", "to_thread", "run_sync", "submit", "partial"})
