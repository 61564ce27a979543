"""What does an expression stand for, if its value is called? Functions, lambdas, what functions return."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from broadcatch.program.calls import Target, is_deferred, resolve_meaning, shown
from broadcatch.program.meaning import Bound, Instance, Meaning
from broadcatch.program.module import Class, Function
from broadcatch.program.names import Binding, own_statements
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.raises.context import Context
from broadcatch.raises.decorators import around_of, is_dispatching, is_transparent
from broadcatch.raises.externals import external_items
from broadcatch.raises.holding import bound_values, registered
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.passing import JOINED, has_receiver, is_none, passed_on, supplied
from broadcatch.raises.regions import Invoke, Item, Parameter
from broadcatch.raises.retrying import retried
from broadcatch.raises.values import Code, Given, Held, Made, Value, Values, settled

_NAMED = (ast.Name, ast.Attribute)
_CASTS = frozenset({"typing.cast", "functools.update_wrapper", "typing_extensions.cast"})
"""Calls that give back one of their arguments (the last of `cast`, the first of `update_wrapper`)."""
_NEVER_CALLED = frozenset(f"builtins.{one}" for one in "str bytes int float bool list dict".split())


def values_of(context: Context, expr: ast.expr) -> Values:
    """What may run when the value of `expr` is called; nothing where that is not known."""
    if isinstance(expr, ast.Lambda):
        return (Code(_of_lambda(context, expr)),)
    if isinstance(expr, ast.Name):
        local = _of_local(context, expr.id)
        if local is not None:
            return local
    if isinstance(expr, _NAMED):
        meant = context.resolver.meaning(expr, context.scope)
        return _of_held_partial(context, meant, expr) or of_meaning(context, meant, expr)
    if isinstance(expr, ast.Call):
        return _of_call(context, expr)
    if isinstance(expr, JOINED):
        parts = expr.values if isinstance(expr, ast.BoolOp) else [expr.body, expr.orelse]
        found = [values_of(context, one) for one in parts if not is_none(one)]
        return tuple(value for those in found for value in those) if all(found) else ()
    return ()


def _of_held_partial(context: Context, found: Meaning, expr: ast.expr) -> Values:
    """What a name or attribute runs that holds partials, by all that it is bound to."""
    of = found.type if isinstance(found, Instance) else None
    if of is None or not of.name.startswith("functools.partial"):
        return ()
    given = bound_values(context, expr) or ()
    each = [
        context.resolver.guarded(("values", value), partial(values_of, where, value))
        for where, value in given
    ]
    return tuple(value for those in each for value in those or ()) if all(each) else ()


def _of_lambda(context: Context, expr: ast.Lambda) -> tuple[Item, ...]:
    args = expr.args
    named = [
        *args.posonlyargs,
        *args.args,
        *args.kwonlyargs,
        *(one for one in (args.vararg, args.kwarg) if one),
    ]
    context = context.binding({one.arg: Binding("opaque") for one in named})
    now = tuple(context.read(expr.body))
    run = context.read(ast.copy_location(ast.Await(expr.body), expr.body)) if _makes(context, expr) else ()
    later = [replace(one, later=True) for one in run if isinstance(one, Invoke) and one not in now]
    return (*now, *later)


def _makes(context: Context, expr: ast.Lambda) -> bool:
    """Whether the lambda gives a coroutine of a known function."""
    of = context.resolver.type_of(expr.body, context.scope) if isinstance(expr.body, ast.Call) else None
    return of is not None and of.name == "coroutine"


def _of_local(context: Context, name: str) -> Values | None:
    """The values of a parameter or a local variable; None where the resolver knows better."""
    found = context.scope.find(name)
    if found is None or found[0].function is None:
        return None
    where, bound = found
    if bound[0].how == "parameter":
        return _of_parameter(context, name, where) if len(bound) == 1 else None
    if (
        len(bound) != 1
        or bound[0].how != "value"
        or bound[0].expr is None
        or isinstance(bound[0].expr, _NAMED)
    ):
        return None
    value = bound[0].expr
    inner = replace(context, scope=where)
    return context.resolver.guarded(("values", value), lambda: values_of(inner, value)) or ()


def _of_parameter(context: Context, name: str, where: Scope) -> Values | None:
    held = parameter_of(replace(context, scope=where), name)
    of = context.resolver.type_of(ast.Name(name, ast.Load()), where) if held else None
    if held is None or (of is not None and of.target is not None):
        return None
    return () if of is not None and of.name in _NEVER_CALLED else (Held(held),)


def of_meaning(context: Context, found: Meaning, node: ast.expr) -> Values:
    """What calling something with this meaning runs."""
    if isinstance(found, Function) and found.module.origin == "stub":
        return of_meaning(context, External(found.name), node)
    if isinstance(found, Function):
        return decorated(context, found)
    if isinstance(found, Bound):
        if found.is_property:
            return ()
        made = [value for one in found.functions for value in of_meaning(context, one, node)]
        return (*made, Code((context.open(node, shown(node), found.why),))) if found.why else tuple(made)
    if isinstance(found, Class) or (isinstance(found, Instance) and found.type and found.type.target):
        target = resolve_meaning(context.resolver, found, shown(node))
        return _of_target(context, target, node)
    if isinstance(found, External):
        return (Code(tuple(external_items(context, Target(shown(node)), found.name, node))),)
    return ()


def _of_target(context: Context, target: Target, node: ast.expr) -> Values:
    if target.why and not target.functions:
        return ()
    made = [value for one in target.functions for value in decorated(context, one)]
    rest = [item for name in target.externals for item in external_items(context, target, name, node)]
    if target.why:
        rest.append(context.open(node, target.name, target.why))
    return (*made, Code(tuple(rest)))


def _of_call(context: Context, call: ast.Call) -> Values:
    """What a call returns, to be called again."""
    found = context.resolver.meaning(call.func, context.scope)
    if isinstance(found, External) and found.name in ("functools.partial", "functools.partialmethod"):
        return _of_partial(context, call)
    if isinstance(found, External) and found.name in _CASTS:
        given = call.args[1:] if found.name.endswith(".cast") else call.args[:1]
        return values_of(context, given[0]) if given else ()
    if isinstance(found, (External, Class, Instance)):
        return ()
    key = ("returned", call, context.scope.function)
    return context.resolver.guarded(key, lambda: _returned_by(context, call)) or ()


def _of_partial(context: Context, call: ast.Call) -> Values:
    if not call.args:
        return ()
    rest = ast.copy_location(ast.Call(call.args[0], call.args[1:], call.keywords), call)
    found: list[Value] = []
    for value in values_of(context, call.args[0]):
        is_made = isinstance(value, Made)
        more = arguments(context, rest, value.function) if isinstance(value, Made) else ()
        found += settled((value,), more) if is_made else (value,)
    return tuple(found)


def _returned_by(context: Context, call: ast.Call) -> Values:
    found: list[Value] = []
    for value in values_of(context, call.func):
        if not isinstance(value, Made) or is_deferred(value.function):
            return ()
        inner = results(context, value.function)
        if not inner:
            return ()
        given = (*arguments(context, call, value.function), *value.given)
        found += settled(inner, given)
    return tuple(dict.fromkeys(found))


def results(context: Context, function: Function) -> Values:
    """What a function returns, as something to be called; nothing where some return is not known."""
    return _remembered(context, context.shared.returned, function, _results)


def _results(context: Context, function: Function) -> Values:
    inner = context.at(context.resolver.scope(function))
    found: list[Value] = []
    for statement in own_statements(function.node.body):
        if isinstance(statement, ast.Return) and statement.value is not None:
            value = statement.value
            those = context.resolver.guarded(("values", value), partial(values_of, inner, value))
            if not those:
                return ()
            found += those
    return tuple(dict.fromkeys(found))


def decorated(context: Context, function: Function) -> Values:
    """What calling the function runs, its decorators applied from the inside out."""
    if not function.is_decorated:
        return (Made(function),)
    return _remembered(context, context.shared.decorated, function, _decorated)


def _remembered(
    context: Context,
    known: dict[Function, Values],
    function: Function,
    answer: Callable[[Context, Function], Values],
) -> Values:
    """The answer, kept unless some question in between led back to itself."""
    if function not in known:
        before = context.resolver.cuts
        found = answer(context, function)
        if context.resolver.cuts != before:
            return found
        known[function] = found
    return known[function]


def _decorated(context: Context, function: Function) -> Values:
    values: Values = (Made(function),)
    around = around_of(context, function)
    for decorator in reversed(function.node.decorator_list):
        if is_dispatching(around, decorator):
            values = (*values, *_registered(around, function, decorator))
        elif not is_transparent(around, decorator):
            again = retried(around, decorator, function, values, values_of)
            if again is None:
                key = ("decorator", decorator)
                applied = context.resolver.guarded(key, partial(_applied, around, decorator, values))
                values = applied or _in_doubt(around, values, decorator, "which is not followed")
            else:
                values = _in_doubt(around, values, decorator, again) if isinstance(again, str) else again
    return values


def _registered(around: Context, function: Function, decorator: ast.expr) -> Values:
    """What is registered in the file of a function that chooses by type; others may be anywhere."""
    point = around.open(
        decorator, shown(decorator), "more of its implementations may be registered elsewhere"
    )
    return (*(Made(one) for one in registered(function)), Code((point,)))


def _applied(around: Context, decorator: ast.expr, values: Values) -> Values:
    """What a decorator gives for a function; nothing where that is not known."""
    found: list[Value] = []
    for value in values_of(around, decorator):
        if not isinstance(value, Made) or is_deferred(value.function):
            return ()
        inner = results(around, value.function)
        first = _first_parameter(value.function)
        if not inner or first is None:
            return ()
        found += settled(inner, ((first, values), *value.given))
    return tuple(dict.fromkeys(found))


def _first_parameter(function: Function) -> Parameter | None:
    args = function.node.args
    plain = [*args.posonlyargs, *args.args][1 if has_receiver(function) else 0 :]
    return Parameter(function, plain[0].arg) if plain else None


def _in_doubt(around: Context, values: Values, decorator: ast.expr, why: str) -> Values:
    """The function itself, and a word about the decorator that cannot be followed."""
    plain = decorator.func if isinstance(decorator, ast.Call) else decorator
    point = around.open(decorator, shown(plain), f"decorated by {shown(plain)}, {why}")
    return (*values, Code((point,)))


def arguments(context: Context, call: ast.Call, function: Function) -> Given:
    """What the call passes for the parameters of the function, as far as it may be called there."""
    given = supplied(context, call, function, passed_on(context, function))
    found = ((Parameter(function, name), argument_values(*given[name])) for name in given)
    return tuple(one for one in found if one[1])


def argument_values(context: Context, expr: ast.expr) -> Values:
    """What runs when a parameter is called that stands for this argument."""
    if is_none(expr):
        return (Code(()),)  # calling it would be a mistake of the program's
    of = context.resolver.type_of(expr, context.scope)
    if of is not None and of.name in ("coroutine", "generator"):
        return (Code(()),)  # where it is made, it counts as run
    return values_of(context, expr)
