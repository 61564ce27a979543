"""Which code does reading, storing or deleting an attribute run? Properties, and the hooks of its class."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal

from broadcatch.program.calls import Target, shown
from broadcatch.program.meaning import Bound, Choice, Meaning
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.scope import decorators, is_property
from broadcatch.program.types import Type
from broadcatch.raises.callables import values_of
from broadcatch.raises.context import Context
from broadcatch.raises.externals import is_unknown
from broadcatch.raises.operations.special import each_method, own_classes
from broadcatch.raises.regions import ClauseRegion, Guarded, Item
from broadcatch.raises.targets import called_items, target_items
from broadcatch.raises.when import argument

Change = Literal["setter", "deleter"]
_HOOKS: dict[Change, str] = {"setter": "__setattr__", "deleter": "__delattr__"}
_CHANGES: dict[str, Change] = {"builtins.setattr": "setter", "builtins.delattr": "deleter"}
_CHANGED = "an attribute of an object of unknown type is changed, and may run code"
_PROPERTIES = {
    "builtins.property": {"__get__": "fget@0", "__set__": "fset@1", "__delete__": "fdel@2"},
    "functools.cached_property": {"__get__": "func@0"},
}
"""Descriptors that are made of functions, and which of their arguments what runs."""
_READS = frozenset({"builtins.getattr", "builtins.hasattr"})


def changed_items(context: Context, target: ast.Attribute, change: Change) -> Iterator[Item]:
    """`x.name = …`, `del x.name`: the setter or deleter of a property, `__setattr__`, `__delattr__`."""
    yield from each_method(context, target.value, (_HOOKS[change],), target)
    yield from _changing(context, context.resolver.meaning(target, context.scope), change, target)
    special = "__set__" if change == "setter" else "__delete__"
    yield from described_items(context, target.value, target, special)
    if is_unknown(context, target.value):
        yield context.open(target, shown(target), _CHANGED)


def described_items(context: Context, value: ast.expr, node: ast.Attribute, special: str) -> Iterator[Item]:
    """What a descriptor in the body of the value's class does when the attribute is used."""
    for of in own_classes(context, value):
        found = context.resolver.descriptor(of, node.attr, special)
        if found is not None:
            yield from target_items(context, Target(shown(node), found.functions, why=found.why), node, True)
        yield from _made_property(context, of, node, special)


def _made_property(context: Context, of: Type, node: ast.Attribute, special: str) -> Iterator[Item]:
    """`x = property(get, set)` in the body of the class."""
    bases = context.resolver.mro(of.target) if isinstance(of.target, Class) else []
    held = next((one for one in bases if isinstance(one, Class) and node.attr in one.names), None)
    bound = held.names[node.attr] if held else ()
    made = (bound[0].value or bound[0].expr) if len(bound) == 1 else None
    if held is None or not isinstance(made, ast.Call):
        return
    around = context.at(context.resolver.class_scope(held))
    maker = context.resolver.meaning(made.func, around.scope)
    runs = _PROPERTIES.get(maker.name, {}).get(special) if isinstance(maker, External) else None
    given = argument(made, runs) if runs else None
    if given is not None:
        values = values_of(around, given)
        yield from called_items(context, values, node, shown(node), True)
        if not values:
            yield context.open(node, shown(node), f"it runs `{shown(given)}`, which cannot be resolved")


def by_name_items(context: Context, call: ast.Call, target: Target) -> Iterator[Item]:
    """What `getattr`, `hasattr`, `setattr` and `delattr` run on an object whose class has source."""
    name = target.externals[0] if len(target.externals) == 1 else ""
    if name not in _READS and name not in _CHANGES or len(call.args) < 2:
        return
    owners = own_classes(context, call.args[0])
    found = [one for of in owners for one in _members(context, of, call.args[1])]
    if name in _CHANGES:
        change = _CHANGES[name]
        if is_unknown(context, call.args[0]):
            yield context.open(call, shown(call), _CHANGED)
        yield from each_method(context, call.args[0], (_HOOKS[change],), call)
        for one in found:
            yield from _changing(context, one, change, call)
        return
    items = tuple(item for one in found for item in _reading(context, one, call))
    items += tuple(each_method(context, call.args[0], ("__getattr__",), call))
    if items and (name == "builtins.hasattr" or len(call.args) > 2):
        yield Guarded(items, (ClauseRegion(("AttributeError",), line=call.lineno),))
    else:
        yield from items


def _members(context: Context, of: Type, name: ast.expr) -> Iterator[Meaning]:
    """The member of this name; every property where the name is chosen at run time."""
    if isinstance(name, ast.Constant):
        yield context.resolver.member(of, str(name.value))
        return
    ancestry = context.resolver.mro(of.target) if isinstance(of.target, Class) else []
    shown_by = (one for base in ancestry if isinstance(base, Class) for one in base.members.items())
    for member in sorted({key for key, function in shown_by if is_property(function)}):
        yield context.resolver.member(of, member)


def _properties(found: Meaning) -> Iterator[Bound]:
    for one in found.meanings if isinstance(found, Choice) else (found,):
        if isinstance(one, Bound) and one.is_property:
            yield one


def _reading(context: Context, found: Meaning, call: ast.Call) -> Iterator[Item]:
    for one in _properties(found):
        yield from target_items(context, Target(shown(call), one.functions, why=one.why), call, True)


def _changing(context: Context, found: Meaning, change: Change, node: ast.expr) -> Iterator[Item]:
    for one in _properties(found):
        functions = tuple(twin for getter in one.functions for twin in _twins(getter, change))
        yield from target_items(context, Target(shown(node), functions), node, True)


def _twins(getter: Function, change: Change) -> Iterator[Function]:
    for one in getter.module.extents:
        if one.qualname == getter.qualname and change in decorators(one):
            yield one
