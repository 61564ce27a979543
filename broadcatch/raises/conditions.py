"""For which values of parameters does a branch run? What the tests of `if` statements say of them."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from typing import TypeAlias

from broadcatch.program.module import Class
from broadcatch.program.names import bound_by
from broadcatch.program.placing import binds, block_of, enclosing, interferes
from broadcatch.program.project import External
from broadcatch.raises.context import Context
from broadcatch.raises.parameters import parameter_of, set_from_within
from broadcatch.raises.regions import Condition, Parameter
from broadcatch.raises.surely.kinds import is_whole
from broadcatch.source.walking import walk

Ways: TypeAlias = "tuple[tuple[Condition, ...], tuple[Condition, ...]]"
"""What surely holds where a test is true, and where it is false."""
NOTHING: Ways = ((), ())
TYPES: Mapping[str, type] = {
    f"builtins.{one.__name__}": one
    for one in (str, bytes, int, float, bool, complex, dict, list, tuple, set, frozenset)
}
LEAVES = (ast.Return, ast.Raise)
CONSTANTS = (str, bytes, int, float, bool, type(None))


def conditions(context: Context, test: ast.expr) -> Ways:
    """What a test says of parameters that are compared with constants."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        true, false = conditions(context, test.operand)
        return false, true
    if isinstance(test, ast.BoolOp):
        return _joined(context, test)
    found = _one(context, test)
    return ((found,), (_negated(found),)) if found else NOTHING


def _joined(context: Context, test: ast.BoolOp) -> Ways:
    """Of `and` all parts are true, of `or` all are false; the other way says nothing."""
    parts = [conditions(context, one) for one in test.values]
    if isinstance(test.op, ast.And):
        return tuple(one for true, _ in parts for one in true), ()
    return (), tuple(one for _, false in parts for one in false)


def _one(context: Context, test: ast.expr) -> Condition | None:
    if isinstance(test, ast.Name):
        return _about(context, test, "truth", ())
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.left, ast.Name):
        return _compared(context, test.left, test.ops[0], test.comparators[0])
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance":
        return _typed(context, test) if context.scope.find("isinstance") is None else None
    return None


def _compared(context: Context, left: ast.Name, op: ast.cmpop, right: ast.expr) -> Condition | None:
    if isinstance(op, (ast.In, ast.NotIn)):
        values = _constants(right.elts) if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else None
        return None if values is None else _about(context, left, "in", values, isinstance(op, ast.In))
    values = _constants([right])
    if values is None or not isinstance(op, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)):
        return None
    test = "is" if isinstance(op, (ast.Is, ast.IsNot)) else "=="
    return _about(context, left, test, values, isinstance(op, (ast.Is, ast.Eq)))


def _typed(context: Context, call: ast.Call) -> Condition | None:
    if len(call.args) != 2 or not isinstance(call.args[0], ast.Name):
        return None
    named = call.args[1].elts if isinstance(call.args[1], ast.Tuple) else [call.args[1]]
    names = [_class_name(context, one) for one in named]
    return _about(context, call.args[0], "isinstance", tuple(names)) if all(names) else None


def _class_name(context: Context, expr: ast.expr) -> str:
    """The full name of a class that is all that it seems; "" for any other."""
    found = context.resolver.meaning(expr, context.scope)
    if isinstance(found, Class):
        return found.name if is_whole(context, found) else ""
    return found.name if isinstance(found, External) and found.name in TYPES else ""


def _about(
    context: Context, name: ast.Name, test: str, values: tuple[str, ...], holds: bool = True
) -> Condition | None:
    found = at_entry(context, name)
    return None if found is None else Condition(found[0], test, values, holds, found[1])


Unless: TypeAlias = "tuple[tuple[Condition, ...], ...]"


def at_entry(context: Context, name: ast.Name) -> tuple[Parameter, Unless] | None:
    """The parameter whose value, as it was passed, a name still has there, unless some branches were taken.

    These bind it anew. None where it may have another value for all that the parameters say.
    """
    plain = parameter_of(context, name.id)
    if plain is not None:
        return plain, ()
    function, bound = context.scope.function, context.scope.names.get(name.id, ())
    if function is None or not bound or bound[0].how != "parameter":
        return None
    if name.id in set_from_within(context, function):
        return None
    unless: list[tuple[Condition, ...]] = []
    for below, node in enclosing(context.resolver, name, context.scope):
        around = interferes(context.resolver, node, below, name.id, context.scope)
        if around or name.id in _bound_by(context, node):
            return None
        under = [_bound_under(context, one, name.id) for one in _binding(context, node, below, name.id)]
        if not all(under):
            return None
        unless += under
        if node is function.node:
            return Parameter(function, name.id), tuple(unless)
    return None


def _bound_by(context: Context, node: ast.AST) -> set[str]:
    """The names that a statement or clause binds for what stands in it."""
    if isinstance(node, ast.ExceptHandler):
        return {node.name or ""}
    if not isinstance(node, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)):
        return set()
    module = context.scope.module
    return {name for name, _ in bound_by(node, module.name, module.is_package)}


def _binding(context: Context, node: ast.AST, below: ast.AST, name: str) -> list[ast.stmt]:
    """The statements before this one, in its block, that bind the name."""
    block = block_of(node, below) if isinstance(below, ast.stmt) else []
    at = next((index for index, one in enumerate(block) if one is below), 0)
    return [one for one in block[:at] if binds(context.resolver, one, name, context.scope)]


def _bound_under(context: Context, statement: ast.stmt, name: str) -> tuple[Condition, ...]:
    """The conditions under which a statement binds the name, as far as constants can rule them out."""
    if not isinstance(statement, ast.If):
        return ()
    if any(isinstance(one, ast.NamedExpr) for one in ast.walk(statement.test)):
        return ()
    if any(binds(context.resolver, one, name, context.scope) for one in statement.orelse):
        return ()
    return conditions(context, statement.test)[0]


def _negated(one: Condition) -> Condition:
    return Condition(one.parameter, one.test, one.values, not one.holds)


def _constants(nodes: list[ast.expr]) -> tuple[str, ...] | None:
    found = [constant(one) for one in nodes]
    return tuple(one for one in found if one) if all(found) else None


def constant(node: ast.expr) -> str:
    """The `repr` of a constant that never changes, "" for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant(node.operand)
        return f"-{inner}" if inner[:1].isdigit() else ""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, CONSTANTS):
        return ""
    endless = isinstance(node.value, float) and not math.isfinite(node.value)
    return "" if endless else repr(node.value)


def leaves(body: list[ast.stmt]) -> bool:
    """Whether nothing behind an `if` runs after its body did."""
    return bool(body) and isinstance(body[-1], LEAVES)


def tested(nodes: list[ast.AST]) -> set[str]:
    """The names that the tests of the `if` statements among the nodes may be about."""
    tests = [one.test for one in nodes if isinstance(one, ast.If)]
    return {one.id for test in tests for one in walk(test) if isinstance(one, ast.Name)}
