"""What leaves a loop of attempts, `for attempt in Retrying(…): with attempt: …`, as tenacity makes them?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from broadcatch.raises.context import Context
from broadcatch.raises.regions import Item, Region
from broadcatch.raises.retrying import Again, Unclear, ValuesOf, by_tenacity, name_of, of_package
from broadcatch.source.walking import walk


def attempted(
    context: Context,
    loop: ast.For | ast.AsyncFor,
    read: Callable[[list[ast.stmt]], Region],
    values_of: ValuesOf,
) -> Region | None:
    """What `for attempt in Retrying(…): with attempt: …` lets out; None for another loop."""
    call = loop.iter
    at = next((index for index, one in enumerate(loop.body) if _enters(one, loop.target)), None)
    if at is None or not isinstance(call, ast.Call):
        return None
    if of_package(name_of(context, call.func), "tenacity") not in ("Retrying", "AsyncRetrying"):
        return None
    tried = loop.body[at]
    body = read(tried.body)  # type: ignore[attr-defined]
    hidden = any(getattr(one, "id", getattr(one, "attr", "")) == "TryAgain" for one in walk(tried))
    is_async = isinstance(loop, ast.AsyncFor)
    try:
        found = by_tenacity(Again(context, loop.lineno, call, body, is_async, hidden, values_of))
    except Unclear:
        return None
    rest = read([*loop.body[:at], *loop.body[at + 1 :], *loop.orelse])
    return (*_evaluated(context, call), *(body if found is None else found), *rest)


def _evaluated(context: Context, expr: ast.expr) -> Iterator[Item]:
    """What evaluating the arguments can raise; tenacity's own classes only keep what they are given."""
    if isinstance(expr, ast.BinOp):
        yield from _evaluated(context, expr.left)
        yield from _evaluated(context, expr.right)
    elif isinstance(expr, ast.Call) and of_package(name_of(context, expr.func), "tenacity"):
        for one in (*expr.args, *(keyword.value for keyword in expr.keywords)):
            yield from _evaluated(context, one)
    else:
        yield from context.read(expr)


def _enters(statement: ast.stmt, target: ast.expr) -> bool:
    if not isinstance(statement, (ast.With, ast.AsyncWith)) or not isinstance(target, ast.Name):
        return False
    entered = statement.items[0].context_expr
    return len(statement.items) == 1 and isinstance(entered, ast.Name) and entered.id == target.id
