"""Which names does a piece of code see? Locals, enclosing functions, module, builtins."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass, field

from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding, bindings
from broadcatch.source.walking import walk


@dataclass(frozen=True, eq=False)
class Scope:
    """Where an expression stands: `names` are the locals of `function` (empty at module level)."""

    module: Module
    function: Function | None = None
    owner: Class | None = None
    names: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    outer: Scope | None = None

    def find(self, name: str) -> tuple[Scope, tuple[Binding, ...]] | None:
        """The scope that binds `name`, with the bindings; None for a builtin or an unbound name."""
        scope: Scope | None = self
        while scope is not None:
            bound = scope.names.get(name)
            if bound:
                return scope, bound
            scope = scope.outer
        return None


def module_scope(module: Module) -> Scope:
    """The scope of module-level code."""
    return Scope(module, names=module.names)


def function_scope(function: Function, outer: Scope) -> Scope:
    """The scope of a function's body; `outer` is that of the enclosing function or module."""
    node = function.node
    module = function.module
    names = bindings(node.body, module.name, module.is_package, walrus=function.has_walrus)
    for name in _declared(function):
        names.pop(name, None)
    for parameter, binding in _parameters(function):
        names[parameter] = (binding, *names.get(parameter, ()))
    return Scope(function.module, function, function.owner, names, outer)


def _declared(function: Function) -> set[str]:
    """The names that belong to a scope around it."""
    if not (function.mentions("global") or function.mentions("nonlocal")):
        return set()
    found = (one for one in walk(function.node) if isinstance(one, (ast.Global, ast.Nonlocal)))
    return {name for one in found for name in one.names}


def is_builtin(name: str) -> bool:
    """Whether Python itself binds the name."""
    return hasattr(builtins, name)


def _parameters(function: Function) -> list[tuple[str, Binding]]:
    args = function.node.args
    plain = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    found = [(arg.arg, Binding("parameter", expr=arg.annotation)) for arg in plain]
    if function.owner is not None and plain and not is_static(function):
        found[0] = (plain[0].arg, Binding("parameter", target="cls" if is_classmethod(function) else "self"))
    if args.vararg:
        found.append((args.vararg.arg, Binding("parameter", target="*", expr=args.vararg.annotation)))
    if args.kwarg:
        found.append((args.kwarg.arg, Binding("parameter", target="**", expr=args.kwarg.annotation)))
    return found


def decorators(function: Function) -> tuple[str, ...]:
    """The last names of the function's decorators."""
    return function.decorators


def is_static(function: Function) -> bool:
    """Whether it is a staticmethod."""
    return "staticmethod" in decorators(function)


def is_classmethod(function: Function) -> bool:
    """Whether its first parameter is the class."""
    implicit = function.short in ("__new__", "__init_subclass__", "__class_getitem__")
    return implicit or "classmethod" in decorators(function)


def is_property(function: Function) -> bool:
    """Whether reading the attribute runs the function."""
    return bool({"property", "cached_property", "getter"} & set(decorators(function)))
