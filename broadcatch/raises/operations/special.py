"""Which special methods does an operation run? Those of its operands' classes, where they have source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import Target, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Class
from broadcatch.program.operators import BINARY, COMPARED, UNARY
from broadcatch.program.project import External
from broadcatch.program.types import STR, Type, alternatives
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item
from broadcatch.raises.targets import target_items

_OF_NUMBERS = frozenset("bcdeEfFgGnoxX%")
"""Formats that only numbers have."""
_TRUTH = ("__bool__", "__len__")


def own_class(context: Context, expr: ast.expr) -> Type | None:
    """The type of the value, if its class has source here."""
    of = context.resolver.type_of(expr, context.scope)
    return of if of is not None and isinstance(of.target, Class) and of.name != "class" else None


def own_classes(context: Context, expr: ast.expr) -> tuple[Type, ...]:
    """Those of the types that the value may have whose classes have source here."""
    of = context.resolver.type_of(expr, context.scope)
    several = alternatives(of) if of is not None else ()
    return tuple(one for one in several if isinstance(one.target, Class) and one.name != "class")


def each_method(
    context: Context, operand: ast.expr, names: tuple[str, ...], node: ast.expr
) -> Iterator[Item]:
    """What running the first of these methods of each class that `operand` may have can raise."""
    for one in own_classes(context, operand):
        yield from method_items(context, one, names, node) or ()


def method_items(
    context: Context, of: Type | None, names: tuple[str, ...], node: ast.expr
) -> tuple[Item, ...] | None:
    """What running the first of these methods that the class has can raise; None if it has none in source."""
    for name in names if of is not None else ():
        found = context.resolver.member(of, name)  # type: ignore[arg-type]
        if isinstance(found, Bound):
            target = Target(f"{shown(node)}.{name}", found.functions, why=found.why)
            return tuple(target_items(context, target, node, True))
        if isinstance(found, External) and not is_standard(found.name):
            return (context.open(node, shown(node), f"{found.name} is run, and nothing is known of it"),)
    return None


def binary_items(context: Context, expr: ast.BinOp) -> tuple[Item, ...] | None:
    """The operator of the left operand, or the reflected one of the right; None if neither has source."""
    name = BINARY[type(expr.op)]
    left, right = own_class(context, expr.left), own_class(context, expr.right)
    first = method_items(context, left, (f"__{name}__",), expr)
    second = method_items(context, right, (f"__r{name}__",), expr)
    if first is None and second is None:
        return None
    return (*(first or ()), *(second or ()))


def in_place_items(context: Context, statement: ast.AugAssign) -> Iterator[Item]:
    """`x += y` where the class of x does that by itself."""
    yield from each_method(
        context, statement.target, (f"__i{BINARY[type(statement.op)]}__",), statement.target
    )


def comparison_items(context: Context, expr: ast.Compare) -> Iterator[Item]:
    """Comparing with objects that compare themselves."""
    lefts = [expr.left, *expr.comparators]
    for left, operator, right in zip(lefts, expr.ops, expr.comparators, strict=False):
        names = COMPARED.get(type(operator))
        if names is not None:
            yield from each_method(context, left, names[:1], expr)
            yield from each_method(context, right, names[1:], expr)


def unary_items(context: Context, expr: ast.UnaryOp) -> Iterator[Item]:
    """`-x` and the like, `not x`."""
    if isinstance(expr.op, ast.Not):
        yield from truth_items(context, expr.operand)
    else:
        yield from each_method(context, expr.operand, (UNARY[type(expr.op)],), expr)


def truth_items(context: Context, test: ast.expr) -> Iterator[Item]:
    """Asking whether a value is true."""
    if isinstance(test, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
        yield from each_method(context, test, _TRUTH, test)


def formatted_items(context: Context, expr: ast.FormattedValue) -> Iterator[Item]:
    """A value within an f-string."""
    plain = ("__repr__",) if expr.conversion == ord("r") else ("__format__", "__str__", "__repr__")
    yield from each_method(context, expr.value, plain, expr.value)
    parts = expr.format_spec.values[-1:] if isinstance(expr.format_spec, ast.JoinedStr) else []
    number = any(isinstance(one, ast.Constant) and str(one.value)[-1:] in _OF_NUMBERS for one in parts)
    of = context.resolver.type_of(expr.value, context.scope) if number else None
    if number and expr.conversion < 0 and (of is None or of == STR):
        for raised in ("ValueError", "TypeError"):
            yield context.operation(raised, expr.value, "the value may be no number", usual=False)
