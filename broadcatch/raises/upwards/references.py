"""Where does a function go by its name? Handed on, kept, put off; or called, perhaps, by that name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from broadcatch.program.calls import is_deferred, resolve_call, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Function, Module
from broadcatch.program.places import function_at
from broadcatch.program.scope import Scope, module_scope
from broadcatch.raises.escapes import Engine
from broadcatch.raises.upwards.lost import lost_here


@dataclass(frozen=True, slots=True)
class Reference:
    """`passed`: the function goes elsewhere; `later`: a call put off; `possible`: one by its name.

    `lost` says why nobody hears of an exception that comes out of it there, "" where somebody may.
    """

    kind: Literal["passed", "later", "possible"]
    module: Module
    caller: Function | None
    line: int
    detail: str
    lost: str = ""


class Speaking:
    """The names of one module and what stands around each; read once."""

    def __init__(self, engine: Engine, module: Module) -> None:
        self._resolver = engine.resolver
        self._module = module
        self._around: dict[ast.AST, ast.AST] = {}
        self._named: dict[str, list[ast.Name | ast.Attribute]] = {}
        self._inside: dict[int, Function | None] = {}
        for node in ast.walk(module.tree) if module.tree else ():
            for child in ast.iter_child_nodes(node):
                self._around[child] = node
            if isinstance(node, (ast.Name, ast.Attribute)):
                self._named.setdefault(_name(node), []).append(node)

    def of(self, function: Function, names: frozenset[str]) -> Iterator[Reference]:
        """Each place that speaks of the function by one of the names and does not surely call it."""
        for name in sorted(names & self._named.keys()):
            for node in self._named[name]:
                yield from self._reference(function, node)

    def _reference(self, function: Function, node: ast.Name | ast.Attribute) -> Iterator[Reference]:
        caller = self._caller(node.lineno)
        scope = self._resolver.scope(caller) if caller else module_scope(self._module)
        above = self._around[node]
        if isinstance(above, ast.Call) and above.func is node:
            yield from self._call(function, node, above, scope, caller)
        elif isinstance(node.ctx, ast.Load) and not isinstance(above, ast.Attribute):
            found = self._resolver.meaning(node, scope)
            meant = found.functions if isinstance(found, Bound) and not found.is_property else (found,)
            if function in meant:
                detail, lost = _goes(node, self._around), self._lost(node, scope)
                yield Reference("passed", self._module, caller, node.lineno, detail, lost)

    def _caller(self, line: int) -> Function | None:
        """The function around a row; the same rows are asked for again and again."""
        if line not in self._inside:
            self._inside[line] = function_at(self._module, line)
        return self._inside[line]

    def _call(
        self,
        function: Function,
        node: ast.Name | ast.Attribute,
        call: ast.Call,
        scope: Scope,
        caller: Function | None,
    ) -> Iterator[Reference]:
        target = resolve_call(self._resolver, call, scope)
        around = _lambda(node, self._around)
        if function in target.functions and around is not None:
            detail = f"called in a lambda that is {_goes(around, self._around)}"
            lost = self._lost(around, scope)
            yield Reference("later", self._module, caller, node.lineno, detail, lost)
        elif function in target.functions and is_deferred(function):
            what = "coroutine" if function.is_async and not function.yields else "generator"
            detail = f"its {what} is {_goes(call, self._around)}"
            lost = self._lost(call, scope)
            yield Reference("later", self._module, caller, node.lineno, detail, lost)
        elif not (target.functions or target.externals) and isinstance(node, ast.Attribute):
            if node.attr == function.node.name and function.owner is not None:
                yield Reference("possible", self._module, caller, node.lineno, shown(node))

    def _lost(self, node: ast.AST, scope: Scope) -> str:
        return lost_here(node, self._around, self._resolver, scope)


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
