"""What can a call raise? Functions of the project are followed, others looked up, the rest stays open."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace

from broadcatch.program.calls import Target, is_deferred, resolve_call, resolve_meaning, shown
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.resolver import Bound, Instance
from broadcatch.program.types import BYTES, FLOAT, NUMBERS, STR
from broadcatch.raises.arguments import unpacked_data, uses_unseen
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Invoke, Item
from broadcatch.raises.table import Row, applies

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
Read = Callable[[Context, ast.AST], Iterator[Item]]


def call_items(context: Context, call: ast.Call, read: Read, run: bool = False) -> Iterator[Item]:
    """Receiver, arguments, the call itself; `run`: the coroutine or generator that it gives is run."""
    target = resolve_call(context.resolver, call, context.scope)
    unresolved = bool(target.why) and not target.functions
    yield from _receiver(context, call.func, read, unresolved)
    starts_task = any(name in _STARTS_TASK for name in target.externals)
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        plain = argument.value if isinstance(argument, ast.Starred) else argument
        yield from read(context, plain) if starts_task else consumed(context, plain)
        iterated = argument in call.args and any(name in _ITERATES for name in target.externals)
        if isinstance(argument, ast.Starred) or iterated:
            yield from _iterated(context, plain, target)
    yield from unpacked_data(context, call)
    yield from _awaited(context, call, target)
    yield from _callbacks(context, call, target)
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


def _iterated(context: Context, argument: ast.expr, target: Target) -> Iterator[Item]:
    from broadcatch.raises.expressions import iteration

    if len(target.externals) == 1 and target.externals[0] in ("builtins.map", "builtins.filter"):
        found = context.resolver.meaning(argument, context.scope)
        if isinstance(found, (Function, Class, Bound)) or isinstance(argument, ast.Lambda):
            return
    already = set(consumed(context, argument))
    yield from (item for item in iteration(context, argument) if item not in already)


def target_items(context: Context, target: Target, node: ast.expr, run: bool) -> Iterator[Item]:
    """What running the target can raise, at `node`."""
    call = node if isinstance(node, ast.Call) else None
    for function in target.functions:
        if run or not is_deferred(function):
            yield Invoke(node.lineno, target.name, function)
    for name in target.externals:
        yield from _external(context, replace(target, name=target.name or name), name, node, call)
    if target.why:
        yield context.open(node, target.name, target.why)


def _external(
    context: Context, target: Target, name: str, node: ast.expr, call: ast.Call | None
) -> Iterator[Item]:
    entry = context.table.lookup(name)
    if entry is None:
        canonical = context.resolver.hierarchy.canonical(name)
        if context.resolver.hierarchy.is_known(canonical):
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


def consumed(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Evaluating `expr` where the coroutine or generator that it gives is run at once."""
    from broadcatch.raises.expressions import expression

    if isinstance(expr, ast.Call):
        yield from call_items(context, expr, expression, run=True)
    else:
        yield from expression(context, expr)
        yield from deferred_items(context, expr)


def deferred_items(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Running the coroutine or generator that a variable holds."""
    if isinstance(expr, (ast.Name, ast.Attribute)):
        of = context.resolver.type_of(expr, context.scope)
        if of is not None and isinstance(of.target, Function):
            yield Invoke(expr.lineno, shown(expr), of.target)


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


def _callbacks(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """Functions handed to a callable that runs them."""
    entries = [context.table.lookup(name) for name in target.externals]
    if not any(entry and entry.runs_arguments for entry in entries):
        return
    from broadcatch.raises.expressions import expression

    named = [
        keyword.value for keyword in call.keywords if keyword.arg in ("key", "default_factory", "target")
    ]
    for argument in [*call.args, *named]:
        if isinstance(argument, ast.Lambda):
            yield from expression(context, argument.body)
            continue
        found = context.resolver.meaning(argument, context.scope)
        if isinstance(found, (Function, Class)) or (isinstance(found, Bound) and not found.is_property):
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
