"""What does awaiting a value run? Coroutines, tasks made of them, and several at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import Target, is_deferred, resolve_call, shown
from broadcatch.program.module import Class, Function
from broadcatch.program.names import own_nodes, own_statements
from broadcatch.program.project import External
from broadcatch.raises.callables import values_of
from broadcatch.raises.context import Context, bound_by
from broadcatch.raises.operations.special import method_items
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.passing import is_none
from broadcatch.raises.regions import CallParameter, ClauseRegion, Guarded, Item, Within
from broadcatch.raises.targets import called_items, deferred_items, made_items

STARTS_TASK = frozenset(
    "asyncio.create_task asyncio.ensure_future asyncio.run_coroutine_threadsafe "
    "asyncio.AbstractEventLoop.create_task asyncio.TaskGroup.create_task".split()
)
"""They make a task of a coroutine: its exceptions come out where the task is awaited."""
AWAITS = frozenset({"asyncio.gather", "asyncio.shield", "asyncio.wait_for"})
"""They give an awaitable that runs those that they are given."""
SUBMITS = frozenset(
    f"concurrent.futures.{one}.submit" for one in ("Executor", "ThreadPoolExecutor", "ProcessPoolExecutor")
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
_DISPLAYS = (ast.List, ast.Tuple, ast.Set)
_ADDS = ("append", "add")
_PLAIN = ("builtins.int", "builtins.float", "builtins.NoneType")


def awaited_items(context: Context, expr: ast.expr, what: str = "") -> Iterator[Item]:
    """Running the awaitable that the value of `expr` is, without what evaluating a name does."""
    if isinstance(expr, ast.Call):
        started = _named(context, expr) in STARTS_TASK and expr.args
        yield from context.read(expr)
        if started:
            yield from awaited_items(context, expr.args[0], what)
        else:
            yield from context.read(ast.copy_location(ast.Await(expr), expr))
        return
    of = context.resolver.type_of(expr, context.scope)
    if of is not None and of.name == "coroutine":
        yield from deferred_items(context, expr)
        return
    held = parameter_of(context, expr.id) if isinstance(expr, ast.Name) else None
    if of is None and held is not None:
        why = "an awaitable of unknown origin"
        yield CallParameter(expr.lineno, f"await {held.name}", held, True, context.path, why)
        return
    found = _by_bindings(context, expr, what)
    if found is not None:
        yield from found
    else:
        yield context.open(expr, what or f"await {shown(expr)}", _reason(expr, what))


def result_items(context: Context, call: ast.Call) -> Iterator[Item]:
    """Awaiting what a plain function gave, or what a class made; coroutines count as run already."""
    of = context.resolver.type_of(call, context.scope)
    if of is not None and isinstance(of.target, Function):
        return
    if of is not None and isinstance(of.target, Class) and of.name != "class":
        waiting = method_items(context, of, ("__await__",), call)
        unknown = context.open(call, f"await {shown(call)}", f"how {of.name} is awaited is not known")
        yield from (unknown,) if waiting is None else waiting
        return
    target = resolve_call(context.resolver, call, context.scope)
    for function in (one for one in target.functions if not is_deferred(one)):
        inner = context.at(context.resolver.scope(function))
        for statement in own_statements(function.node.body):
            if isinstance(statement, ast.Return) and statement.value is not None:
                yield from _given_out(context, call, function, inner, statement.value)


def _given_out(
    context: Context, call: ast.Call, function: Function, inner: Context, value: ast.expr
) -> Iterator[Item]:
    """Awaiting one of the values that a function returns."""
    of = inner.resolver.type_of(value, inner.scope)
    if of is not None and isinstance(of.target, Function):
        yield from made_items(context, of.target, call, of.target.short)
    elif not is_none(value):
        why = f"what `{function.short}` gives was made elsewhere"
        yield context.open(call, f"await {shown(call)}", why)


def _reason(expr: ast.expr, what: str) -> str:
    return f"it awaits `{shown(expr)}`, made elsewhere" if what else "an awaitable of unknown origin"


def _by_bindings(context: Context, expr: ast.expr, what: str) -> tuple[Item, ...] | None:
    """A local variable that holds tasks and nothing else."""
    values = _values(context, expr)
    if not values or not all(_is_task(context, one) for one in values):
        return None
    return tuple(Within((), tuple(_of_task(context, one, what)), expr.lineno, context.path) for one in values)


def _values(context: Context, expr: ast.expr) -> list[ast.expr]:
    """All that a local variable is bound to; nothing where that cannot be told."""
    found = context.scope.find(expr.id) if isinstance(expr, ast.Name) else None
    if found is None or found[0] is not context.scope:
        return []
    given = [one.value if one.how == "annotation" else one.expr for one in found[1]]
    if any(one.how not in ("value", "annotation") for one in found[1]):
        return []
    return [one for one in given if one is not None]


def _is_task(context: Context, value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and _named(context, value) in STARTS_TASK | AWAITS and bool(value.args)


def _of_task(context: Context, value: ast.expr, what: str) -> Iterator[Item]:
    if isinstance(value, ast.Call) and _named(context, value) in AWAITS:
        yield from gathered(context, value, Target(shown(value.func)))
    elif isinstance(value, ast.Call):
        yield from awaited_items(context, value.args[0], what)


def future_items(context: Context, call: ast.Call) -> tuple[Item, ...] | None:
    """`executor.submit(f).result()`: what f raises comes out here; None for any other call."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "result":
        return None
    made = call.func.value
    values = [made] if isinstance(made, ast.Call) else _values(context, made)
    found: list[Item] = []
    for value in values:
        if not isinstance(value, ast.Call) or not value.args or _named(context, value) not in SUBMITS:
            return None
        run = values_of(context, value.args[0])
        if not run:
            return None
        found += called_items(context, run, call, shown(value.args[0]), True)
    cancelled = context.resolver.hierarchy.canonical("concurrent.futures.CancelledError")
    found.append(context.operation(cancelled, call, "the future was cancelled", usual=False))
    if call.args or call.keywords:
        found.append(context.operation("TimeoutError", call, "it takes too long"))
    return tuple(found) if values else None


