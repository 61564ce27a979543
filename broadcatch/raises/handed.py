"""Which functions does an object keep to call them later? What the callers in the project hand over.

`self._callback = callback` in a method: the calls of that method, or of the class, tell what is passed. They
are looked for by name in the project's files. Others may hand over more: whoever asks leaves the call open.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import resolve_meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import own_nodes
from broadcatch.program.scope import module_scope
from broadcatch.program.subclassing import sources_naming
from broadcatch.raises.callables import argument_values
from broadcatch.raises.context import Context
from broadcatch.raises.holding import bound_values
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.passing import is_none, supplied
from broadcatch.raises.values import Held, Value, Values

_MOST_CALLS = 40
"""Calls of one function that are looked at; one of a common name is called by many."""
_ADDS = frozenset({"append", "add", "insert", "appendleft", "setdefault"})
_VIEWS = frozenset({"values", "copy"})
_COPIES = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter"})


def handed_over(context: Context, func: ast.expr) -> Values:
    """What may run when a function is called that an object of the project keeps, alone or among others."""
    key = ("handed", func, context.scope.function)
    return context.resolver.guarded(key, lambda: tuple(_handed(context, func))) or ()


def _handed(context: Context, func: ast.expr) -> Iterator[Value]:
    if isinstance(func, ast.Attribute):
        given = _bound(context, func)
    else:
        inside = isinstance(func, ast.Subscript)
        given = _put_in(context, func.value) if inside else _elements(context, func)  # type: ignore[attr-defined]
    for where, value in given:
        if not is_none(value):
            yield from (one for one in _passed(where, value) if not isinstance(one, Held))


def _bound(context: Context, attribute: ast.Attribute) -> list[tuple[Context, ast.expr]]:
    return bound_values(context, attribute) or [] if _owner(context, attribute) is not None else []


def _elements(context: Context, func: ast.expr) -> list[tuple[Context, ast.expr]]:
    """What was put into the list that a loop goes over: `for hook in self.hooks: hook()`."""
    found = context.scope.find(func.id) if isinstance(func, ast.Name) else None
    if found is None or len(found[1]) != 1 or found[1][0].how != "element":
        return []
    over = found[1][0].expr
    while isinstance(over, ast.Call):
        if isinstance(over.func, ast.Attribute) and over.func.attr in _VIEWS:
            over = over.func.value
        elif isinstance(over.func, ast.Name) and over.func.id in _COPIES and over.args:
            over = over.args[0]
        else:
            return []
    return _put_in(context, over) if over is not None else []


def _put_in(context: Context, box: ast.expr) -> list[tuple[Context, ast.expr]]:
    """What the methods of its class put into a list or mapping that an object keeps."""
    owner = _owner(context, box) if isinstance(box, ast.Attribute) else None
    if owner is None or not isinstance(box, ast.Attribute):
        return []
    found = []
    for method in owner.members.values():
        inner = context.at(context.resolver.scope(method))
        found += [(inner, one) for one in _put(method, box.attr)]
    return found


def _put(method: Function, name: str) -> Iterator[ast.expr]:
    """The arguments of `self.name.append(x)`, the value of `self.name[key] = x`."""
    for node in own_nodes(method.node.body) if method.mentions(name) else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in _ADDS and _is_own(node.func.value, name):
                yield node.args[-1]
        elif isinstance(node, ast.Assign):
            targets = [one for one in node.targets if isinstance(one, ast.Subscript)]
            if any(_is_own(one.value, name) for one in targets):
                yield node.value


def _is_own(expr: ast.expr, name: str) -> bool:
    return isinstance(expr, ast.Attribute) and expr.attr == name and isinstance(expr.value, ast.Name)


def _owner(context: Context, attribute: ast.Attribute) -> Class | None:
    """The class of the project whose object keeps it."""
    of = context.resolver.type_of(attribute.value, context.scope)
    cls = of.target if of is not None else None
    return cls if isinstance(cls, Class) and cls.module.origin == "project" else None


def _passed(where: Context, value: ast.expr) -> Iterator[Value]:
    """What a value runs; of a parameter what the callers of its function pass."""
    parameter = parameter_of(where, value.id) if isinstance(value, ast.Name) else None
    if parameter is None:
        yield from argument_values(where, value)
        return
    for site, call in _calls(where, parameter.function):
        given = supplied(site, call, parameter.function, frozenset({parameter.name})).get(parameter.name)
        if given is not None and not is_none(given[1]):
            yield from argument_values(*given)


def _calls(context: Context, function: Function) -> Iterator[tuple[Context, ast.Call]]:
    """The calls in the project that run a function, found by its name, or that of its class."""
    made = function.node.name == "__init__" and function.owner is not None
    name = function.owner.short if made and function.owner else function.node.name
    resolver = context.resolver
    for module, call in _named(context, function.module, name)[:_MOST_CALLS]:
        caller = module.function_at(call.lineno)
        scope = resolver.scope(caller) if caller else module_scope(module)
        found = resolver.meaning(call.func, scope)
        if function in resolve_meaning(resolver, found, name).functions:
            yield context.at(scope), call


def _named(context: Context, near: Module, name: str) -> tuple[tuple[Module, ast.Call], ...]:
    """The calls of this name in the project's files."""
    known, key = context.shared.called, (near.path, name)
    if key not in known:
        project = context.resolver.project
        paths = sources_naming(project.root, project.place(near).path, name)
        modules = [project.module_at(path) for path in paths]
        known[key] = tuple((one, call) for one in modules for call in _of_name(one, name))
    return known[key]


def _of_name(module: Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree) if module.tree else ():
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
            yield node
