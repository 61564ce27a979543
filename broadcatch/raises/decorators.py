"""Where do the decorators of a function stand, and which of them leave it as it is?"""

from __future__ import annotations

import ast

from broadcatch.program.calls import TRANSPARENT
from broadcatch.program.module import Function
from broadcatch.program.project import External
from broadcatch.raises.context import Context

_ACCESSORS = ("setter", "deleter", "getter")


def around_of(context: Context, function: Function) -> Context:
    """Where the decorators of a function stand."""
    resolver = context.resolver
    scope = resolver.class_scope(function.owner) if function.owner else resolver.scope(function).outer
    return context.at(scope or context.scope)


def is_transparent(around: Context, decorator: ast.expr) -> bool:
    """Whether it adds no exceptions of its own."""
    plain = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(plain, ast.Attribute) and plain.attr in _ACCESSORS:
        return True
    found = around.resolver.meaning(plain, around.scope)
    return isinstance(found, External) and found.name in TRANSPARENT


def is_dispatching(around: Context, decorator: ast.expr) -> bool:
    """Whether the function is one of several, chosen by the type of the argument."""
    found = around.resolver.meaning(decorator, around.scope)
    return isinstance(found, External) and found.name == "functools.singledispatch"
