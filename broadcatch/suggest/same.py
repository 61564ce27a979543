"""May one object have both methods? A call on `self` finds the method of the class that the object is of."""

from __future__ import annotations

import ast

from broadcatch.program.module import Class
from broadcatch.program.resolver import Resolver

_OWN = ("self.", "cls.")


def is_own(call: str) -> bool:
    """Whether a call, as written, asks the object itself for one of its methods."""
    return call.startswith(_OWN) and call.count(".") == 1


def kind_within(resolver: Resolver, known: Class, method: Class, name: str, foreign: bool) -> Class | None:
    """The class of the object after its method `name` was found in the class `method`; None if it never is.

    `known` is its class, or one above it. What only one of several kinds has, a library's object seldom is:
    of a `foreign` call such a kind is never meant.
    """
    if known is method:
        return known
    if method in resolver.mro(known):
        first = next(
            (one for one in resolver.mro(known) if isinstance(one, Class) and name in one.names), None
        )
        return known if first in (method, None) else None
    return method if known in resolver.mro(method) and not foreign else None


def has_own(resolver: Resolver, cls: Class, name: str) -> bool:
    """Whether the class has a method of that name which does something: none that only others can fill."""
    first = next((one for one in resolver.mro(cls) if isinstance(one, Class) and name in one.members), None)
    if first is None or "abstractmethod" in first.members[name].decorators:
        return False
    body = [one for one in first.members[name].node.body if not isinstance(one, (ast.Expr, ast.Pass))]
    return bool(body) and not isinstance(body[0], ast.Raise)
