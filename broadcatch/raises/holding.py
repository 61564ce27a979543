"""What is a name of a module or class, or an attribute of `self`, ever bound to?"""

from __future__ import annotations

import ast

from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding, dotted
from broadcatch.program.project import Value
from broadcatch.program.scope import module_scope
from broadcatch.raises.context import Context


def bound_values(context: Context, expr: ast.expr) -> list[tuple[Context, ast.expr]] | None:
    """All values that a name of a module or class, or an attribute of `self`, is given; None: not known."""
    if isinstance(expr, ast.Name):
        found = context.scope.find(expr.id)
        if found is None:
            return None
        where, bound = found
        if where.function is None and where.owner is None:
            return _of_module(context, where.module, expr.id)
        return _plain(context.at(where), bound)
    if isinstance(expr, ast.Attribute):
        of = context.resolver.meaning(expr.value, context.scope)
        if isinstance(of, Module):
            return _of_module(context, of, expr.attr)
        kind = context.resolver.type_of(expr.value, context.scope)
        if kind is not None and isinstance(kind.target, Class):
            return _of_class(context, kind.target, expr.attr)
    return None


def _of_module(context: Context, module: Module, name: str) -> list[tuple[Context, ast.expr]] | None:
    symbol = context.resolver.project.member(module, name)
    if not isinstance(symbol, Value) or symbol.name in symbol.module.rebound:
        return None
    return _plain(context.at(module_scope(symbol.module)), symbol.bindings)


def _of_class(context: Context, cls: Class, name: str) -> list[tuple[Context, ast.expr]] | None:
    """What the class, its bases and its subclasses bind the attribute to."""
    found: list[tuple[Context, ast.expr]] = []
    for base in (*context.resolver.mro(cls), *context.resolver.all_below(cls, name)):
        if not isinstance(base, Class):
            continue
        inside = _plain(context.at(context.resolver.class_scope(base)), base.names.get(name, ()))
        if inside is None:
            return None
        found += inside
        for one in self_assignments(base).get(name, ()):
            value = one.value if one.annotation else one.expr
            if value is not None:
                found.append((context.at(context.resolver.scope(one.method)), value))
            elif not one.annotation:
                return None
    return found


def _plain(inner: Context, bound: tuple[Binding, ...]) -> list[tuple[Context, ast.expr]] | None:
    if any(one.how not in ("value", "annotation") for one in bound):
        return None
    given = [one.value if one.how == "annotation" else one.expr for one in bound]
    return [(inner, one) for one in given if one is not None]


def is_filled(context: Context, expr: ast.expr) -> bool:
    """Whether the file that uses the dictionary puts more into it."""
    name = last_name(expr)
    for node in ast.walk(context.scope.module.tree) if name and context.scope.module.tree else ():
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and last_name(node.value) == name
        ):
            return True
        fills = isinstance(node, ast.Attribute) and node.attr in ("update", "setdefault")
        if fills and last_name(node.value) == name:  # type: ignore[attr-defined]
            return True
    return False


def last_name(expr: ast.expr) -> str:
    """The last name of a chain of names."""
    return expr.attr if isinstance(expr, ast.Attribute) else getattr(expr, "id", "")


def registered(function: Function) -> list[Function]:
    """The functions of its file that are registered with this one: `@function.register(…)`."""
    plain = (
        (one, decorator.func if isinstance(decorator, ast.Call) else decorator)
        for one in function.module.extents
        if one.is_decorated and "register" in one.decorators
        for decorator in one.node.decorator_list
    )
    return [one for one, decorator in plain if dotted(decorator) == f"{function.short}.register"]
