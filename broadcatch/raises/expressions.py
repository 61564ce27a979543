"""What can evaluating an expression raise? Operations of the language, one small function each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import Target, resolve_meaning, shown
from broadcatch.program.meaning import Bound, Choice, Instance
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.program.scope import is_property
from broadcatch.program.unread import has_from_unread
from broadcatch.raises.callsite import call_items, consumed, unpacked
from broadcatch.raises.context import Context, bound_by, is_standard
from broadcatch.raises.operations.arithmetic import arithmetic_items
from broadcatch.raises.operations.attributes import changed_items, described_items
from broadcatch.raises.operations.awaiting import awaited_items, result_items
from broadcatch.raises.operations.iterating import iterating
from broadcatch.raises.operations.lookups import ASKED, subscript_items
from broadcatch.raises.operations.special import (
    comparison_items,
    formatted_items,
    truth_items,
    unary_items,
)
from broadcatch.raises.operations.storing import looped
from broadcatch.raises.operations.streams import stream_items
from broadcatch.raises.regions import Item, Yield
from broadcatch.raises.surely.contents import has_attribute
from broadcatch.raises.surely.there import is_of_error, is_there
from broadcatch.raises.targets import target_items
from broadcatch.source.walking import children

_PLAIN = frozenset({"__name__", "__qualname__", "__module__", "__doc__", "__class__", "__dict__"})
"""Attributes that objects have without running code for them."""
_ANY_CALLABLE = ("typing.Callable.", "collections.abc.Callable.")
"""An object of any class may have this type."""
_SILENT = (ast.Name, ast.Constant, ast.Lambda)
"""Nothing in them can raise where they stand, and nothing inside of them is run."""


def expression(context: Context, expr: ast.AST) -> Iterator[Item]:
    """Everything that evaluating `expr` can raise, operands first."""
    if isinstance(expr, _SILENT):
        return
    if isinstance(expr, ast.Call):
        yield from call_items(context, expr, expression)
    elif isinstance(expr, ast.Await):
        yield from _await(context, expr)
    elif isinstance(expr, ast.Attribute) and isinstance(expr.ctx, ast.Load):
        yield from _attribute(context, expr)
    elif isinstance(expr, ast.Attribute) and isinstance(expr.ctx, ast.Del):
        yield from expression(context, expr.value)
        yield from changed_items(context, expr, "deleter")
    elif isinstance(expr, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        yield from _comprehension(context, expr)
    elif isinstance(expr, ast.Yield):
        yield from expression(context, expr.value) if expr.value else ()
        yield Yield(expr.lineno)
    elif isinstance(expr, ast.YieldFrom):
        yield from iteration(context, expr.value)
        yield Yield(expr.lineno)
    else:
        for child in children(expr):
            yield from expression(context, child)
        if isinstance(expr, ast.Subscript) and not isinstance(expr.ctx, ast.Store):
            yield from subscript_items(context, expr)
        elif isinstance(expr, ast.BinOp):
            yield from arithmetic_items(context, expr)
        elif isinstance(expr, ast.Compare):
            yield from _membership(context, expr)
            yield from comparison_items(context, expr)
        elif isinstance(expr, ast.UnaryOp):
            yield from unary_items(context, expr)
        elif isinstance(expr, (ast.BoolOp, ast.IfExp)):
            for test in expr.values[:-1] if isinstance(expr, ast.BoolOp) else [expr.test]:
                yield from truth_items(context, test)
        elif isinstance(expr, ast.FormattedValue):
            yield from formatted_items(context, expr)
        elif isinstance(expr, ast.Starred) and isinstance(expr.ctx, ast.Load):
            yield from unpacked(context, expr.value, expression)


def _await(context: Context, expr: ast.Await) -> Iterator[Item]:
    if isinstance(expr.value, ast.Call):
        yield from consumed(context, expr.value, expression)
        yield from result_items(context, expr.value)
        return
    yield from expression(context, expr.value)
    yield from awaited_items(context, expr.value)


def _comprehension(
    context: Context, expr: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
) -> Iterator[Item]:
    for generator in expr.generators:
        yield from iteration(context, generator.iter)
        yield from looped(context, generator.target, generator.iter)
        context = context.binding(bound_by(generator))
        for test in generator.ifs:
            yield from expression(context, test)
            yield from truth_items(context, test)
    parts = [expr.key, expr.value] if isinstance(expr, ast.DictComp) else [expr.elt]
    for part in parts:
        yield from expression(context, part)


def _attribute(context: Context, expr: ast.Attribute) -> Iterator[Item]:
    resolver = context.resolver
    of = resolver.meaning(expr.value, context.scope)
    if isinstance(of, (Module, External, Class)):
        if not dotted(expr.value):
            yield from expression(context, expr.value)  # `__import__("x").y`: it is made before it is asked
        if not is_there(context, expr):
            yield context.operation("AttributeError", expr, f"attribute `{expr.attr}`", usual=False)
        return
    yield from expression(context, expr.value)
    yield from stream_items(context, expr)
    found = resolver.attribute(of, expr.attr)
    for one in found.meanings if isinstance(found, Choice) else (found,):
        if isinstance(one, Bound) and one.is_property:
            yield from target_items(context, Target(shown(expr), one.functions, why=one.why), expr, True)
    yield from described_items(context, expr.value, expr, "__get__")
    unresolved = found is None or (
        isinstance(found, External) and (not is_standard(found.name) or found.name.startswith(_ANY_CALLABLE))
    )
    of_python = isinstance(of, Instance) and of.type is not None and resolver.lacks(of.type, expr.attr)
    usual = unresolved and not of_python
    surely = has_attribute(context, expr.value, repr(expr.attr), expr) or is_of_error(context, expr)
    if not surely and (unresolved or not is_there(context, expr)):
        kind = "if it is None, or of another class" if usual else "it may not be there"
        yield context.operation("AttributeError", expr, f"attribute `{expr.attr}`: {kind}", usual=usual)
    if unresolved and expr.attr not in _PLAIN:
        known = isinstance(of, Instance) and of.type is not None and of.type.name != "super"
        why = "is not defined in the project" if known else "belongs to an object of unknown type"
        yield context.open(expr, shown(expr), f"the attribute {why}, and may run code")
    elif not isinstance(found, Bound) and has_from_unread(resolver, getattr(of, "type", None), expr.attr):
        yield context.open(expr, shown(expr), "the attribute belongs to an object that was not read")
    elif isinstance(found, External):
        entry = context.table.lookup(found.name) if not _is_method(context, found.name) else None
        for row in entry.rows if entry else ():
            if row.call == found.name:
                yield context.known(row, expr, shown(expr))


def _is_method(context: Context, name: str) -> bool:
    """Whether asking for it only gives a function of Python's own, which may be called later."""
    found = context.resolver.stubs.find(name) if is_standard(name) else None
    return isinstance(found, Function) and not is_property(found)


def _membership(context: Context, expr: ast.Compare) -> Iterator[Item]:
    """`x in y` asks `y`, or iterates over it."""
    for operator, right in zip(expr.ops, expr.comparators, strict=True):
        if not isinstance(operator, (ast.In, ast.NotIn)):
            continue
        of = context.resolver.type_of(right, context.scope)
        if of is not None and of.name in ASKED:
            continue
        if of is not None and isinstance(of.target, Class):
            name = f"{shown(right)}.__contains__"
            asked = context.resolver.member(of, "__contains__")
            if isinstance(asked, Bound):
                yield from target_items(context, resolve_meaning(context.resolver, asked, name), expr, True)
            else:
                yield from unpacked(context, right, expression)
        else:
            yield from unpacked(context, right, expression)


def iteration(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Evaluating `expr` and iterating over it to the end."""
    yield from consumed(context, expr, expression)
    yield from iterating(context, expr)
