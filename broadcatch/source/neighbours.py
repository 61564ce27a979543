"""What stands around a `try` in its function: which of its names had a value, which are only asked after it?
Is something asserted after it, and what does the docstring say?

Read from `ast` for whole functions, as the slice of a `try` does not hold them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.model.aftermath import Written
from broadcatch.model.facts import Handler
from broadcatch.source.behind import behind
from broadcatch.source.bindings import ScopeNode
from broadcatch.source.callees import callees, cancelled_by_calls
from broadcatch.source.callers import asks_answer, asks_next
from broadcatch.source.progress import advanced, saved_over, tells_success
from broadcatch.source.slices import DEFINITIONS, FUNCTIONS, TRY
from broadcatch.source.walking import inside

_CANCELLATIONS = ("CancelledError", "BaseException")
_ASKING = frozenset({"bool", "len", "any", "all", "isinstance"})
_BEST_EFFORT = re.compile(
    r"\bbest[ -]effort\b|\b(must|should)(n't| not| never) (break|block|fail|abort|interrupt|stop)\b"
    r"|\bnever (breaks|blocks|fails|raises|raised|aborts|interrupts)\b",
    re.IGNORECASE,
)

_FAILS = (
    r"(fails?|failed|failure|errors?|cannot|can't|can ?not|could not|couldn't|invalid|unavailable|unable"
    r"|missing|not? (be )?(found|available|known|readable|parsed|read|set)|unknown|wrong|otherwise)"
)
_INSTEAD = re.compile(
    r"\bfall(s|ing)?[ -]?backs?\b"
    r"|\b(returns?|gives?|yields?|or|else|is)\b:? [`'\"]*"
    r"(None|False|an? empty \w+|\[\]|\{\}|the default\w*|-?\d+|''|\"\")"
    r"[`'\"]* [^.]{0,24}?\b(if|when|where|on|in case|for)\b[^.]{0,60}?\b" + _FAILS + r"\b"
    r"|\b(if|when|where|on|in case)\b[^.]{0,60}?\b" + _FAILS + r"\b[^.]{0,40}?\breturns?\b",
    re.IGNORECASE,
)


def with_neighbours(handlers: list[Handler], tree: ast.Module) -> list[Handler]:
    """The same handlers; the deep ones know what is bound before their `try`, and only asked for after."""
    lines = {one.try_line for one in handlers if one.deep}
    found = {node.lineno: (node, scope, owner) for node, scope, owner in _tries(tree, tree, None, lines)}
    known = [_with(one, *found[one.try_line]) if one.try_line in found else one for one in handlers]
    return [
        _in_file(one, *found[one.try_line], tree) if one.deep and one.try_line in found else one
        for one in known
    ]


def _tries(
    node: ast.AST, scope: ScopeNode, owner: ast.ClassDef | None, lines: set[int]
) -> Iterator[tuple[ast.Try, ScopeNode, ast.ClassDef | None]]:
    """The tries of these lines, each with its scope, and the class that this is a method of."""
    if not lines:
        return
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            continue
        if isinstance(child, TRY) and child.lineno in lines:
            yield child, scope, owner  # type: ignore[misc]
        if isinstance(child, ast.match_case) or _holds(child, lines):
            if isinstance(child, DEFINITIONS):
                around = scope if isinstance(scope, ast.ClassDef) else None
                yield from _tries(child, child, around, lines)
            else:
                yield from _tries(child, scope, owner, lines)


def _holds(node: ast.stmt | ast.ExceptHandler, lines: set[int]) -> bool:
    end = node.end_lineno or node.lineno
    return end > node.lineno and any(node.lineno <= line <= end for line in lines)


def _with(handler: Handler, node: ast.Try, scope: ScopeNode, owner: ast.ClassDef | None) -> Handler:
    if not handler.deep:
        return handler
    names = {one.id for one in _names(node) if isinstance(one.ctx, ast.Store)}
    before = {one.id for one in _names(scope) if isinstance(one.ctx, ast.Store) and one.lineno < node.lineno}
    if isinstance(scope, FUNCTIONS):
        before |= {one.arg for one in ast.walk(scope.args) if isinstance(one, ast.arg)}
    handler = _behind(handler, node, scope, owner)
    asked = () if handler.place.loop else _only_asked(names, node, scope)
    return replace(
        handler,
        before=tuple(sorted(names & before)),
        asked=tuple(sorted(asked)),
        after=tuple(sorted(names & set(_read_after(node, scope)))),
        asserted=any(line > (node.end_lineno or node.lineno) for line in _assertions(scope)),
        best_effort=isinstance(scope, FUNCTIONS) and bool(_BEST_EFFORT.search(_docstring(scope))),
        documented=isinstance(scope, FUNCTIONS) and bool(_INSTEAD.search(_docstring(scope))),
    )


def _in_file(
    handler: Handler, node: ast.Try, scope: ScopeNode, owner: ast.ClassDef | None, tree: ast.Module
) -> Handler:
    """The same, with what the functions do that the clause calls, and what the callers of this one ask."""
    clause = _clause(handler, node)
    made = callees(clause, tree, owner) if clause is not None else ()
    name = scope.name if isinstance(scope, FUNCTIONS) and _gives(clause) else ""
    asked = bool(name) and asks_answer(name, tree)
    return replace(
        handler,
        callees=made,
        answer_asked=asked,
        next_asked=asked and asks_next(name, tree),
        cancelled=(*handler.cancelled, *_cancelled(handler, node, scope, owner)),
    )


def _cancelled(
    handler: Handler, node: ast.Try, scope: ScopeNode, owner: ast.ClassDef | None
) -> tuple[str, ...]:
    """What methods that are called before the `try` cancel, where the clause may take a cancellation."""
    takes = not handler.caught or any(one.name.endswith(_CANCELLATIONS) for one in handler.caught)
    if not takes or not isinstance(scope, ast.AsyncFunctionDef):
        return ()
    before = [one for one in _statements(scope) if one.lineno < node.lineno]
    return cancelled_by_calls(before, owner)


def _statements(scope: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, ast.Expr):
            yield child
        elif isinstance(child, (ast.stmt, ast.ExceptHandler)) and not isinstance(child, DEFINITIONS):
            yield from _statements(child)


def _clause(handler: Handler, node: ast.Try) -> ast.ExceptHandler | None:
    return next((one for one in node.handlers if one.lineno == handler.span.line), None)


def _gives(clause: ast.ExceptHandler | None) -> bool:
    """Whether a clause answers."""
    return clause is not None and any(isinstance(node, ast.Return) for node in ast.walk(clause))


def _behind(handler: Handler, node: ast.Try, scope: ScopeNode, owner: ast.ClassDef | None) -> Handler:
    """The same, with what the code behind the `try` does, whatever has happened in it."""
    clause = _clause(handler, node)
    if clause is None or isinstance(scope, (ast.ClassDef, ast.Lambda)):
        return handler
    after = behind(scope.body, node) or []
    made = {
        one.id
        for part in (*node.body, *clause.body)
        for one in ast.walk(part)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    method = owner is not None and isinstance(scope, FUNCTIONS)
    over = saved_over(scope, owner, clause, node.body) if method else None  # type: ignore[arg-type]
    return replace(
        handler,
        advanced=_target(advanced(after, made)),
        tells_success=_target(tells_success(after)),
        saved_over=_target(over),
    )


def _target(found: Written | None) -> str:
    return found.target if found is not None else ""


def _read_after(node: ast.Try, scope: ScopeNode) -> Iterator[str]:
    """The names that are read behind a `try` and not bound again in between, as the lines tell."""
    end = node.end_lineno or node.lineno
    later = [one for one in _names(scope) if one.lineno > end]
    bound: dict[str, int] = {}
    for one in later:
        if isinstance(one.ctx, ast.Store):
            bound[one.id] = min(one.lineno, bound.get(one.id, one.lineno))
    for one in later:
        if isinstance(one.ctx, ast.Load) and one.lineno < bound.get(one.id, one.lineno + 1):
            yield one.id


def _docstring(scope: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The docstring on one line, "" for none."""
    return " ".join((ast.get_docstring(scope) or "").split())


