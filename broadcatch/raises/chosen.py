"""Which exception classes may a value be, or an instance of? Variables, factories, tables of classes.

`None` is the answer wherever some possibility cannot be told: what is not known must stay open.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from broadcatch.program.calls import is_deferred
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding, own_statements
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.types import Type
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context
from broadcatch.raises.families import made_class
from broadcatch.raises.holding import bound_values, is_filled, last_name
from broadcatch.raises.passing import is_none

MOST = 200
"""Classes of one module or table; more than that tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Canonical names of exception classes; `dynamic`: which of them is decided at run time."""

    names: tuple[str, ...]
    dynamic: bool = False


Answer = Callable[[Context, ast.expr], "Chosen | None"]


def class_of_caught(expr: ast.expr) -> ast.expr | None:
    """`e` in `type(e)` and `e.__class__`; None for anything else."""
    if isinstance(expr, ast.Attribute) and expr.attr == "__class__":
        return expr.value
    is_type = isinstance(expr, ast.Call) and getattr(expr.func, "id", "") == "type" and len(expr.args) == 1
    return expr.args[0] if is_type else None  # type: ignore[attr-defined]


def classes_of(context: Context, expr: ast.expr) -> Chosen | None:
    """The exception classes that the value of `expr` may be."""
    return context.resolver.guarded(
        ("classes", expr, context.scope.function), lambda: _classes(context, expr)
    )


def instances_of(context: Context, expr: ast.expr) -> Chosen | None:
    """The exception classes that the value of `expr` may be an instance of."""
    return context.resolver.guarded(
        ("instances", expr, context.scope.function), lambda: _instances(context, expr)
    )


def _classes(context: Context, expr: ast.expr) -> Chosen | None:
    direct = isinstance(context.resolver.meaning(expr, context.scope), (Class, External))
    name = made_class(context, expr) or context.resolver.class_named(expr, context.scope)
    known = Chosen((name,)) if name and context.resolver.hierarchy.is_exception(name) else None
    return known if direct else _classes_by_value(context, expr) or known


def _classes_by_value(context: Context, expr: ast.expr) -> Chosen | None:
    around = class_of_caught(expr)
    if around is not None:
        return instances_of(context, around)
    joined = _joined(context, expr, classes_of)
    if joined is not None:
        return joined
    if isinstance(expr, ast.Call):
        return _looked_up(context, expr)
    if isinstance(expr, ast.Subscript):
        return _table(context, expr.value)
    return _by_bindings(context, expr, classes_of)


def _instances(context: Context, expr: ast.expr) -> Chosen | None:
    joined = _joined(context, expr, instances_of)
    if joined is not None:
        return joined
    if isinstance(expr, ast.Call):
        if _is_cast(context, expr):
            return instances_of(context, expr.args[1]) or classes_of(context, expr.args[0])
        made = classes_of(context, expr.func) or _returned(context, expr.func)
        if made is not None:
            return made
    if isinstance(expr, ast.Name) and _turned(context, expr.id):
        return _all(classes_of(context, one) for one in _turned(context, expr.id))
    if isinstance(expr, (ast.Name, ast.Attribute)):
        bound = _by_bindings(context, expr, instances_of)
        if bound is not None:
            return bound
    return _of_type(context, context.resolver.type_of(expr, context.scope))


def _turned(context: Context, name: str) -> list[ast.expr]:
    """The classes that the function gives to an object: `name.__class__ = C`."""
    function = context.scope.function
    return [
        statement.value
        for statement in (own_statements(function.node.body) if function else ())
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Attribute)
        and target.attr == "__class__"
        and last_name(target.value) == name
    ]


def _is_cast(context: Context, call: ast.Call) -> bool:
    found = context.resolver.meaning(call.func, context.scope)
    return isinstance(found, External) and found.name == "typing.cast" and len(call.args) == 2


def _of_type(context: Context, of: Type | None) -> Chosen | None:
    return Chosen((of.name,)) if of is not None and context.resolver.hierarchy.is_exception(of.name) else None


def _joined(context: Context, expr: ast.expr, answer: Answer) -> Chosen | None:
    if isinstance(expr, ast.IfExp):
        return _all(answer(context, one) for one in (expr.body, expr.orelse))
    if isinstance(expr, ast.BoolOp):
        return _all(answer(context, one) for one in expr.values)
    return answer(context, expr.value) if isinstance(expr, ast.NamedExpr) else None


def _all(found: Iterable[Chosen | None]) -> Chosen | None:
    """All of them together; None if one is not known."""
    those = list(found)
    if not those or any(one is None for one in those):
        return None
    names = tuple(dict.fromkeys(name for one in those if one for name in one.names))
    return Chosen(names, any(one.dynamic for one in those if one))


def _looked_up(context: Context, call: ast.Call) -> Chosen | None:
    """`getattr(module, name, Default)` and `TABLE.get(key, Default)`."""
    found = context.resolver.meaning(call.func, context.scope)
    if isinstance(found, External) and found.name == "builtins.getattr" and len(call.args) >= 2:
        inside = _inside(context, call.args[0])
        default = call.args[2:]
    elif isinstance(call.func, ast.Attribute) and call.func.attr in ("get", "pop"):
        inside = _table(context, call.func.value)
        default = call.args[1:2]
    else:
        return _returned_classes(context, call)
    those = [inside, *(classes_of(context, one) for one in default if not is_none(one))]
    together = _all(those)
    return Chosen(together.names, True) if together is not None else None


def _returned_classes(context: Context, call: ast.Call) -> Chosen | None:
    return _over_returns(context, call.func, classes_of)


def _returned(context: Context, func: ast.expr) -> Chosen | None:
    return _over_returns(context, func, instances_of)


def _over_returns(context: Context, func: ast.expr, answer: Answer) -> Chosen | None:
    """What a function returns, over all its returns."""
    found = context.resolver.meaning(func, context.scope)
    if isinstance(found, Function):
        found = Bound((found,))
    if not isinstance(found, Bound) or found.why or any(is_deferred(one) for one in found.functions):
        return None
    return _all(
        answer(context.at(context.resolver.scope(one)), statement.value)
        for one in found.functions
        for statement in own_statements(one.node.body)
        if isinstance(statement, ast.Return) and statement.value is not None and not is_none(statement.value)
    )


def _inside(context: Context, expr: ast.expr) -> Chosen | None:
    """Every exception class of a module or class."""
    found = context.resolver.meaning(expr, context.scope)
    if isinstance(found, Module) and found.origin != "stub" and not found.stars:
        those = [context.resolver.attribute(found, name) for name in found.names]
    elif isinstance(found, Class):
        those = list(found.nested.values())
    else:
        return None
    hierarchy = context.resolver.hierarchy
    names = [hierarchy.name_of(one) for one in those if isinstance(one, Class)]
    names = sorted({name for name in names if hierarchy.is_exception(name)})
    return Chosen(tuple(names), True) if 0 < len(names) <= MOST else None


def _table(context: Context, expr: ast.expr) -> Chosen | None:
    """The values of a dictionary that is written out."""
    if is_filled(context, expr):
        return None
    tables = [(context, expr)] if isinstance(expr, ast.Dict) else bound_values(context, expr)
    for where, value in tables or ():
        if not isinstance(value, ast.Dict) or not value.values:
            return None
        together = _all(classes_of(where, one) for one in value.values)
        return Chosen(together.names, True) if together is not None else None
    return None


def _by_bindings(context: Context, expr: ast.expr, answer: Answer) -> Chosen | None:
    """Over all that a variable or an attribute is ever bound to."""
    if isinstance(expr, ast.Name):
        found = context.scope.find(expr.id)
        if found is not None and found[0].function is not None:
            return _over(context, found[0], found[1], answer)
    values = bound_values(context, expr)
    kept = [(where, value) for where, value in values or () if not is_none(value)]
    return _all(answer(where, value) for where, value in kept) if kept else None


def _over(context: Context, where: Scope, bound: tuple[Binding, ...], answer: Answer) -> Chosen | None:
    inner = context.at(where)
    found: list[Chosen | None] = []
    for one in bound:
        if one.how == "value" and one.expr is not None:
            found += [] if is_none(one.expr) else [answer(inner, one.expr)]
        elif one.how == "caught" and answer is instances_of:
            types = clause_types(inner, one.expr, where)
            found.append(Chosen(types) if types and not _is_partial(one.expr, types) else None)
        elif one.how == "annotation":
            found += [answer(inner, one.value)] if one.value is not None and not is_none(one.value) else []
        else:
            return None
    return _all(found)


def _is_partial(expr: ast.expr | None, types: tuple[str, ...]) -> bool:
    return isinstance(expr, ast.Tuple) and len(types) < len(expr.elts)
