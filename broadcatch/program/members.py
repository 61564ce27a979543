"""What do the methods of a class tell about it? Attributes of `self`, abstract methods, hooks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.program.annotations import of_declaration
from broadcatch.program.infer import bound_type, type_of
from broadcatch.program.meaning import Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.names import dotted, own_statements
from broadcatch.program.types import Type, common


@dataclass(frozen=True, slots=True)
class Assignment:
    """One `self.x = value` or `self.x: annotation`; `expr` is None where the value cannot be told.

    `value` is what an annotated attribute is given.
    """

    method: Function
    expr: ast.expr | None
    annotation: bool = False
    value: ast.expr | None = None


def self_assignments(cls: Class) -> dict[str, list[Assignment]]:
    """Attribute -> what the class's own methods assign to it."""
    found: dict[str, list[Assignment]] = {}
    for method in [one for one in cls.members.values() if one.assigns]:
        args = method.node.args
        plain = [*args.posonlyargs, *args.args]
        receiver = plain[0].arg if plain else ""
        for statement in own_statements(method.node.body) if receiver else ():
            for name, assignment in _of_statement(statement, method, receiver):
                found.setdefault(name, []).append(assignment)
    return found


def _of_statement(statement: ast.stmt, method: Function, receiver: str) -> Iterator[tuple[str, Assignment]]:
    if isinstance(statement, ast.AnnAssign):
        name = _attribute(statement.target, receiver)
        if name:
            yield name, Assignment(method, statement.annotation, annotation=True, value=statement.value)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            if _attribute(target, receiver):
                yield _attribute(target, receiver), Assignment(method, statement.value)
            else:
                yield from _opaque(target, method, receiver)
    elif isinstance(statement, ast.AugAssign):
        yield from _opaque(statement.target, method, receiver)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield from _opaque(statement.target, method, receiver)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        for item in statement.items:
            if item.optional_vars is not None:
                yield from _opaque(item.optional_vars, method, receiver)


def _opaque(target: ast.expr, method: Function, receiver: str) -> Iterator[tuple[str, Assignment]]:
    for node in ast.walk(target):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            name = _attribute(node, receiver)
            if name:
                yield name, Assignment(method, None)


def _attribute(target: ast.expr, receiver: str) -> str:
    is_own = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)
    return target.attr if is_own and target.value.id == receiver else ""  # type: ignore[attr-defined]


def attribute_type(
    r: Meanings, cls: Class, name: str, assigned: list[Assignment]
) -> tuple[Type | None] | None:
    """(type or None) of an attribute that the class binds in its body or methods; None if it does not.

    `assigned` is what the class's own methods assign to it, as `self_assignments` finds it.
    """
    inside = cls.names.get(name, ())
    if not inside and not assigned:
        return None
    for one in assigned:
        if one.annotation and one.expr is not None:
            return (of_declaration(r, one.expr, one.value, r.scope(one.method)),)
    around = r.class_scope(cls)
    types = [bound_type(r, name, inside, around)] if inside else []
    if any(one.how == "annotation" for one in inside):
        return (types[0],)
    types += [type_of(r, one.expr, r.scope(one.method)) if one.expr else None for one in assigned]
    return (common(types),)


def is_abstract(function: Function) -> bool:
    """Whether the body is only a docstring, `...`, `pass` or `raise NotImplementedError`."""
    body = [one for one in function.node.body if not _is_text(one)]
    if not body:
        return True
    only = body[0]
    if len(body) > 1:
        return False
    if isinstance(only, ast.Raise) and only.exc is not None:
        raised = only.exc.func if isinstance(only.exc, ast.Call) else only.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    named = [
        d.attr if isinstance(d, ast.Attribute) else getattr(d, "id", "") for d in function.node.decorator_list
    ]
    return isinstance(only, ast.Pass) and "abstractmethod" in named


def is_hook(function: Function) -> bool:
    """Whether the body is only `pass`, beside a docstring: it is there for subclasses to override."""
    return [type(one) for one in function.node.body if not _is_text(one)] == [ast.Pass]


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_member(cls: Class, name: str) -> bool:
    """Whether an enumeration makes members of what its body binds to the name; of functions it does not."""
    bound = cls.names.get(name, ())
    plain = (one.how == "value" and not isinstance(one.expr, ast.Lambda) for one in bound)
    return bool(bound) and all(plain) and not any(dotted(one.expr) in cls.members for one in bound)
