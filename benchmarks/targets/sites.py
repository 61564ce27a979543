"""Which calls are asked about? Those in the body of a `try` with a broad clause, with their scopes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.program.calls import shown
from broadcatch.program.module import Module
from broadcatch.program.names import dotted, own_statements
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope, module_scope

BROAD = frozenset({"Exception", "BaseException"})


@dataclass(frozen=True, eq=False)
class Site:
    """A call: `line` (from 1) and `column` (from 0, in UTF-16 units) of the callee's last name.

    `column` is -1 where the callee has no name: a call of a call, of an item, of a lambda.
    """

    path: str
    line: int
    column: int
    text: str
    call: ast.Call
    scope: Scope


def sites(resolver: Resolver, module: Module, lines: list[str]) -> Iterator[Site]:
    """Every such call of the module, once; `lines` are those of its source."""
    seen: set[ast.Call] = set()
    for body, scope in scopes(resolver, module):
        for statement in own_statements(body):
            if isinstance(statement, ast.Try) and any(is_broad(one.type) for one in statement.handlers):
                for call in calls(statement.body):
                    if call not in seen:
                        seen.add(call)
                        line, column = position(call, lines)
                        yield Site(module.path, line, column, shown(call.func), call, scope)


def scopes(resolver: Resolver, module: Module) -> Iterator[tuple[list[ast.stmt], Scope]]:
    """Every body of the module with the scope in which its statements stand."""
    if module.tree is not None:
        yield module.tree.body, module_scope(module)
    for function in module.extents:
        yield function.node.body, resolver.scope(function)
    for cls in module.classes.values():
        yield cls.node.body, resolver.class_scope(cls)


def is_broad(caught: ast.expr | None) -> bool:
    """Whether a clause of this type catches everything: bare, or with `Exception` or `BaseException`."""
    if isinstance(caught, ast.Tuple):
        return any(is_broad(one) for one in caught.elts)
    return caught is None or dotted(caught) in BROAD


def calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """The calls in a body, those in lambdas too; functions and classes defined in it run elsewhere."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Call):
            yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            todo.extend(ast.iter_child_nodes(node))


def position(call: ast.Call, lines: list[str]) -> tuple[int, int]:
    """Where the callee's last name stands: line from 1, column in UTF-16 units (-1: it has no name)."""
    func = call.func
    if isinstance(func, ast.Name):
        line, column = func.lineno, func.col_offset
    elif isinstance(func, ast.Attribute):
        line, column = func.end_lineno or func.lineno, (func.end_col_offset or 0) - len(func.attr.encode())
    else:
        return func.lineno, -1
    before = lines[line - 1].encode()[:column].decode()
    return line, len(before.encode("utf-16-le")) // 2
