"""Which region does a list of statements make? One small function for each kind of statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.meaning import Bound
from broadcatch.program.module import Function
from broadcatch.program.project import External, Value
from broadcatch.program.scope import Scope, module_scope
from broadcatch.raises.callsite import consumed
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.expressions import expression, iteration, stored
from broadcatch.raises.regions import ClauseRegion, Guarded, Item, PutBack, Region
from broadcatch.raises.targets import target_items

ALWAYS_THERE = frozenset(
    "__future__ abc argparse ast asyncio base64 collections concurrent contextlib copy csv "
    "dataclasses datetime decimal difflib email enum errno functools glob gzip hashlib hmac html "
    "http importlib inspect io itertools json logging math multiprocessing operator os pathlib "
    "pickle platform queue random re secrets shlex shutil signal socket statistics string struct "
    "subprocess sys tempfile textwrap threading time traceback types typing unittest urllib uuid "
    "warnings weakref xml zipfile zlib numbers fractions bisect heapq array".split()
)
"""Modules of the standard library that every supported Python has on every platform."""


def region(context: Context, body: list[ast.stmt]) -> Region:
    """What the statements do about exceptions, in order."""
    return tuple(item for statement in body for item in statement_items(context, statement))


def statement_items(context: Context, statement: ast.stmt) -> Iterator[Item]:
    """What one statement does."""
    if isinstance(statement, ast.Try) or type(statement).__name__ == "TryStar":
        yield _try(context, statement)  # type: ignore[arg-type]
    elif isinstance(statement, ast.Raise):
        yield from _raise(context, statement)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        yield from _with(context, statement, 0)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield from iteration(context, statement.iter)
        yield from stored(context, statement.target, None)
        yield from region(context, [*statement.body, *statement.orelse])
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from _import(context, statement)
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


def _plain(context: Context, statement: ast.stmt) -> Iterator[Item]:
    if isinstance(statement, ast.If) and shown(statement.test).endswith("TYPE_CHECKING"):
        yield from region(context, statement.orelse)
        return
    if isinstance(statement, ast.If):
        yield from expression(context, statement.test)
        yield from region(context.testing(statement.test), statement.body)
        yield from region(context, statement.orelse)
        return
    if isinstance(statement, ast.Assert):
        yield context.operation("AssertionError", statement, "assert")
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from stored(context, target, statement.value)
    elif isinstance(statement, ast.AugAssign):
        yield from expression(context, _as_operation(statement))
        return
    elif isinstance(statement, ast.AnnAssign):
        yield from expression(context, statement.value) if statement.value else ()
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            yield from statement_items(context, child)
        elif isinstance(child, ast.expr):
            if not (isinstance(statement, ast.Assign) and child in statement.targets):
                yield from expression(context, child)
        elif isinstance(child, ast.match_case):
            yield from expression(context, child.guard) if child.guard else ()
            yield from region(context, child.body)


def _as_operation(statement: ast.AugAssign) -> ast.BinOp:
    loaded = ast.copy_location(ast.parse(ast.unparse(statement.target), mode="eval").body, statement.target)
    for node in ast.walk(loaded):
        if isinstance(node, ast.expr):
            ast.copy_location(node, statement.target)
    return ast.copy_location(ast.BinOp(loaded, statement.op, statement.value), statement)


def _import(context: Context, statement: ast.Import | ast.ImportFrom) -> Iterator[Item]:
    if isinstance(statement, ast.ImportFrom) and (statement.level or statement.module is None):
        return
    names = (
        [statement.module or ""]
        if isinstance(statement, ast.ImportFrom)
        else [a.name for a in statement.names]
    )
    for name in names:
        head = name.split(".")[0]
        if head not in ALWAYS_THERE and context.resolver.project.find(name, context.scope.module) is None:
            yield context.operation("ImportError", statement, f"import of {name}")
            if not is_standard(name):
                yield context.open(statement, f"import {name}", "importing it runs its code")


def _raise(context: Context, statement: ast.Raise) -> Iterator[Item]:
    raised = statement.exc
    if statement.cause is not None:
        yield from expression(context, statement.cause)
    if raised is None:
        if context.bound:
            yield PutBack(statement.lineno)
        else:
            yield context.open(statement, "raise", "bare raise outside an except clause")
        return
    again = _bound_name(raised)
    if again and again in context.bound:
        level = context.bound[::-1].index(again)
        yield PutBack(statement.lineno, level)
        return
    yield from _raise_value(context, statement, raised)


def _bound_name(raised: ast.expr) -> str:
    """The name in `raise name` and `raise name.with_traceback(…)`."""
    if isinstance(raised, ast.Call) and isinstance(raised.func, ast.Attribute):
        raised = raised.func.value if raised.func.attr == "with_traceback" else raised
    return raised.id if isinstance(raised, ast.Name) else ""


def _raise_value(context: Context, statement: ast.Raise, raised: ast.expr) -> Iterator[Item]:
    resolver = context.resolver
    named = raised.func if isinstance(raised, ast.Call) else raised
    name = resolver.class_named(named, context.scope)
    found = resolver.meaning(named, context.scope)
    outside = isinstance(found, External) and not resolver.hierarchy.is_known(name)
    if outside and not name.rsplit(".", 1)[-1][:1].isupper():
        name = ""
    if name and isinstance(raised, ast.Call):
        for arg in [*raised.args, *(keyword.value for keyword in raised.keywords)]:
            yield from expression(context, arg)
        if not isinstance(found, External):
            yield from target_items(context, resolve_meaning(resolver, found, shown(named)), raised, True)
    elif not name:
        yield from expression(context, raised)
        of = resolver.type_of(raised, context.scope)
        name = of.name if of and resolver.hierarchy.is_exception(of.name) else ""
    if not name:
        yield context.open(statement, f"raise {shown(raised)}", "the class of what is raised is not known")
        return
    evidence = Evidence("raise", context.path, statement.lineno, f"raise {name.rsplit('.', 1)[-1]}")
    yield Raised(name, statement.lineno, evidence)


def _try(context: Context, statement: ast.Try) -> Guarded:
    clauses = tuple(clause_region(context, handler) for handler in statement.handlers)
    final = statement.finalbody
    return Guarded(
        region(context, statement.body),
        clauses,
        region(context, statement.orelse),
        region(context, final),
        swallows=bool(final) and isinstance(final[-1], ast.Return),
    )


def clause_region(context: Context, handler: ast.ExceptHandler) -> ClauseRegion:
    """A clause with the classes that it stops and what its body does."""
    inner = context.inside_clause(handler.name or "")
    return ClauseRegion(
        clause_types(context, handler.type, context.scope), region(inner, handler.body), handler.lineno
    )


def clause_types(context: Context, expr: ast.expr | None, scope: Scope) -> tuple[str, ...]:
    """Canonical names of the classes in an except clause; what cannot be resolved is left out."""
    if expr is None:
        return ("BaseException",)
    if isinstance(expr, ast.Starred):
        return clause_types(context, expr.value, scope)
    if isinstance(expr, ast.Tuple):
        return tuple(name for one in expr.elts for name in clause_types(context, one, scope))
    if isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.Add):
        return clause_types(context, expr.left, scope) + clause_types(context, expr.right, scope)
    name = context.resolver.class_named(expr, scope)
    if name:
        return (name,)
    if isinstance(expr, ast.Name):
        found = scope.find(expr.id)
        symbol = context.resolver.project.member(scope.module, expr.id)
        if found and found[0].function is None and isinstance(symbol, Value) and len(symbol.bindings) == 1:
            value = symbol.bindings[0].expr
            if isinstance(value, (ast.Tuple, ast.BinOp)):
                return clause_types(context, value, module_scope(symbol.module))
    return ()


def _with(context: Context, statement: ast.With | ast.AsyncWith, index: int) -> Iterator[Item]:
    """The managers from `index` on, each around what follows."""
    if index == len(statement.items):
        yield from region(context, statement.body)
        return
    manager = statement.items[index].context_expr
    inside = tuple(_with(context, statement, index + 1))
    if isinstance(manager, ast.Call):
        found = context.resolver.meaning(manager.func, context.scope)
        if isinstance(found, External) and found.name == "contextlib.suppress":
            types = tuple(name for arg in manager.args for name in clause_types(context, arg, context.scope))
            yield Guarded(inside, (ClauseRegion(types, line=manager.lineno),))
            return
    yield from _entering(context, manager)
    yield from inside


def _entering(context: Context, manager: ast.expr) -> Iterator[Item]:
    yield from consumed(context, manager, expression)
    of = context.resolver.type_of(manager, context.scope)
    if of is not None and isinstance(of.target, Function):
        return
    if of is None:
        if not _is_known_call(context, manager):
            yield context.open(manager, shown(manager), "context manager of unknown type")
        return
    for special in ("__enter__", "__exit__", "__aenter__", "__aexit__"):
        method = context.resolver.member(of, special)
        if isinstance(method, Bound):
            target = resolve_meaning(context.resolver, method, f"{shown(manager)}.{special}")
            yield from target_items(context, target, manager, True)


def _is_known_call(context: Context, manager: ast.expr) -> bool:
    if not isinstance(manager, ast.Call):
        return False
    found = context.resolver.meaning(manager.func, context.scope)
    return isinstance(found, External) and context.table.lookup(found.name) is not None
