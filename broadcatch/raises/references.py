"""Where does a function go by its name? Handed on, kept, put off; or called, perhaps, by that name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from broadcatch.program.calls import is_deferred, resolve_call, shown
from broadcatch.program.locate import function_at
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Function, Module
from broadcatch.program.scope import module_scope
from broadcatch.raises.escapes import Engine


@dataclass(frozen=True, slots=True)
class Reference:
    """`passed`: the function goes elsewhere; `later`: a call put off; `possible`: one by its name."""

    kind: Literal["passed", "later", "possible"]
    module: Module
    caller: Function | None
    line: int
    detail: str


def references(
    engine: Engine, module: Module, function: Function, names: frozenset[str]
) -> Iterator[Reference]:
    """Each place of the module that speaks of the function by one of `names` and does not surely call it."""
    if module.tree is None:
        return
    around = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
    for node in around:
        if _name(node) in names and isinstance(node, (ast.Name, ast.Attribute)):
            yield from _reference(engine, module, function, node, around)


def _reference(
    engine: Engine,
    module: Module,
    function: Function,
    node: ast.Name | ast.Attribute,
    around: dict[ast.AST, ast.AST],
) -> Iterator[Reference]:
    caller = function_at(module, node.lineno)
    scope = engine.resolver.scope(caller) if caller else module_scope(module)
    above = around[node]
    if isinstance(above, ast.Call) and above.func is node:
        target = resolve_call(engine.resolver, above, scope)
        later = _lambda(node, around)
        if function in target.functions and later is not None:
            detail = f"called in a lambda that is {_goes(later, around)}"
            yield Reference("later", module, caller, node.lineno, detail)
        elif function in target.functions and is_deferred(function):
            what = "coroutine" if function.is_async and not function.yields else "generator"
            yield Reference("later", module, caller, node.lineno, f"its {what} is {_goes(above, around)}")
        elif not (target.functions or target.externals) and _name(node) == function.node.name:
            if isinstance(node, ast.Attribute) and function.owner is not None:
                yield Reference("possible", module, caller, node.lineno, shown(node))
        return
    if not isinstance(node.ctx, ast.Load) or (isinstance(above, ast.Attribute)):
        return
    found = engine.resolver.meaning(node, scope)
    meant = found.functions if isinstance(found, Bound) and not found.is_property else (found,)
    if function in meant:
        yield Reference("passed", module, caller, node.lineno, _goes(node, around))


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _lambda(node: ast.AST, around: dict[ast.AST, ast.AST]) -> ast.Lambda | None:
    """The lambda whose body holds the node."""
    while node in around and not isinstance(node, ast.stmt):
        node = around[node]
        if isinstance(node, ast.Lambda):
            return node
    return None


def _goes(node: ast.AST, around: dict[ast.AST, ast.AST]) -> str:
    """What becomes of the value, in words."""
    above = around[node]
    while isinstance(above, (ast.keyword, ast.Starred, ast.Tuple, ast.List, ast.IfExp, ast.Dict)):
        node, above = above, around[above]
    if isinstance(above, ast.Call):
        return f"handed to {shown(above.func)}"
    if (
        isinstance(above, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and node in above.decorator_list
    ):
        return f"decorates {above.name}"
    if isinstance(above, (ast.Assign, ast.AnnAssign)):
        target = above.targets[0] if isinstance(above, ast.Assign) else above.target
        return f"kept as {shown(target)}"
    if isinstance(above, (ast.Return, ast.Yield)):
        return "returned"
    return "used as a value"
