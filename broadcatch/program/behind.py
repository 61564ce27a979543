"""How does what stands behind a `try` end? By an answer, by an error, or out of a loop."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from broadcatch.model.aftermath import Written
from broadcatch.program.guarding import runs_off

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
