"""How does a block of LibCST statements run? The front end that turns it into the neutral tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import libcst as cst

from broadcatch.flow.expressions import Expressions
from broadcatch.flow.positions import Positions, small_statements
from broadcatch.flow.spelling import chain, source
from broadcatch.model.flow import (
    Assign,
    Body,
    Branch,
    Call,
    Caught,
    Clause,
    Define,
    Evaluate,
    Jump,
    Loop,
    Node,
    Noop,
    Raise,
    Return,
    Try,
    Value,
    With,
)
from broadcatch.model.frame import Frame
from broadcatch.model.span import Span

_NOTHING = Value("none", "")
_COROUTINES = frozenset({"inlineCallbacks", "coroutine", "engine"})
"""Decorators under which a generator waits for what it yields: those of Twisted, Tornado and old asyncio."""


class FlowBuilder:
    """Builds the flow of blocks that stand in one frame."""

    def __init__(self, frame: Frame, positions: Positions) -> None:
        self._expressions = Expressions(frame)
        self._frame = frame
        self._positions = positions

    def block(self, block: cst.BaseSuite | None) -> Body:
        """The flow of a block, () for none."""
        return () if block is None else self.body(small_statements(block))

    def body(self, statements: Iterable[cst.CSTNode]) -> Body:
        """The flow of a list of statements."""
        return tuple(self.statement(statement) for statement in statements)

    def statement(self, node: cst.CSTNode) -> Node:
        """The flow of one statement."""
        span = self._positions[node]
        make = _MAKERS.get(type(node))
        return make(self, node, span) if make else self._other(node, span)

    def caught(self, node: cst.BaseExpression | None, depth: int = 0) -> tuple[Caught, ...]:
        """The classes that the type expression of a clause names, constants and aliases looked through."""
        if node is None:
            return ()
        if isinstance(node, cst.Tuple):
            return tuple(
                caught for element in node.elements for caught in self.caught(element.value, depth + 1)
            )
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
            return self.caught(node.left, depth) + self.caught(node.right, depth)
        name = chain(node) or source(node)
        span = self._positions[node]
        return tuple(
            Caught(name, qualified, span, depth, via) for qualified, via in self._frame.classes_of(name)
        )

    def clause(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> Clause:
        """The flow of one except clause."""
        body = self.block(node.body)
        return Clause(self._positions[node].line, self.caught(node.type), bound_name(node), body)

    def _other(self, node: cst.CSTNode, span: Span) -> Node:
        return Evaluate(span.line, "expression", _NOTHING, self._expressions.calls(span.line, node))

    def _noop(self, node: cst.CSTNode, span: Span) -> Node:
        kinds = {cst.Pass: "pass", cst.Import: "import", cst.ImportFrom: "import"}
        return Noop(span.line, kinds.get(type(node), "scope"))  # type: ignore[arg-type]

    def _expression(self, node: cst.Expr, span: Span) -> Node:
        value = node.value
        if isinstance(value, cst.Ellipsis):
            return Noop(span.line, "ellipsis")
        if isinstance(value, (cst.SimpleString, cst.ConcatenatedString)):
            return Noop(span.line, "docstring")
        if isinstance(value, cst.Yield):
            return self._yield(value, span)
        read, calls = self._expressions.value(span.line, value, text=False)
        if isinstance(value, cst.Call) and calls:
            calls = (*calls[:-1], _direct(calls[-1]))
        return Evaluate(span.line, "expression", read, calls)

    def _yield(self, node: cst.Yield, span: Span) -> Node:
        """`yield value`; a bare `yield` gives nothing, and `yield from` whatever the other one gives."""
        if node.value is None:
            return Evaluate(span.line, "expression", _NOTHING)
        whole = node.value.item if isinstance(node.value, cst.From) else node.value
        read, calls = self._expressions.value(span.line, whole)
        if isinstance(whole, cst.Call) and calls and self._is_coroutine():
            waits = replace(calls[-1], direct=True, awaited=True)
            return Evaluate(span.line, "expression", read, (*calls[:-1], waits))
        return Evaluate(span.line, "yield", read, calls)

    def _is_coroutine(self) -> bool:
        """Whether the generator around is a coroutine of old, that waits with `yield`."""
        function = self._frame.place.function
        marks = function.decorators if function else ()
        return any(mark.rpartition(".")[2].removesuffix("()") in _COROUTINES for mark in marks)

    def _assert(self, node: cst.Assert, span: Span) -> Node:
        read, calls = self._expressions.value(span.line, node.test)
        return Evaluate(span.line, "assert", read, calls)

    def _delete(self, node: cst.Del, span: Span) -> Node:
        read, calls = self._expressions.value(span.line, node.target)
        return Evaluate(span.line, "delete", read, calls)

    def _assign(self, node: cst.Assign, span: Span) -> Node:
        read, calls = self._expressions.value(span.line, node.value)
        targets = tuple(name for target in node.targets for name in _assigned(target.target))
        inner = self._expressions.calls(span.line, *(target.target for target in node.targets))
        unpacked = len(node.targets) == 1 < len(targets)
        return Assign(span.line, targets, read, calls + inner, outer=self._outer(targets), unpacked=unpacked)

    def _annotated(self, node: cst.AnnAssign, span: Span) -> Node:
        if node.value is None:
            return Noop(span.line, "scope")
        read, calls = self._expressions.value(span.line, node.value)
        targets = _assigned(node.target)
        return Assign(span.line, targets, read, calls, outer=self._outer(targets))

    def _augmented(self, node: cst.AugAssign, span: Span) -> Node:
        read, calls = self._expressions.value(span.line, node.value)
        targets = _assigned(node.target)
        sign = source(node.operator).strip()
        return Assign(span.line, targets, read, calls, augmented=sign, outer=self._outer(targets))

    def _outer(self, targets: tuple[str, ...]) -> bool:
        """Whether a function binds one of the names that it assigns outside of itself."""
        here = self._frame.scopes[0] if self._frame.place.function else None
        return here is not None and any(name.isidentifier() and name not in here for name in targets)

    def _return(self, node: cst.Return, span: Span) -> Node:
        if node.value is None:
            return Return(span.line, None)
        return Return(span.line, *self._expressions.value(span.line, node.value))

    def _jump(self, node: cst.Break | cst.Continue, span: Span) -> Node:
        return Jump(span.line, "break" if isinstance(node, cst.Break) else "continue")

    def _raise(self, node: cst.Raise, span: Span) -> Node:
        if node.exc is None:
            return Raise(span, "", "", "bare", "absent")
        target = node.exc.func if isinstance(node.exc, cst.Call) else node.exc
        name = chain(target)
        form = "other" if not name else "call" if isinstance(node.exc, cst.Call) else "name"
        value, calls = self._expressions.value(span.line, node.exc)
        cause, cause_name = _cause(node.cause)
        if node.cause:
            calls += self._expressions.calls(span.line, node.cause.item)
        qualified = self._frame.resolve(name)[0] if name else ""
        return Raise(span, name, qualified, form, cause, cause_name, value, calls)  # type: ignore[arg-type]

    def _if(self, node: cst.If, span: Span) -> Node:
        test, calls = self._expressions.value(span.line, node.test)
        arms: list[Body] = [self.block(node.body)]
        if isinstance(node.orelse, cst.If):
            arms.append((self.statement(node.orelse),))
        elif node.orelse is not None:
            arms.append(self.block(node.orelse.body))
        return Branch(span.line, "if", test, tuple(arms), node.orelse is not None, calls)

    def _match(self, node: cst.Match, span: Span) -> Node:
        test, calls = self._expressions.value(span.line, node.subject)
        guards = self._expressions.calls(span.line, *(case.guard for case in node.cases))
        arms = tuple(self.block(case.body) for case in node.cases)
        complete = any(case.guard is None and _irrefutable(case.pattern) for case in node.cases)
        return Branch(span.line, "match", test, arms, complete, calls + guards)

    def _while(self, node: cst.While, span: Span) -> Node:
        test, calls = self._expressions.value(span.line, node.test)
        endless = test.kind == "true" or (test.kind == "number" and test.text.strip("0") != "")
        orelse = self.block(node.orelse.body) if node.orelse else ()
        return Loop(span.line, "while", endless, test, self.block(node.body), orelse, calls)

    def _for(self, node: cst.For, span: Span) -> Node:
        test, calls = self._expressions.value(span.line, node.iter)
        orelse = self.block(node.orelse.body) if node.orelse else ()
        body = self.block(node.body)
        targets, is_async = _targets(node.target), node.asynchronous is not None
        return Loop(span.line, "for", False, test, body, orelse, calls, targets, is_async)

    def _with(self, node: cst.With, span: Span) -> Node:
        calls = self._expressions.calls(span.line, *(item.item for item in node.items))
        targets = tuple(name for item in node.items if item.asname for name in _targets(item.asname.name))
        return With(span.line, node.asynchronous is not None, self.block(node.body), calls, targets)

    def _try(self, node: cst.Try | cst.TryStar, span: Span) -> Node:
        return Try(
            span.line,
            isinstance(node, cst.TryStar),
            self.block(node.body),
            tuple(self.clause(handler) for handler in node.handlers),
            self.block(node.orelse.body) if node.orelse else (),
            self.block(node.finalbody.body) if node.finalbody else (),
        )

    def _define(self, node: cst.FunctionDef | cst.ClassDef, span: Span) -> Node:
        kind = "function" if isinstance(node, cst.FunctionDef) else "class"
        calls = self._expressions.calls(span.line, *node.decorators)
        return Define(span.line, kind, node.name.value, calls)  # type: ignore[arg-type]


def bound_name(node: cst.ExceptHandler | cst.ExceptStarHandler) -> str:
    """The name after `as`, "" if there is none."""
    if node.name is None or not isinstance(node.name.name, cst.Name):
        return ""
    return node.name.name.value


def _direct(call: Call) -> Call:
    return replace(call, direct=True)


def _targets(node: cst.BaseExpression) -> tuple[str, ...]:
    if isinstance(node, (cst.Tuple, cst.List)):
        return tuple(name for element in node.elements for name in _targets(element.value))
    return (chain(node) or source(node),)


def _assigned(node: cst.BaseExpression) -> tuple[str, ...]:
    """The targets of an assignment, items as they are written: `errors["base"]`."""
    if isinstance(node, (cst.Tuple, cst.List)):
        return tuple(name for element in node.elements for name in _assigned(element.value))
    return (source(node) if isinstance(node, cst.Subscript) else chain(node) or source(node),)


def _cause(node: cst.From | None) -> tuple[str, str]:
    if node is None:
        return "absent", ""
    if isinstance(node.item, cst.Name):
        return ("none", "") if node.item.value == "None" else ("name", node.item.value)
    return "other", chain(node.item)


def _irrefutable(pattern: cst.MatchPattern) -> bool:
    if isinstance(pattern, cst.MatchAs):
        return pattern.pattern is None or _irrefutable(pattern.pattern)
    return isinstance(pattern, cst.MatchOr) and any(_irrefutable(item.pattern) for item in pattern.patterns)


_MAKERS: dict[type, Callable[[FlowBuilder, Any, Span], Node]] = {
    cst.Pass: FlowBuilder._noop,
    cst.Import: FlowBuilder._noop,
    cst.ImportFrom: FlowBuilder._noop,
    cst.Global: FlowBuilder._noop,
    cst.Nonlocal: FlowBuilder._noop,
    cst.Expr: FlowBuilder._expression,
    cst.Assert: FlowBuilder._assert,
    cst.Del: FlowBuilder._delete,
    cst.Assign: FlowBuilder._assign,
    cst.AnnAssign: FlowBuilder._annotated,
    cst.AugAssign: FlowBuilder._augmented,
    cst.Return: FlowBuilder._return,
    cst.Break: FlowBuilder._jump,
    cst.Continue: FlowBuilder._jump,
    cst.Raise: FlowBuilder._raise,
    cst.If: FlowBuilder._if,
    cst.Match: FlowBuilder._match,
    cst.While: FlowBuilder._while,
    cst.For: FlowBuilder._for,
    cst.With: FlowBuilder._with,
    cst.Try: FlowBuilder._try,
    cst.TryStar: FlowBuilder._try,
    cst.FunctionDef: FlowBuilder._define,
    cst.ClassDef: FlowBuilder._define,
}
