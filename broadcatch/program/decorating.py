"""Is a decorated function still run as written? Known decorators, and those that give back what they get."""

from __future__ import annotations

import ast

from broadcatch.program.meaning import Meaning, Meanings
from broadcatch.program.module import Function
from broadcatch.program.names import dotted, own_nodes, own_statements
from broadcatch.program.project import External
from broadcatch.source.walking import walk

TRANSPARENT = frozenset(
    "builtins.property builtins.staticmethod builtins.classmethod functools.wraps functools.lru_cache "
    "functools.cache functools.cached_property functools.singledispatch abc.abstractmethod "
    "abc.abstractproperty contextlib.contextmanager contextlib.asynccontextmanager typing.override "
    "typing.overload typing.final typing.no_type_check typing_extensions.override warnings.deprecated "
    "functools.total_ordering dataclasses.dataclass atexit.register".split()
)
"""Decorators outside the project that add no exceptions of their own."""


def opaque_decorator(r: Meanings, function: Function) -> ast.expr | None:
    """The first decorator of a function that may put something else in its place; None if there is none."""
    around = r.class_scope(function.owner) if function.owner else r.scope(function).outer
    for decorator in function.node.decorator_list:
        is_made = isinstance(decorator, ast.Call)
        plain = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = r.meaning(plain, around) if around else None
        accessor = isinstance(plain, ast.Attribute) and plain.attr in ("setter", "deleter", "getter")
        if not accessor and not _is_transparent(found, is_made):
            return plain
    return None


def _is_transparent(found: Meaning, is_made: bool) -> bool:
    if isinstance(found, External):
        return found.name in TRANSPARENT
    if not isinstance(found, Function) or found.node.decorator_list or found.yields or found.is_async:
        return False
    return _gives_back_maker(found) if is_made else gives_back(found)


def gives_back(function: Function) -> bool:
    """Whether a function returns its only argument, whatever else it does with it."""
    args = function.node.args
    plain = [*args.posonlyargs, *args.args]
    if len(plain) != 1 or args.vararg or args.kwarg:
        return False
    name = plain[0].arg
    rebound = any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        for node in own_nodes(function.node.body)
    )
    return not rebound and _returned_names(function) == {name}


def _gives_back_maker(function: Function) -> bool:
    """Whether a function makes a decorator of that kind: `def made(f): ...; return f` and `return made`."""
    names = _returned_names(function)
    made = [function.module.functions.get(f"{function.qualname}.<locals>.{name}") for name in names]
    return bool(made) and all(one is not None and gives_back(one) for one in made)


def _returned_names(function: Function) -> set[str]:
    """The names that are returned, "" for anything else and for an end without a return."""
    body = function.node.body
    found = {dotted(one.value) for one in own_statements(body) if isinstance(one, ast.Return)}
    return found if isinstance(body[-1], ast.Return) else found | {""}


def keeps_result(r: Meanings, function: Function) -> bool:
    """Whether what the function's body returns is what a call gives: none, or a wrapper in its place."""
    decorator = opaque_decorator(r, function)
    if decorator is None:
        return True
    around = r.class_scope(function.owner) if function.owner else r.scope(function).outer
    found = r.meaning(decorator, around) if around else None
    if not isinstance(found, Function):
        return False
    named = (dotted(node.func) for node in walk(found.node) if isinstance(node, ast.Call))
    return any(name.rpartition(".")[2] in ("wraps", "update_wrapper") for name in named)
