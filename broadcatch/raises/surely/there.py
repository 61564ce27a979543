"""Does an object surely have an attribute? What a class, its `__init__` or a module binds is there."""

from __future__ import annotations

import ast

from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Module
from broadcatch.program.scope import is_static
from broadcatch.raises.context import Context

_OF_ERRORS = frozenset(dir(BaseException)) - {"add_note"}


def is_there(context: Context, expr: ast.Attribute) -> bool:
    """Whether it is an attribute of `self` or `cls`, a class or a module of source, that something sets.

    Any other value may be None.
    """
    found = context.resolver.meaning(expr.value, context.scope)
    if isinstance(found, Module):
        return expr.attr in found.names and found.origin != "stub"
    if isinstance(found, Class):
        return _is_bound(context, found, expr.attr, False)
    of = context.resolver.type_of(expr.value, context.scope) if _is_receiver(context, expr.value) else None
    cls = of.target if of is not None else None
    return (
        isinstance(cls, Class) and of is not None and _is_bound(context, cls, expr.attr, of.name != "class")
    )


def is_of_error(context: Context, expr: ast.Attribute) -> bool:
    """Whether it is asked of what a clause caught, which is never None, and each exception has it."""
    of = expr.value
    found = context.scope.find(of.id) if isinstance(of, ast.Name) and expr.attr in _OF_ERRORS else None
    return found is not None and bool(found[1]) and all(one.how == "caught" for one in found[1])


def _is_receiver(context: Context, expr: ast.expr) -> bool:
    """Whether it is the first parameter of the method around, never bound to something else."""
    found = context.scope.find(expr.id) if isinstance(expr, ast.Name) else None
    method = found[0].function if found is not None else None
    if found is None or method is None or method.owner is None or is_static(method) or len(found[1]) != 1:
        return False
    args = method.node.args
    first = [*args.posonlyargs, *args.args][:1]
    return bool(first) and first[0].arg == expr.id  # type: ignore[attr-defined]


def _is_bound(context: Context, cls: Class, name: str, made: bool) -> bool:
    """Whether a class or one of its bases binds the name; `made`: or the `__init__` that runs."""
    classes = [one for one in context.resolver.mro(cls) if isinstance(one, Class)]
    if any(name in one.members or name in one.names for one in classes):
        return True
    return made and any(name in _by_init(context, one) for one in classes)


def _by_init(context: Context, cls: Class) -> frozenset[str]:
    """The attributes that the class's `__init__` gives to `self`."""
    key = ("by init", cls)
    notes = context.resolver.notes
    if key not in notes:
        assigned = self_assignments(cls).items()
        notes[key] = frozenset(
            name for name, those in assigned if any(one.method.node.name == "__init__" for one in those)
        )
    return notes[key]  # type: ignore[return-value]
