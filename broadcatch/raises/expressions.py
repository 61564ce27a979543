"""What can evaluating an expression raise? Operations of the language, one small function each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import Target, resolve_meaning, shown
from broadcatch.program.meaning import Bound, Choice, Instance
from broadcatch.program.module import Class, Module
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.program.types import BYTES, NUMBERS, SEQUENCES, STR, Type
from broadcatch.program.walking import children
from broadcatch.raises.attributes import changed_items, described_items
from broadcatch.raises.awaiting import awaited_items, result_items
from broadcatch.raises.callsite import call_items, consumed, run_by_now, unpacked
from broadcatch.raises.context import Context, bound_by, is_standard
from broadcatch.raises.iterating import iterating
from broadcatch.raises.lengths import is_exactly
from broadcatch.raises.lookups import ASKED, subscript_items
from broadcatch.raises.operands import is_flag
from broadcatch.raises.regions import Item, Yield
from broadcatch.raises.special import (
    binary_items,
    comparison_items,
    each_method,
    formatted_items,
    method_items,
    own_class,
    truth_items,
    unary_items,
)
from broadcatch.raises.targets import target_items

_PLAIN = frozenset({"__name__", "__qualname__", "__module__", "__doc__", "__class__", "__dict__"})
"""Attributes that objects have without running code for them."""
_ANY_CALLABLE = ("typing.Callable.", "collections.abc.Callable.")
"""An object of any class may have this type."""
_SILENT = (ast.Name, ast.Constant, ast.Lambda)
"""Nothing in them can raise where they stand, and nothing inside of them is run."""
_DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod)


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
            yield from _arithmetic(context, expr)
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
        yield context.operation("AttributeError", expr, f"attribute `{expr.attr}`", usual=False)
        return
    yield from expression(context, expr.value)
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
    yield context.operation("AttributeError", expr, f"attribute `{expr.attr}`", usual=usual)
    if unresolved and expr.attr not in _PLAIN:
        known = isinstance(of, Instance) and of.type is not None and of.type.name != "super"
        why = "is not defined in the project" if known else "belongs to an object of unknown type"
        yield context.open(expr, shown(expr), f"the attribute {why}, and may run code")
    elif isinstance(found, External):
        entry = context.table.lookup(found.name)
        for row in entry.rows if entry else ():
            if row.call == found.name:
                yield context.known(row, expr, shown(expr))


def _arithmetic(context: Context, expr: ast.BinOp) -> Iterator[Item]:
    if is_flag(context, expr):
        return
    left = context.resolver.type_of(expr.left, context.scope)
    right = context.resolver.type_of(expr.right, context.scope)
    if isinstance(expr.op, ast.Mod) and (left in (STR, BYTES) or isinstance(expr.left, ast.JoinedStr)):
        yield context.operation("TypeError", expr, "`%` formatting", usual=False)
        for given in expr.right.elts if isinstance(expr.right, ast.Tuple) else [expr.right]:
            yield from each_method(context, given, ("__str__", "__repr__"), expr)
        if not isinstance(expr.left, ast.Constant):
            yield context.operation("ValueError", expr, "`%` formatting", usual=False)
        return
    if isinstance(expr.op, _DIVISIONS) and not _is_nonzero(expr.right) and not _is_path(left):
        yield context.operation("ZeroDivisionError", expr, f"`{shown(expr)}`: the divisor may be zero")
    if isinstance(expr.op, (ast.LShift, ast.RShift)) and not isinstance(expr.right, ast.Constant):
        yield context.operation(
            "ValueError", expr, f"`{shown(expr)}`: the number of bits may be negative", usual=False
        )
    if isinstance(expr.op, ast.Pow) and not _both(left, right, INTEGERS):
        yield context.operation(
            "OverflowError", expr, f"`{shown(expr)}`: the power may be too large", usual=False
        )
    own = binary_items(context, expr)
    if own is not None:
        yield from own
        return
    for special, of in (("left", left), ("right", right)):
        if of is not None and isinstance(of.target, Class):
            yield context.open(expr, shown(expr), f"how the {special} operand does it is not known")
            return
    if left is None or right is None or not (is_standard(left.name) and is_standard(right.name)):
        yield context.operation("TypeError", expr, f"`{shown(expr)}`", usual=False)
        yield context.open(expr, shown(expr), "operands of unknown type")
    elif "decimal.Decimal" in (left.name, right.name):
        yield context.operation("decimal.InvalidOperation", expr, "Decimal arithmetic", usual=False)


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


INTEGERS = NUMBERS[:2]


def _both(left: Type | None, right: Type | None, those: tuple[Type, ...]) -> bool:
    return left in those and right in those


def _is_path(of: Type | None) -> bool:
    return of is not None and of.name == "pathlib.Path"


def _is_nonzero(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and isinstance(expr.value, (int, float)) and expr.value != 0


def iteration(context: Context, expr: ast.expr) -> Iterator[Item]:
    """Evaluating `expr` and iterating over it to the end."""
    yield from consumed(context, expr, expression)
    yield from iterating(context, expr)


def _fits(context: Context, value: ast.expr, target: ast.Tuple | ast.List) -> bool:
    """Whether the value was tested, or made, to have as many elements as there are targets."""
    starred = any(isinstance(one, ast.Starred) for one in target.elts)
    of = context.resolver.type_of(value, context.scope)
    known = of is not None and of.name in SEQUENCES
    return known and not starred and is_exactly(context, value, len(target.elts), value)


def stored(context: Context, target: ast.expr, value: ast.expr | None) -> Iterator[Item]:
    """What storing into a target can raise: unpacking, an item of a container."""
    if isinstance(target, (ast.Tuple, ast.List)):
        of = context.resolver.type_of(value, context.scope) if value is not None else None
        fits = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        fits = fits or (value is not None and _fits(context, value, target))
        if value is not None and not fits:
            yield from run_by_now(context, value, expression)
            yield from unpacked(context, value, expression)
        if not fits and not (of is not None and of.name == "builtins.tuple"):
            split = of is not None and of.name == "builtins.list"
            yield context.operation(
                "ValueError", target, "unpacking: the number of values may differ", usual=split
            )
        for part in target.elts:
            yield from stored(context, part, None)
    elif isinstance(target, ast.Subscript):
        yield from expression(context, target.value)
        yield from expression(context, target.slice)
        of = context.resolver.type_of(target.value, context.scope)
        if of is not None and of.name in SEQUENCES:
            yield context.operation("IndexError", target, f"`{shown(target)}`: the index may be out of range")
        elif of is None or not is_standard(of.name):
            own = method_items(context, own_class(context, target.value), ("__setitem__",), target)
            unknown = context.open(target, shown(target), "an item of a value of unknown type is set")
            yield from (unknown,) if own is None else own
    elif isinstance(target, ast.Attribute):
        yield from expression(context, target.value)
        yield from changed_items(context, target, "setter")
    elif isinstance(target, ast.Starred):
        yield from stored(context, target.value, None)
