"""What is guarded where no clause is written? The body of a `with suppress(…)`, the function that retries."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from broadcatch.program.module import Function, Module
from broadcatch.program.names import own_statements


@dataclass(frozen=True, slots=True)
class Guard:
    """The guarded code as a `try` with one broad clause, the function it stands in, and that of the call."""

    attempt: ast.Try
    handler: ast.ExceptHandler
    inside: Function | None
    around: Function | None


def guarded_at(module: Module, line: int) -> Guard | None:
    """What the call in this row guards: of a context the body, of a decorator the function."""
    for function in module.extents:
        if function.is_decorated and any(
            one.lineno <= line <= (one.end_lineno or 0) for one in function.node.decorator_list
        ):
            return _guard(function.node.body, line, function, function.outer)
    inside = module.function_at(line)
    tree = None if inside else module.tree
    for statement in own_statements(inside.node.body if inside else tree.body if tree else []):
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            if any(item.context_expr.lineno == line for item in statement.items):
                return _guard(statement.body, line, inside, inside)
    return None


def _guard(body: list[ast.stmt], line: int, inside: Function | None, around: Function | None) -> Guard:
    broad, nothing = ast.Name("Exception", ast.Load()), ast.Pass()
    handler = ast.ExceptHandler(broad, None, [nothing])
    attempt = ast.Try(body, [handler], [], [])
    for node in (broad, nothing, handler, attempt):
        node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = line, 0, line, 0
    return Guard(attempt, handler, inside, around)
