"""Does a raise only check what its function was given? Then code that runs at all does not meet it.

`if not isinstance(x, Task): raise TypeError` in a library says that the caller is wrong. People catch what
the data brings, not such checks, and from far away they are seldom true.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from broadcatch.model.raising import Raised
from broadcatch.program.module import Function
from broadcatch.program.names import dotted
from broadcatch.program.project import Project
from broadcatch.suggest.ways import is_foreign

_KINDS = frozenset({"isinstance", "issubclass", "hasattr", "callable", "type"})
_MISTAKES = frozenset({"AttributeError", "TypeError"})
_BLOCKS = ("body", "orelse", "finalbody")


def checks(project: Project, those: Iterable[Raised]) -> frozenset[tuple[str, int]]:
    """The places (file, row) where a `raise` only checks arguments: in libraries; a TypeError anywhere."""
    raised = [one for one in those if one.evidence.kind == "raise"]
    looked = [one for one in raised if is_foreign(one.evidence.path) or one.type == "TypeError"]
    places = {(one.evidence.path, one.evidence.line) for one in looked}
    return frozenset(one for one in places if _is_check(project, *one))


def _is_check(project: Project, path: str, line: int) -> bool:
    function = project.module_at(path).function_at(line)
    guards = list(_guards(function.node.body, line)) if function else []
    if not guards or function is None:
        return False
    last = guards[-1]
    return _asks_of_arguments(last, function) or (is_foreign(path) and _asks_of_installation(last, function))


def _guards(body: list[ast.stmt], line: int) -> Iterator[ast.If | ast.ExceptHandler]:
    """The branches and clauses around the row, the innermost last."""
    for statement in body:
        if not statement.lineno <= line <= (statement.end_lineno or statement.lineno):
            continue
        if isinstance(statement, ast.If):
            yield statement
        for one in _BLOCKS:
            yield from _guards(getattr(statement, one, []), line)
        for handler in getattr(statement, "handlers", ()):
            if handler.lineno <= line <= (handler.end_lineno or handler.lineno):
                yield handler
                yield from _guards(handler.body, line)


def _asks_of_arguments(guard: ast.If | ast.ExceptHandler, function: Function) -> bool:
    if isinstance(guard, ast.ExceptHandler):
        named = guard.type.elts if isinstance(guard.type, ast.Tuple) else [guard.type] if guard.type else []
        names = {dotted(one) for one in named}
        return bool(names & _MISTAKES) and names <= _MISTAKES | {"ValueError"}
    given = _given(function)
    return any(_is_of_kind(one) or _is_about(one, given) for one in ast.walk(guard.test))


def _asks_of_installation(guard: ast.If | ast.ExceptHandler, function: Function) -> bool:
    """Whether a library asks its own module alone: what is installed with it, how it was set up."""
    if isinstance(guard, ast.ExceptHandler):
        return False
    nodes = list(ast.walk(guard.test))
    names = [one.id for one in nodes if isinstance(one, ast.Name)]
    own = _given(function) | {one.id for one in ast.walk(function.node) if _is_stored(one)}
    plain = not any(isinstance(one, (ast.Call, ast.Attribute, ast.Subscript)) for one in nodes)
    return plain and bool(names) and all(one in function.module.names and one not in own for one in names)


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _given(function: Function) -> frozenset[str]:
    """The parameters of a function, its receiver aside."""
    args = function.node.args
    named = [one.arg for one in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    return frozenset(named) - {"self", "cls"}


def _is_of_kind(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func) in _KINDS


def _is_about(node: ast.AST, given: frozenset[str]) -> bool:
    """`x is None` and `x < 0`, of a parameter."""
    if not isinstance(node, ast.Compare) or dotted(node.left).partition(".")[0] not in given:
        return False
    if isinstance(node.ops[0], ast.NotIn) and isinstance(node.comparators[0], (ast.Tuple, ast.Set, ast.List)):
        return True  # one of a few words
    ordered = isinstance(node.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
    return isinstance(node.ops[0], (ast.Is, ast.IsNot)) or (
        ordered and isinstance(node.comparators[0], ast.Constant)
    )
