"""Where does each LibCST statement stand? Answered by pairing it with what `ast` read of the same lines.

LibCST's own PositionProvider costs more than parsing; `ast` has the positions already. Both trees list
the same statements in the same order; where they do not, `Mismatch` sends the caller to the slow sure way.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

import libcst as cst

from broadcatch.flow.expressions import child_fields
from broadcatch.model.span import Span
from broadcatch.source.lines import character_column

_INNER = (cst.BaseSuite, cst.BaseStatement, cst.BaseSmallStatement, cst.ExceptHandler, cst.ExceptStarHandler)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Positions = Mapping[cst.CSTNode, Span]
Clauses = cst.ExceptHandler | cst.ExceptStarHandler


Spot = Callable[[cst.CSTNode, cst.CSTNode], Span]
"""Where an expression (second) of a statement (first) stands."""


class Mismatch(Exception):
    """The two readings do not list the same statements."""


class Pairing:
    """Pairs statements, clauses and caught types of the two trees. `lines` are the file's lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.spans: dict[cst.CSTNode, Span] = {}
        self.nodes: dict[cst.CSTNode, ast.stmt] = {}

    def span(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> Span:
        """The span of an `ast` node, its byte columns turned into characters."""
        end_line = node.end_lineno or node.lineno
        start = self._column(node.lineno, node.col_offset)
        return Span(node.lineno, start, end_line, self._column(end_line, node.end_col_offset or 0))

    def block(self, block: cst.BaseSuite, nodes: Sequence[ast.stmt]) -> None:
        """Pair a block with a list of statements."""
        self.statements(small_statements(block), nodes)

    def statements(self, left: Iterator[cst.CSTNode], right: Sequence[ast.stmt]) -> None:
        """Pair two lists of statements, and all that stands in them."""
        mine = list(left)
        if len(mine) != len(right):
            raise Mismatch(f"{len(mine)} statements against {len(right)}")
        for statement, node in zip(mine, right, strict=True):
            self.statement(statement, node)

    def statement(self, statement: cst.CSTNode, node: ast.stmt) -> None:
        """Pair one statement; one with a body of its own and one without are no pair."""
        if isinstance(statement, cst.BaseCompoundStatement) is not _is_compound(node):
            raise Mismatch("a statement with a body against one without")
        self.spans[statement] = self.span(node)
        self.nodes[statement] = node
        if isinstance(statement, (cst.Try, cst.TryStar)):
            self._try(statement, node)  # type: ignore[arg-type]
        elif isinstance(statement, cst.If):
            self._if(statement, node)  # type: ignore[arg-type]
        elif isinstance(statement, (cst.For, cst.While)):
            self.block(statement.body, node.body)  # type: ignore[attr-defined]
            self._else(statement.orelse, node.orelse)  # type: ignore[attr-defined]
        elif isinstance(statement, (cst.With, cst.FunctionDef, cst.ClassDef)):
            self.block(statement.body, node.body)  # type: ignore[attr-defined]
        elif isinstance(statement, cst.Match):
            for case, other in zip(statement.cases, node.cases, strict=True):  # type: ignore[attr-defined]
                self.block(case.body, other.body)

    def clause(self, handler: Clauses, node: ast.ExceptHandler) -> None:
        """Pair one except clause: its caught types, then its body."""
        self.spans[handler] = self.span(node)
        if (handler.type is None) != (node.type is None):
            raise Mismatch("a bare clause against one with a type")
        if handler.type is not None and node.type is not None:
            self._type(handler.type, node.type)
        self.block(handler.body, node.body)

    def _try(self, statement: cst.Try | cst.TryStar, node: ast.Try) -> None:
        self.block(statement.body, node.body)
        handlers: Sequence[Clauses] = statement.handlers
        for handler, other in zip(handlers, node.handlers, strict=True):
            self.clause(handler, other)
        self._else(statement.orelse, node.orelse)
        self._else(statement.finalbody, node.finalbody)

    def _if(self, statement: cst.If, node: ast.If) -> None:
        self.block(statement.body, node.body)
        if isinstance(statement.orelse, cst.If):
            self.statement(statement.orelse, node.orelse[0])
        else:
            self._else(statement.orelse, node.orelse)

    def _else(self, part: cst.Else | cst.Finally | None, nodes: Sequence[ast.stmt]) -> None:
        if part is not None:
            self.block(part.body, nodes)

    def _type(self, left: cst.BaseExpression, right: ast.expr) -> None:
        self.spans[left] = self.span(right)
        if isinstance(left, cst.Tuple) and isinstance(right, ast.Tuple):
            for element, other in zip(left.elements, right.elts, strict=True):
                inner = other.value if isinstance(other, ast.Starred) else other
                self.spans[element] = self.span(other)
                self._type(element.value, inner)
        elif isinstance(left, cst.BinaryOperation) and isinstance(right, ast.BinOp):
            self._type(left.left, right.left)
            self._type(left.right, right.right)

    def _column(self, line: int, offset: int) -> int:
        return character_column(self._lines[line - 1], offset)


def small_statements(block: cst.BaseSuite | cst.Module) -> Iterator[cst.CSTNode]:
    """The statements of a block; those that share a line one by one."""
    for statement in block.body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement


class ExpressionSpans:
    """Where the calls, the decorators and the name of a paired statement stand.

    Calls are paired in the order of the text among those that end in the same name.
    """

    def __init__(self, pairing: Pairing, lines: Sequence[str]) -> None:
        self._pairing = pairing
        self._lines = lines
        self._calls: dict[cst.CSTNode, dict[cst.CSTNode, Span]] = {}

    def __call__(self, statement: cst.CSTNode, node: cst.CSTNode) -> Span:
        """The span of `node` in `statement`. Raises `Mismatch` where it cannot be told."""
        other = self._pairing.nodes[statement]
        if isinstance(statement, cst.FunctionDef) and isinstance(other, _FUNCTIONS):
            if node is statement.name:
                return self._name(other)
            for decorator, expression in zip(statement.decorators, other.decorator_list, strict=True):
                if decorator.decorator is node:
                    return self._pairing.span(expression)
        if statement not in self._calls:
            self._calls[statement] = dict(self._paired(statement, other))
        if node not in self._calls[statement]:
            raise Mismatch("an expression that is no call")
        return self._calls[statement][node]

    def _name(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Span:
        line = self._lines[node.lineno - 1]
        column = line.index(node.name, line.index("def", self._pairing.span(node).column) + 3)
        return Span(node.lineno, column, node.lineno, column + len(node.name))

    def _paired(self, statement: cst.CSTNode, node: ast.stmt) -> Iterator[tuple[cst.CSTNode, Span]]:
        mine = sorted(_cst_calls(statement), key=lambda pair: pair[0])
        others = sorted(_ast_calls(node), key=lambda pair: pair[0])
        if [name for name, _ in mine] != [name for name, _ in others]:
            raise Mismatch("other calls")
        for (_, call), (_, other) in zip(mine, others, strict=True):
            yield call, self._pairing.span(other)


def _cst_calls(node: cst.CSTNode) -> Iterator[tuple[str, cst.Call]]:
    """The calls in a statement's own expressions with the last names of their callees, outer before inner."""
    for name in child_fields(type(node)):
        value = getattr(node, name)
        for child in value if isinstance(value, (list, tuple)) else (value,):
            if type(child) is cst.Call:
                yield _cst_name(child.func), child
            if isinstance(child, cst.CSTNode) and not isinstance(child, _INNER):
                yield from _cst_calls(child)


def _ast_calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    found = sorted(_inner_calls(node), key=lambda call: (call.lineno, call.col_offset, _backwards(call)))
    return ((_ast_name(call.func), call) for call in found)


def _inner_calls(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            yield from _inner_calls(child)


def _backwards(call: ast.Call) -> tuple[int, int]:
    """Of calls that begin at the same place, the outer one ends later and comes first."""
    return -(call.end_lineno or 0), -(call.end_col_offset or 0)


def _cst_name(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def _ast_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_compound(node: ast.stmt) -> bool:
    return "body" in node._fields or "cases" in node._fields
