"""What can asking a class for an item raise? An enumeration for a member, others by their metaclass."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.generics import lineage
from broadcatch.program.meaning import Meaning
from broadcatch.program.module import Class
from broadcatch.program.project import External
from broadcatch.program.resolver import ENUMS, Resolver
from broadcatch.program.types import Type
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item
from broadcatch.raises.targets import target_items


def member_items(context: Context, expr: ast.Subscript, meant: Meaning, of: Type | None) -> Iterator[Item]:
    """`Color["RED"]`, of what the name means, or the type of its value; `list[int]` raises nothing."""
    resolver = context.resolver
    inner = of.args[0].name if of is not None and of.name == "class" and of.args else ""
    held = of.target if of is not None and of.name == "class" else None
    cls = held if isinstance(held, Class) else meant
    name = meant.name if isinstance(meant, External) else inner
    if isinstance(cls, Class) and not resolver.is_enumeration(cls):
        for found in _metaclasses(resolver, cls):
            if "__getitem__" in found.members:
                method = resolver.class_member(found, "__getitem__")
                yield from target_items(context, resolve_meaning(resolver, method, shown(expr)), expr, True)
                return
    elif isinstance(cls, Class) or (name and _is_enumeration(resolver, name)):
        detail = f"`{shown(expr)}`: there may be no such member"
        if not _is_member(cls, expr.slice):
            yield context.operation("KeyError", expr, detail)


def _metaclasses(resolver: Resolver, cls: Class) -> Iterator[Class]:
    for base in resolver.mro(cls):
        for keyword in base.node.keywords if isinstance(base, Class) else ():
            found = resolver.meaning(keyword.value, resolver.class_scope(base))  # type: ignore[arg-type]
            if keyword.arg == "metaclass" and isinstance(found, Class):
                yield from (one for one in resolver.mro(found) if isinstance(one, Class))


def _is_enumeration(resolver: Resolver, name: str) -> bool:
    """Whether a class of the standard library is one, by its stub."""
    if not is_standard(name) or resolver.stubs.cls(name) is None:
        return False
    return any(resolver.stubs.public(base) in ENUMS for base, _ in lineage(resolver, Type(name)))


def _is_member(cls: Meaning, key: ast.expr) -> bool:
    """Whether the body of an enumeration of the project gives it the member."""
    return isinstance(cls, Class) and isinstance(key, ast.Constant) and key.value in cls.names
