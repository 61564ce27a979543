"""Does what comes after a handler ask first whether it went well? By something that the handler sets."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from broadcatch.model.aftermath import Use
from broadcatch.program.calls import shown
from broadcatch.program.consuming import names_in

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit", "os.abort"})
_GROWS = frozenset("append add extend insert update setdefault".split())


def guarded(
    use: Use,
    handler: Sequence[ast.stmt],
    following: Sequence[ast.stmt],
    flags: frozenset[str] = frozenset(),
) -> bool:
    """Whether a use hangs on what the handler sets: it is told there that the `try` failed.

    `flags` are names that hold nothing before the `try`, and something only where it went well.
    """
    told = {*stored(handler), *_filled(handler)}
    for part in following if flags else ():
        if any(isinstance(node, ast.If) and _says_done(node, use.line, flags) for node in ast.walk(part)):
            return True
    for part in following:
        for node in ast.walk(part) if told else ():
            if isinstance(node, (ast.If, ast.IfExp)) and _decides(node, use.line):
                if any(one.id in told for one in names_in(node.test)):
                    return True
    return False


def _decides(node: ast.If | ast.IfExp, line: int) -> bool:
    """Whether `line` is reached by the answer to a question: inside of it, or behind an arm that leaves."""
    if node.lineno <= line <= (node.end_lineno or 0):
        return True
    if not isinstance(node, ast.If) or (node.end_lineno or 0) >= line:
        return False
    return not runs_off(node.body) or bool(node.orelse and not runs_off(node.orelse))


def _says_done(node: ast.If, line: int, flags: frozenset[str]) -> bool:
    """Whether `line` is reached only where a flag holds something: in `if done`, behind `if not done`."""
    test = node.test
    refused = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    whole = test.operand if isinstance(test, ast.UnaryOp) and refused else test
    every = isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And) and not refused
    asked = whole.values if isinstance(whole, ast.BoolOp) and every else [whole]
    if not any(isinstance(one, ast.Name) and one.id in flags for one in asked):
        return False
    if refused:
        return (node.end_lineno or 0) < line and not runs_off(node.body)
    return bool(node.body) and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)


def _filled(body: Sequence[ast.stmt]) -> Iterator[str]:
    """The names of what a block puts something into: `errors["base"] = …`, `failed.append(…)`."""
    for part in body:
        for node in ast.walk(part):
            held = node.value if isinstance(node, (ast.Subscript, ast.Attribute)) else None
            stores = isinstance(getattr(node, "ctx", None), ast.Store)
            grows = isinstance(node, ast.Attribute) and node.attr in _GROWS
            if isinstance(held, ast.Name) and held.id not in ("self", "cls") and (stores or grows):
                yield held.id


def runs_off(block: Sequence[ast.stmt]) -> bool:
    """Whether some way runs off the end of a block."""
    for node in block:
        if isinstance(node, _LEAVES) or _exits(node):
            return False
        if isinstance(node, ast.If) and node.orelse and not runs_off(node.body) and not runs_off(node.orelse):
            return False
        if isinstance(node, (ast.With, ast.AsyncWith)) and not runs_off(node.body):
            return False
        if isinstance(node, ast.Try) and not _try_runs_off(node):
            return False
    return True


def _try_runs_off(node: ast.Try) -> bool:
    """Whether some way runs off the end of a `try`: through its body, or through one of its clauses."""
    through = runs_off([*node.body, *node.orelse]) or any(runs_off(one.body) for one in node.handlers)
    return through and runs_off(node.finalbody)


def _exits(node: ast.stmt) -> bool:
    """Whether a statement ends the process."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and shown(call.func) in _EXITS


def stored(body: Sequence[ast.stmt]) -> set[str]:
    """The plain names that a block binds itself."""
    return {
        node.id
        for part in body
        if not isinstance(part, _DEFINITIONS)
        for node in names_in(part)
        if isinstance(node.ctx, ast.Store)
    }
