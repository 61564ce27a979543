"""Under which conditions does a row run? The branches around it, and those before it that leave."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.program.names import dotted

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_BLOCKS = ("body", "orelse", "finalbody")
LONGEST = 60
"""So many characters of a condition are told."""
MOST = 2
"""So many conditions are told."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A test asked before the row runs, and how it came out; `around`: the row stands in its branch."""

    test: ast.expr
    holds: bool
    around: bool = True


Condition: TypeAlias = "Needed | ast.ExceptHandler"


def needed(body: list[ast.stmt], line: int) -> Iterator[Condition]:
    """What must have come out so, or been caught, for the row to run; in the order of the text."""
    for statement in body:
        if statement.lineno > line:
            return
        if line <= (statement.end_lineno or statement.lineno):
            yield from _inside(statement, line)
        else:
            yield from _behind(statement)


def _behind(statement: ast.stmt) -> Iterator[Needed]:
    """What holds after a statement: the test of a branch that leaves came out otherwise."""
    if isinstance(statement, ast.Assert):
        yield Needed(statement.test, True, False)
    if isinstance(statement, ast.If):
        if _leaves(statement.body):
            yield Needed(statement.test, False, False)
        elif _leaves(statement.orelse):
            yield Needed(statement.test, True, False)


def _leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], _LEAVES)


def _inside(statement: ast.stmt, line: int) -> Iterator[Condition]:
    test = getattr(statement, "test", None)
    asks = isinstance(test, ast.expr) and test.lineno <= line <= (test.end_lineno or 0)
    for name in _BLOCKS:
        block = getattr(statement, name, [])
        if not (isinstance(block, list) and _holds(block, line)) or asks:
            continue
        if isinstance(statement, (ast.If, ast.While)) and (name == "body" or isinstance(statement, ast.If)):
            yield Needed(statement.test, name == "body")
        yield from needed(block, line)
    for handler in getattr(statement, "handlers", ()):
        if _holds(handler.body, line):
            yield handler
            yield from needed(handler.body, line)
    for case in getattr(statement, "cases", ()):
        if _holds(case.body, line):
            yield from needed(case.body, line)
    if isinstance(statement, ast.If) and asks and statement.body[0].lineno == line:
        yield Needed(statement.test, True)  # `if x: raise …` in one row


def _holds(block: list[ast.stmt], line: int) -> bool:
    return bool(block) and block[0].lineno <= line <= (block[-1].end_lineno or block[-1].lineno)


def when(body: list[ast.stmt], line: int) -> str:
    """The conditions of the row in words that follow "raise X"; "" where there is none.

    Of several that it stands in the nearest are told, with a word that there are more.
    """
    found = list(needed(body, line))
    near = [one for one in found if not isinstance(one, Needed) or (one.around and not _is_constant(one))]
    told = near[-MOST:] if near else found[-1:]
    more = " (and more)" if len(near) > MOST else ""
    return ", ".join(map(_worded, told)) + more


def _is_constant(one: Needed) -> bool:
    """Whether it is asked of nothing: `while True`."""
    return isinstance(one.test, ast.Constant)


def _worded(one: Condition) -> str:
    if isinstance(one, ast.ExceptHandler):
        named = one.type.elts if isinstance(one.type, ast.Tuple) else [one.type] if one.type else []
        names = " or ".join(dotted(each).rpartition(".")[2] or "an error" for each in named)
        return f"on {names}" if names else "on an error"
    negated = isinstance(one.test, ast.UnaryOp) and isinstance(one.test.op, ast.Not)
    test = one.test.operand if negated else one.test  # type: ignore[attr-defined]
    text = ast.unparse(test)
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"{'if' if one.holds is not negated else 'unless'} `{short}`"
