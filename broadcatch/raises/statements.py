"""Which region does a list of statements make? One small function for each kind of statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from broadcatch.program.calls import shown
from broadcatch.raises.attempts import attempted
from broadcatch.raises.callables import values_of
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.conditions import conditions, leaves
from broadcatch.raises.context import Context
from broadcatch.raises.expressions import expression, iteration
from broadcatch.raises.managers import managed
from broadcatch.raises.operations.attributes import changed_items
from broadcatch.raises.operations.importing import import_items
from broadcatch.raises.operations.special import in_place_items, truth_items
from broadcatch.raises.operations.storing import looped, stored
from broadcatch.raises.raising import raise_items
from broadcatch.raises.regions import ClauseRegion, Condition, Guarded, Item, Region, Under
from broadcatch.source.walking import children, walk

_LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)
"""At the end of a finally block they replace what was on its way out."""


def region(context: Context, body: list[ast.stmt]) -> Region:
    """What the statements do, in order; what stands behind a branch that leaves belongs to the other one."""
    found: list[Item] = []
    for index, statement in enumerate(body):
        found += statement_items(context, statement)
        if isinstance(statement, ast.If) and not statement.orelse and leaves(statement.body):
            _, otherwise = conditions(context, statement.test)
            if otherwise:
                return (*found, *_under(otherwise, region(context, body[index + 1 :])))
    return tuple(found)


def _under(those: tuple[Condition, ...], inside: Region) -> Region:
    return (Under(those, inside),) if those and inside else inside


def statement_items(context: Context, statement: ast.stmt) -> Iterator[Item]:
    """What one statement does."""
    if isinstance(statement, ast.Try) or type(statement).__name__ == "TryStar":
        yield _try(context, statement)  # type: ignore[arg-type]
    elif isinstance(statement, ast.Raise):
        yield from raise_items(context, statement)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        yield from _with(context, statement, 0)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        again = attempted(context, statement, partial(region, context), values_of)
        if again is not None:
            yield from again
            return
        yield from iteration(context, statement.iter)
        yield from looped(context, statement.target, statement.iter)
        yield from region(context, [*statement.body, *statement.orelse])
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from import_items(context, statement)
    elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        defaults = [*statement.args.defaults, *(d for d in statement.args.kw_defaults if d)]
        for expr in (*statement.decorator_list, *defaults):
            yield from expression(context, expr)
    elif isinstance(statement, ast.ClassDef):
        for expr in (*statement.decorator_list, *statement.bases):
            yield from expression(context, expr)
        yield from region(context, statement.body)
    else:
        yield from _plain(context, statement)


def _is_for_checkers(test: ast.expr) -> bool:
    """Whether a test ends with that name; writing each test out to see it would cost more than reading it."""
    names = (str(getattr(one, "id", "") or getattr(one, "attr", "")) for one in walk(test))
    return any(one.endswith("TYPE_CHECKING") for one in names) and shown(test).endswith("TYPE_CHECKING")


def _plain(context: Context, statement: ast.stmt) -> Iterator[Item]:
    if isinstance(statement, ast.If) and _is_for_checkers(statement.test):
        yield from region(context, statement.orelse)
        return
    if isinstance(statement, ast.If):
        yield from expression(context, statement.test)
        yield from truth_items(context, statement.test)
        holds, otherwise = conditions(context, statement.test)
        yield from _under(holds, region(context.testing(statement.test), statement.body))
        yield from _under(otherwise, region(context, statement.orelse))
        return
    if isinstance(statement, ast.Assert):
        yield context.operation("AssertionError", statement, "assert")
    if isinstance(statement, (ast.Assert, ast.While)):
        yield from truth_items(context, statement.test)
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from stored(context, target, statement.value)
    elif isinstance(statement, ast.AugAssign):
        yield from expression(context, _as_operation(statement))
        yield from in_place_items(context, statement)
        if isinstance(statement.target, ast.Attribute):
            yield from changed_items(context, statement.target, "setter")
        return
    elif isinstance(statement, ast.AnnAssign):
        yield from expression(context, statement.value) if statement.value else ()
        if isinstance(statement.target, ast.Attribute) and statement.value:
            yield from changed_items(context, statement.target, "setter")
        return
    for child in children(statement):
        if isinstance(child, ast.stmt):
            yield from statement_items(context, child)
        elif isinstance(child, ast.expr):
            if not (isinstance(statement, ast.Assign) and child in statement.targets):
                yield from expression(context, child)
        elif isinstance(child, ast.match_case):
            yield from expression(context, child.guard) if child.guard else ()
            yield from region(context, child.body)


def _as_operation(statement: ast.AugAssign) -> ast.BinOp:
    if isinstance(statement.target, ast.Name):  # itself, as where it stands tells its class
        return ast.copy_location(ast.BinOp(statement.target, statement.op, statement.value), statement)
    loaded = ast.copy_location(ast.parse(ast.unparse(statement.target), mode="eval").body, statement.target)
    for node in ast.walk(loaded):
        if isinstance(node, ast.expr):
            ast.copy_location(node, statement.target)
    return ast.copy_location(ast.BinOp(loaded, statement.op, statement.value), statement)


def _try(context: Context, statement: ast.Try) -> Guarded:
    clauses = tuple(clause_region(context, handler) for handler in statement.handlers)
    final = statement.finalbody
    return Guarded(
        region(context, statement.body),
        clauses,
        region(context, statement.orelse),
        region(context, final),
        swallows=bool(final) and isinstance(final[-1], _LEAVES),
    )


def clause_region(context: Context, handler: ast.ExceptHandler) -> ClauseRegion:
    """A clause with the classes that it stops and what its body does."""
    inner = context.inside_clause(handler.name or "")
    return ClauseRegion(
        clause_types(context, handler.type, context.scope), region(inner, handler.body), handler.lineno
    )


def _with(context: Context, statement: ast.With | ast.AsyncWith, index: int) -> Iterator[Item]:
    """The managers from `index` on, each around what follows."""
    if index == len(statement.items):
        yield from region(context, statement.body)
        return
    inside = tuple(_with(context, statement, index + 1))
    is_async = isinstance(statement, ast.AsyncWith)
    yield from managed(context, statement.items[index].context_expr, inside, is_async)