def gathered(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """`gather`, `shield`, `wait_for`: what they are given is awaited; `return_exceptions` swallows."""
    single = target.externals == ("asyncio.wait_for",)
    awaitables = call.args[:1] if single else call.args
    inner = tuple(item for one in awaitables for item in _each(context, one, target.name))
    kept = any(
        keyword.arg == "return_exceptions" and getattr(keyword.value, "value", None) is True
        for keyword in call.keywords
    )
    yield from (Guarded(inner, (ClauseRegion(("Exception",)),)),) if kept else inner
    for rest in [*call.args[len(awaitables) :], *(keyword.value for keyword in call.keywords)]:
        yield from context.read(rest)


def _each(context: Context, expr: ast.expr, what: str) -> Iterator[Item]:
    if not isinstance(expr, ast.Starred):
        of = context.resolver.type_of(expr, context.scope)
        if not isinstance(expr, ast.Constant) and not (of is not None and of.name in _PLAIN):
            yield from awaited_items(context, expr, what)
        return
    yield from context.read(expr.value)
    yield from _elements(context, expr.value, what)


def _elements(context: Context, expr: ast.expr, what: str) -> Iterator[Item]:
    """Awaiting every element of a collection that is written out, or filled in this function."""
    if isinstance(expr, _COMPREHENSIONS):
        for generator in expr.generators:
            context = context.binding(bound_by(generator))
        yield from awaited_items(context, expr.elt, what)
        return
    if isinstance(expr, _DISPLAYS):
        for one in expr.elts:
            yield from _each(context, one, what)
        return
    values = _values(context, expr)
    if values and all(isinstance(one, (*_COMPREHENSIONS, *_DISPLAYS)) for one in values):
        inner = [item for one in values for item in _elements(context, one, what)]
        inner += [item for one in _added(context, expr) for item in awaited_items(context, one, what)]
        yield Within((), tuple(inner), expr.lineno, context.path)
        return
    yield context.open(expr, what, f"it awaits the elements of `{shown(expr)}`, made elsewhere")


def _added(context: Context, expr: ast.expr) -> Iterator[ast.expr]:
    """What the function adds to the collection."""
    function = context.scope.function
    for node in own_nodes(function.node.body) if function else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ADDS:
            if getattr(node.func.value, "id", "") == getattr(expr, "id", None):
                yield from node.args


def _named(context: Context, call: ast.Call) -> str:
    found = context.resolver.meaning(call.func, context.scope)
    return found.name if isinstance(found, External) else ""