def _assertions(scope: ast.AST) -> Iterator[int]:
    """The lines of `assert` and of calls whose name begins with it (`self.assertEqual`)."""
    for node in inside(scope, DEFINITIONS):
        if isinstance(node, ast.Assert):
            yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name.startswith("assert"):
                yield node.lineno


def _names(node: ast.AST) -> Iterator[ast.Name]:
    """The names of a scope, those of the functions and classes inside it left out."""
    return (one for one in inside(node, DEFINITIONS) if isinstance(one, ast.Name))


def _only_asked(names: set[str], node: ast.Try, scope: ScopeNode) -> set[str]:
    """The names of which what comes after the `try` only asks whether they hold anything."""
    end = node.end_lineno or node.lineno
    read = [one for one in _names(scope) if isinstance(one.ctx, ast.Load) and one.lineno > end]
    tests = {id(name) for test in _tests(scope) for name in _asked(test)}
    used = {one.id for one in read if id(one) not in tests}
    return {one.id for one in read if id(one) in tests} & names - used


def _tests(scope: ast.AST) -> Iterator[ast.expr]:
    kinds = (ast.If, ast.While, ast.IfExp, ast.Assert)
    return (one.test for one in inside(scope, DEFINITIONS) if isinstance(one, kinds))


def _asked(test: ast.expr) -> Iterator[ast.Name]:
    """The names whose truth, or whose being None, a test asks for."""
    if isinstance(test, ast.Name):
        yield test
    elif isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _asked(value)
    elif isinstance(test, ast.UnaryOp):
        yield from _asked(test.operand)
    elif isinstance(test, ast.Compare):
        yield from _asked(test.left)
    elif isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id in _ASKING:
        yield from (one for one in test.args if isinstance(one, ast.Name))
