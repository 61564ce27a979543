"""For which values of parameters does a branch run? What the tests of `if` statements say of them."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from typing import TypeAlias

from broadcatch.raises.context import Context
from broadcatch.raises.parameters import parameter_of
from broadcatch.raises.regions import Condition

Ways: TypeAlias = "tuple[tuple[Condition, ...], tuple[Condition, ...]]"
"""What surely holds where a test is true, and where it is false."""
NOTHING: Ways = ((), ())
TYPES: Mapping[str, type] = {one.__name__: one for one in (str, bytes, int, float, bool, complex, dict, list)}
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
    names = [one.id for one in named if isinstance(one, ast.Name)]
    known = all(name in TYPES and context.scope.find(name) is None for name in names)
    if len(names) != len(named) or not known:
        return None
    return _about(context, call.args[0], "isinstance", tuple(names))


def _about(
    context: Context, name: ast.Name, test: str, values: tuple[str, ...], holds: bool = True
) -> Condition | None:
    parameter = parameter_of(context, name.id)
    return None if parameter is None else Condition(parameter, test, values, holds)


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


def tested(node: ast.AST) -> set[str]:
    """The names that the tests of `if` statements inside a node may be about."""
    tests = [one.test for one in ast.walk(node) if isinstance(one, ast.If)]
    return {one.id for test in tests for one in ast.walk(test) if isinstance(one, ast.Name)}
