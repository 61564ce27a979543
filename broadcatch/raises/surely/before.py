"""What was surely tested or done whenever an expression is evaluated? Back through the blocks around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.program.meaning import Meanings
from broadcatch.program.placing import block_of, enclosing, parents
from broadcatch.program.scope import Scope

Position: TypeAlias = "tuple[int, int]"
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Before:
    """A test that came out as `holds` says; if that is None, a statement that ran, or a loop's next element.

    `loops` are the loops around the place that run without it: what they do elsewhere was done meanwhile.
    """

    node: ast.expr | ast.stmt | ast.comprehension
    holds: bool | None
    loops: tuple[ast.AST, ...] = ()

    @property
    def end(self) -> Position:
        """Where it is over: after the test, the statement, or what a loop asks for its elements."""
        is_loop = isinstance(self.node, (ast.For, ast.AsyncFor, ast.comprehension))
        node: ast.expr | ast.stmt = self.node.iter if is_loop else self.node  # type: ignore[union-attr, assignment]
        return node.end_lineno or 0, node.end_col_offset or 0


def before(r: Meanings, place: ast.AST, scope: Scope) -> Iterator[Before]:
    """The nearest first, up to the beginning of the function; nothing where the code may run later."""
    loops: tuple[ast.AST, ...] = ()
    for below, node in enclosing(r, place, scope):
        if isinstance(node, ast.Lambda):
            return
        for one in _around(node, below):
            yield from _parts(one, loops)
        if isinstance(below, ast.stmt):
            yield from _earlier(block_of(node, below), below, loops)
        if isinstance(node, ast.GeneratorExp):
            return  # it runs when it is asked, and the rest was tested when it was made
        first = node.generators[:1] if isinstance(node, _COMPREHENSIONS) else []
        if isinstance(node, _LOOPS) or (first and below not in first):
            loops = (*loops, node)


def _around(node: ast.AST, below: ast.AST) -> Iterator[Before]:
    """What the statement or expression around says of its part."""
    if isinstance(node, (ast.If, ast.While)):
        if below in node.body:
            yield Before(node.test, True)
        elif below in node.orelse and isinstance(node, ast.If):
            yield Before(node.test, False)
    elif isinstance(node, ast.IfExp) and below is not node.test:
        yield Before(node.test, below is node.body)
    elif isinstance(node, ast.BoolOp):
        at = next(index for index, one in enumerate(node.values) if one is below)
        for value in node.values[:at][::-1]:
            yield Before(value, isinstance(node.op, ast.And))
    elif isinstance(node, ast.comprehension) and below in node.ifs:
        for value in node.ifs[: node.ifs.index(below)][::-1]:
            yield Before(value, True)
        yield Before(node, None)
    elif isinstance(node, _COMPREHENSIONS) and not isinstance(below, ast.comprehension):
        for generator in node.generators[::-1]:
            for value in generator.ifs[::-1]:
                yield Before(value, True)
            yield Before(generator, None)
    elif isinstance(node, (ast.For, ast.AsyncFor)) and below in node.body:
        yield Before(node, None)


def _earlier(block: list[ast.stmt], below: ast.stmt, loops: tuple[ast.AST, ...]) -> Iterator[Before]:
    """The statements before it in its block: what they settle by leaving, and that they ran."""
    at = next((index for index, one in enumerate(block) if one is below), 0)
    for statement in block[:at][::-1]:
        if isinstance(statement, ast.Assert):
            yield from _parts(Before(statement.test, True), loops)
        elif isinstance(statement, ast.If) and isinstance(statement.body[-1], _ENDS):
            yield from _parts(Before(statement.test, False), loops)
        elif isinstance(statement, ast.If) and statement.orelse and isinstance(statement.orelse[-1], _ENDS):
            yield from _parts(Before(statement.test, True), loops)
        else:
            yield Before(statement, None, loops)


def _parts(one: Before, loops: tuple[ast.AST, ...]) -> Iterator[Before]:
    """A test taken apart: all of an `and` that holds, all of an `or` that does not."""
    node = one.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and one.holds is not None:
        yield from _parts(Before(node.operand, not one.holds), loops)
    elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) is one.holds:
        for value in node.values[::-1]:
            yield from _parts(Before(value, one.holds), loops)
    elif not isinstance(node, ast.BoolOp):
        yield Before(node, one.holds, loops)


def placed(r: Meanings, expr: ast.expr, scope: Scope) -> ast.AST | None:
    """The node of the text that an expression stands for; None if it is not part of the scope's own code.

    `d[k] += 1` is read as `d[k] + 1`, made of other nodes at the same place.
    """
    above = parents(r, scope)
    if expr in above:
        return expr
    return _targets(r, scope).get((expr.lineno, expr.col_offset)) if isinstance(expr, ast.Subscript) else None


def _targets(r: Meanings, scope: Scope) -> dict[Position, ast.AST]:
    """The subscripts that `+=` and the like change, by where they stand."""
    key = ("changed", scope.function or scope.owner or scope.module)
    if key not in r.notes:
        r.notes[key] = {
            (one.target.lineno, one.target.col_offset): one.target
            for one in parents(r, scope)
            if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Subscript)
        }
    return r.notes[key]  # type: ignore[return-value]


def since(r: Meanings, node: ast.expr, place: ast.AST, scope: Scope) -> Before:
    """The same for an expression that was evaluated somewhere before the place."""
    holding = {one for pair in enclosing(r, node, scope) for one in pair}
    around = (above for _, above in enclosing(r, place, scope))
    return Before(node, None, tuple(one for one in around if isinstance(one, _LOOPS) and one not in holding))
