"""What does a `with` make of what its body raises? Entering, leaving, and what the manager swallows."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import Target, resolve_call, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class, Function
from broadcatch.program.names import own_statements
from broadcatch.program.project import External
from broadcatch.program.results import ABSTRACT_MANAGERS
from broadcatch.program.types import Type
from broadcatch.raises.callables import arguments
from broadcatch.raises.callsite import call_items, consumed
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.externals import external_items
from broadcatch.raises.regions import ClauseRegion, Guarded, Invoke, Item, Region, Spliced
from broadcatch.raises.targets import target_items

_GENERATORS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_GROUPS = frozenset({"asyncio.TaskGroup", "asyncio.taskgroups.TaskGroup"})


def managed(context: Context, manager: ast.expr, body: Region, is_async: bool = False) -> Iterator[Item]:
    """`with manager: body`."""
    suppressed = _suppressed(context, manager)
    if suppressed is not None:
        yield Guarded(body, (ClauseRegion(suppressed, line=manager.lineno),))
        return
    generators = _generators(context, manager)
    if generators:
        yield from call_items(context, manager, context.shared.read) if isinstance(manager, ast.Call) else ()
        for function in generators:
            yield Spliced(_splicing(context, manager, function), body)
        return
    yield from _by_class(context, manager, body, is_async)


def _suppressed(context: Context, manager: ast.expr) -> tuple[str, ...] | None:
    """What a `suppress` stops; None for anything else."""
    if not isinstance(manager, ast.Call) or _named(context, manager) != "contextlib.suppress":
        return None
    return tuple(name for arg in manager.args for name in clause_types(context, arg, context.scope))


def _generators(context: Context, manager: ast.expr) -> tuple[Function, ...]:
    """The generator functions that make the manager; nothing if it is made otherwise."""
    if isinstance(manager, ast.Call):
        functions: tuple[Function, ...] = resolve_call(context.resolver, manager, context.scope).functions
    else:
        of = context.resolver.type_of(manager, context.scope)
        functions = (of.target,) if of is not None and isinstance(of.target, Function) else ()
    return functions if functions and all(makes_manager(context, one) for one in functions) else ()


def makes_manager(context: Context, function: Function) -> bool:
    """Whether a decorator makes a context manager of the generator."""
    scope = context.resolver.scope(function).outer
    around = context.resolver.class_scope(function.owner) if function.owner else scope
    found = [context.resolver.meaning(one, around) for one in function.node.decorator_list if around]
    return any(isinstance(one, External) and one.name in _GENERATORS for one in found)


def _splicing(context: Context, manager: ast.expr, function: Function) -> Invoke:
    given = arguments(context, manager, function) if isinstance(manager, ast.Call) else ()
    name = shown(manager.func if isinstance(manager, ast.Call) else manager)
    return context.invoke(manager, name, function, given)


def _by_class(context: Context, manager: ast.expr, body: Region, is_async: bool) -> Iterator[Item]:
    of = context.resolver.type_of(manager, context.scope)
    prefix = "__a" if is_async else "__"
    yield from entering(context, manager, of, prefix)
    if _named(context, manager) in _GROUPS or (of is not None and of.name in _GROUPS):
        yield from body
        yield context.operation("ExceptionGroup", manager, "what fails in it comes out in a group")
        return
    leave = _method(context, of, f"{prefix}exit__")
    foreign = _foreign(of)
    swallowed = _swallowed(context, leave)
    yield from (Guarded(body, (ClauseRegion(swallowed, line=manager.lineno),)),) if swallowed else body
    if isinstance(leave, Bound):
        yield from _running(context, leave, f"{shown(manager)}.{prefix}exit__", manager)
    if foreign:
        yield from _unseen(context, manager, f"{foreign}.{prefix}exit__")


def _foreign(of: Type | None) -> str:
    """The name of a class whose source is not at hand, and that no stub tells more about."""
    if of is None or of.target is not None or "." not in of.name:
        return ""
    return of.name if of.name in ABSTRACT_MANAGERS or not is_standard(of.name) else ""


def _unseen(context: Context, manager: ast.expr, name: str) -> Iterator[Item]:
    """Running a method of such a class: what the table knows, or an open point."""
    head, _, last = name.rpartition(".")
    if head in ABSTRACT_MANAGERS:
        yield context.open(manager, shown(manager), "context manager of unknown type")
    else:
        yield from external_items(context, Target(f"{shown(manager)}.{last}"), name, manager)


def entering(context: Context, manager: ast.expr, of: Type | None, prefix: str = "__") -> Iterator[Item]:
    """Evaluating the manager and entering it."""
    yield from consumed(context, manager, context.shared.read)
    if of is None:
        if not _is_known_call(context, manager):
            yield context.open(manager, shown(manager), "context manager of unknown type")
        return
    enter = _method(context, of, f"{prefix}enter__")
    if isinstance(enter, Bound):
        yield from _running(context, enter, f"{shown(manager)}.{prefix}enter__", manager)
    elif isinstance(of.target, Class) and not (isinstance(enter, External) and is_standard(enter.name)):
        yield context.open(manager, shown(manager), f"how {of.name} is entered is not known")
    elif _foreign(of):
        yield from _unseen(context, manager, f"{_foreign(of)}.{prefix}enter__")


def _method(context: Context, of: Type | None, name: str) -> object:
    return context.resolver.member(of, name) if of is not None and isinstance(of.target, Class) else None


def _running(context: Context, method: Bound, name: str, node: ast.expr) -> Iterator[Item]:
    yield from target_items(context, Target(name, method.functions, why=method.why), node, True)


def _is_known_call(context: Context, manager: ast.expr) -> bool:
    return context.table.lookup(_named(context, manager)) is not None


def _named(context: Context, manager: ast.expr) -> str:
    """The dotted name of the standard library's callable that makes the manager, "" for others."""
    found = context.resolver.meaning(manager.func, context.scope) if isinstance(manager, ast.Call) else None
    return found.name if isinstance(found, External) else ""


def _swallowed(context: Context, leave: object) -> tuple[str, ...]:
    """The classes that leaving surely stops: an `__exit__` that returns true, always or by a plain test."""
    if not isinstance(leave, Bound) or len(leave.functions) != 1 or leave.why:
        return ()
    function = leave.functions[0]
    returns = [one for one in own_statements(function.node.body) if isinstance(one, ast.Return)]
    if len(returns) != 1 or returns[0] is not function.node.body[-1] or returns[0].value is None:
        return ()
    value = returns[0].value
    if isinstance(value, ast.Constant):
        return ("BaseException",) if value.value is True else ()
    return _tested(context.at(context.resolver.scope(function)), function, value)


def _tested(context: Context, function: Function, value: ast.expr) -> tuple[str, ...]:
    """The classes of `isinstance(exc, T)` or `issubclass(exc_type, T)`, beside tests that it is not None."""
    parts = value.values if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.And) else [value]
    tests = [one for one in parts if not _is_presence(one)]
    if len(tests) != 1 or not isinstance(tests[0], ast.Call) or len(tests[0].args) != 2:
        return ()
    call = tests[0]
    about = getattr(call.args[0], "id", "")
    plain = [one.arg for one in function.node.args.args]
    asked = getattr(call.func, "id", "")
    fits = (asked == "issubclass" and about in plain[1:2]) or (asked == "isinstance" and about in plain[2:3])
    return clause_types(context, call.args[1], context.scope) if fits else ()


def _is_presence(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        return isinstance(test.ops[0], ast.IsNot) and isinstance(test.comparators[0], ast.Constant)
    return isinstance(test, ast.Name)
