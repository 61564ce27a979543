"""How does what stands behind a `try` end? By an answer, by an error, or out of a loop."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from broadcatch.model.aftermath import Written
from broadcatch.program.guarding import runs_off

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Yield, ast.YieldFrom)


def first_answer(following: Sequence[ast.stmt]) -> Written | None:
    """The first answer that what comes after the `try` gives."""
    ends = (node for part in following for node in ast.walk(part) if isinstance(node, ast.Return))
    return next((Written(end.lineno, ast.unparse(end.value)) for end in ends if end.value is not None), None)


def straight_answer(following: Sequence[ast.stmt]) -> Written | None:
    """The answer on the level of the `try`, or further out: no question stands around it."""
    ends = (one for one in following if isinstance(one, ast.Return) and one.value is not None)
    return next((Written(one.lineno, ast.unparse(one.value)) for one in ends if one.value is not None), None)


def always_raises(following: Sequence[ast.stmt], loop: ast.stmt | None) -> int:
    """The line of the `raise` that every way behind the `try` comes to, 0 for none; not behind the loop."""
    last = loop.end_lineno if loop is not None else None
    for one in following:
        if isinstance(one, ast.Raise):
            return one.lineno if last is None or one.lineno <= last else 0
        if any(isinstance(node, _LEAVING) for node in ast.walk(one)):
            return 0
    return 0


def leaves_loop(following: Sequence[ast.stmt], loop: ast.stmt | None) -> bool:
    """Whether a turn that comes behind the `try` always leaves the loop."""
    last = (loop.end_lineno or 0) if loop is not None else 0
    rest = [one for one in following if one.lineno <= last]
    return bool(rest) and not runs_off(rest) and not isinstance(rest[-1], ast.Continue)


def only_success_comes_to(line: int, loop: ast.stmt | None, tried: ast.Try) -> bool:
    """Whether the row stands behind an endless loop that only the `try` body leaves, or its `else`."""
    if not isinstance(loop, ast.While) or not isinstance(loop.test, ast.Constant) or not loop.test.value:
        return False
    inner = (node for node in ast.walk(loop) if isinstance(node, _LOOPS) and node is not loop)
    others = {id(one) for node in inner for one in ast.walk(node)}
    breaks = [node for node in ast.walk(loop) if isinstance(node, ast.Break) and id(node) not in others]
    within = {id(one) for part in (*tried.body, *tried.orelse) for one in ast.walk(part)}
    return line > (loop.end_lineno or 0) and bool(breaks) and all(id(node) in within for node in breaks)
