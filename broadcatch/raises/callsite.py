"""What can a call raise? Its receiver, its arguments, what it runs, and what it does with what it is given.

How a sub-expression is read is handed in as `read`: expressions are made of calls, and calls of expressions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.program.calls import Target, is_deferred, resolve_call, shown
from broadcatch.program.infer import CASTS
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class, Function
from broadcatch.raises.arguments import unpacked_data
from broadcatch.raises.callables import values_of
from broadcatch.raises.context import Context, Read
from broadcatch.raises.externals import is_tabled
from broadcatch.raises.families import family_items
from broadcatch.raises.handed import handed_over
from broadcatch.raises.operations.attributes import by_name_items
from broadcatch.raises.operations.awaiting import AWAITS, STARTS_TASK, future_items, gathered
from broadcatch.raises.operations.iterating import iterating
from broadcatch.raises.operations.special import each_method
from broadcatch.raises.operations.streams import stream_items
from broadcatch.raises.regions import Item
from broadcatch.raises.targets import called_items, deferred_items, made_items, target_items
from broadcatch.raises.when import argument

_OPAQUE_PARTS = frozenset({"json.loads", "json.load", "json.dumps", "json.dump"})
_HOOKS = (
    "cls",
    "object_hook",
    "object_pairs_hook",
    "default",
    "parse_float",
    "parse_int",
    "parse_constant",
)
_ITERATES = frozenset(
    "builtins.list builtins.tuple builtins.set builtins.frozenset builtins.sorted builtins.sum builtins.any "
    "builtins.all builtins.dict builtins.enumerate builtins.zip builtins.map builtins.filter "
    "builtins.reversed builtins.iter builtins.next builtins.str.join builtins.list.extend "
    "builtins.set.update builtins.bytes.join builtins.bytearray.join builtins.bytes builtins.bytearray "
    "builtins.set.union builtins.set.intersection builtins.set.difference builtins.dict.fromkeys "
    "builtins.list.__init__ builtins.set.__init__ collections.deque collections.deque.extend "
    "collections.deque.extendleft collections.Counter collections.OrderedDict itertools.chain "
    "itertools.chain.from_iterable itertools.islice itertools.accumulate itertools.starmap "
    "itertools.takewhile itertools.dropwhile itertools.groupby itertools.zip_longest itertools.product "
    "itertools.permutations itertools.combinations statistics.mean statistics.fmean statistics.median "
    "math.fsum math.prod heapq.nlargest heapq.nsmallest heapq.merge".split()
)
_HANDED = "a function that is passed in is called, and others may pass another"
_ITERATES_ALONE = frozenset({"builtins.min", "builtins.max"})
"""They iterate over their only argument."""


def call_items(context: Context, call: ast.Call, read: Read, run: bool = False) -> Iterator[Item]:
    """Receiver, arguments, the call itself; `run`: the coroutine or generator that it gives is run."""
    target = resolve_call(context.resolver, call, context.scope)
    unresolved = bool(target.why) and not target.functions
    yield from _receiver(context, call.func, read, unresolved)
    yield from stream_items(context, call.func)
    starts_task = any(name in STARTS_TASK for name in target.externals)
    awaits = any(name in AWAITS for name in target.externals)
    yield from gathered(context, call, target) if awaits else ()
    told = call.args[1:] if CASTS.intersection(target.externals) else call.args
    for given in [*told, *(keyword.value for keyword in call.keywords)] if not awaits else ():
        plain = given.value if isinstance(given, ast.Starred) else given
        yield from read(context, plain) if starts_task else consumed(context, plain, read)
        iterated = given in call.args and _iterates(call, target)
        if isinstance(given, ast.Starred) or iterated:
            yield from _iterated(context, plain, read, target)
    yield from unpacked_data(context, call)
    yield from family_items(context, call)
    yield from by_name_items(context, call, target)
    yield from _hooks(context, call, target)
    yield from _callbacks(context, call, target)
    if unresolved and not target.externals:
        handed = handed_over(context, call.func)
        if handed:
            yield from called_items(context, handed, call, target.name, run)
            target = replace(target, why=_HANDED)
    future = future_items(context, call)
    yield from target_items(context, target, call, run) if future is None else future


def _iterates(call: ast.Call, target: Target) -> bool:
    alone = len(call.args) == 1
    return any(name in _ITERATES or (alone and name in _ITERATES_ALONE) for name in target.externals)


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
        yield from _given_back(context, expr)
    else:
        yield from read(context, expr)
        yield from deferred_items(context, expr)


def _given_back(context: Context, call: ast.Call) -> Iterator[Item]:
    """Running the coroutine or generator that a plain function returns."""
    of = context.resolver.type_of(call, context.scope)
    if of is not None and isinstance(of.target, Function):
        target = resolve_call(context.resolver, call, context.scope)
        if target.functions and not any(is_deferred(one) for one in target.functions):
            yield from made_items(context, of.target, call, of.target.short)


def run_by_now(context: Context, expr: ast.expr, read: Read) -> Iterator[Item]:
    """What running the coroutine or generator adds to evaluating `expr`."""
    already = set(read(context, expr))
    yield from (item for item in consumed(context, expr, read) if item not in already)


def unpacked(context: Context, expr: ast.expr, read: Read) -> Iterator[Item]:
    """Iterating over the value of `expr`, without what evaluating it raises."""
    already = set(consumed(context, expr, read))
    yield from (item for item in iterating(context, expr) if item not in already)


def _hooks(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """Code that is passed to parsers and writers of JSON."""
    if any(name in _OPAQUE_PARTS for name in target.externals) and any(
        keyword.arg in _HOOKS for keyword in call.keywords
    ):
        yield context.open(call, target.name, "it runs code that is passed to it")


def _callbacks(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """Functions handed to a callable that runs them."""
    names = (*target.externals, *(one.name for one in target.functions if is_tabled(context, one)))
    for what in dict.fromkeys(one for name in names for one in context.table.runs(name)):
        method, _, which = what.rpartition(" ")
        if which == "*":
            for one in [*call.args, *(keyword.value for keyword in call.keywords)]:
                yield from each_method(context, one, (method.removeprefix("."),), one)
            continue
        given = argument(call, which)
        if given is None or isinstance(given, ast.Constant):
            continue
        if method:
            yield from each_method(context, given, (method.removeprefix("."),), given)
            continue
        values = values_of(context, given)
        if values:
            yield from called_items(context, values, given, shown(given), True)
        elif context.resolver.type_of(given, context.scope) is None:
            yield context.open(call, target.name, f"it runs `{shown(given)}`, which cannot be resolved")
