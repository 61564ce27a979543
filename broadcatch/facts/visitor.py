"""What stands in this tree about exceptions? The one LibCST visitor that finds handlers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from broadcatch.facts.clause import comment_of, header_span, identified, names_several
from broadcatch.facts.frames import FrameVisitor, walk
from broadcatch.flow.from_cst import FlowBuilder, bound_name
from broadcatch.flow.positions import Clauses, Positions
from broadcatch.flow.walk import cancels_in, raises_at_once, raises_unchained
from broadcatch.model.facts import Clauses as TryClauses
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Body, Caught, Clause
from broadcatch.model.frame import Frame
from broadcatch.source.slices import BROAD, EXITS, Reading

_PASSED = (cst.SimpleStatementLine, cst.SimpleStatementSuite, cst.BaseExpression, cst.BaseSmallStatement)
_entered: dict[type[cst.CSTNode], bool] = {}

_TAKE_EXITS = EXITS | {"BaseException"}


class FactsVisitor(FrameVisitor):
    """Collects `handlers`, in the order of the text, and `clauses` of which one may hide another.

    `frame` is what stands around the tree; `lines` are the lines of the file; positions are the file's.
    `first` is the index of a clause that was cut out alone.
    """

    def __init__(
        self, frame: Frame, positions: Positions, lines: list[str], reading: Reading, first: int = 0
    ) -> None:
        super().__init__(frame, positions)
        self._first = first
        self.handlers: list[Handler] = []
        self.clauses: list[TryClauses] = []
        self.tries: dict[int, int] = {}
        """First and last line of each `try`."""
        self._lines = lines
        self._typed = reading.typed
        self._several = reading.clauses
        self._broad = BROAD | EXITS | {name.rpartition(".")[2] for name in reading.broad}

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Enter statements only: nothing else can hold a handler."""
        kind = type(node)
        if kind not in _entered:  # asked once a class: isinstance is slow where classes are abstract
            _entered[kind] = not issubclass(kind, _PASSED)
        return _entered[kind] and super().on_visit(node)

    def visit_Try(self, node: cst.Try) -> bool:
        """Read the clauses, then what is nested in the four parts."""
        self._try(node)
        return False

    def visit_TryStar(self, node: cst.TryStar) -> bool:
        """As `visit_Try`."""
        self._try(node)
        return False

    def _try(self, node: cst.Try | cst.TryStar) -> None:
        first = len(self.handlers)
        span = self._positions[node]
        self.tries[span.line] = span.end_line
        self._clauses(node)
        self._push(depth=self._frames[-1].place.depth + 1)
        walk(node.body, self)
        self._frames.pop()
        for handler in node.handlers:
            walk(handler.body, self)
        for part in (node.orelse, node.finalbody):
            if part is not None:
                walk(part, self)
        self.handlers[first:] = sorted(self.handlers[first:], key=lambda handler: handler.span)

    def _clauses(self, node: cst.Try | cst.TryStar) -> None:
        builder = FlowBuilder(self._frames[-1], self._positions)
        earlier: list[Clause] = []
        clauses: Sequence[Clauses] = node.handlers
        first, self._first = self._first, 0  # only of the outermost try
        for index, clause in enumerate(clauses, first):
            caught = builder.caught(clause.type)
            deep = clause.type is None or any(map(self._is_deep, caught))
            body = builder.block(clause.body)
            again = raises_at_once(body, bound_name(clause))
            if deep or self._typed or again or raises_unchained(body):
                made = self._handler(node, clause, builder, caught, body, index, deep, tuple(earlier))
                behind = clauses[index - first + 1 :]
                self.handlers.append(replace(made, later=_later(behind, builder)) if again else made)
            earlier.append(Clause(self._positions[clause].line, caught, bound_name(clause), body))
        if self._several and names_several(clauses):
            self.clauses.append(self._together(node, clauses, builder))

    def _together(
        self, node: cst.Try | cst.TryStar, clauses: Sequence[Clauses], builder: FlowBuilder
    ) -> TryClauses:
        frame = self._frames[-1]
        spans = [
            header_span(self._lines, self._positions[one], self._positions[one.type] if one.type else None)
            for one in clauses
        ]
        caught = (builder.caught(one.type) for one in clauses)
        told = tuple(tuple(identified(each, frame) for each in classes) for classes in caught)
        return TryClauses(self._positions[node].line, frame.place, tuple(spans), told)

    def _is_deep(self, caught: Caught) -> bool:
        return _last(caught) in self._broad

    def _handler(
        self,
        node: cst.Try | cst.TryStar,
        clause: Clauses,
        builder: FlowBuilder,
        caught: tuple[Caught, ...],
        body: Body,
        index: int,
        deep: bool,
        earlier: tuple[Clause, ...],
    ) -> Handler:
        span = self._positions[clause]
        type_span = self._positions[clause.type] if clause.type is not None else None
        orelse = node.orelse.body if node.orelse else None
        return Handler(
            span=header_span(self._lines, span, type_span),
            type_span=type_span,
            end_line=span.end_line,
            caught=caught,
            bound=bound_name(clause),
            star=isinstance(clause, cst.ExceptStarHandler),
            body=body,
            place=self._frames[-1].place,
            try_line=self._positions[node].line,
            deep=deep,
            index=index,
            earlier=earlier if deep else (),
            attempt=builder.block(node.body) if deep else (),
            orelse=builder.block(orelse) if deep else (),
            final=builder.block(node.finalbody.body) if deep and node.finalbody else (),
            cancelled=self._cancelled(caught, self._positions[node].line),
            comment=comment_of(clause),
        )

    def _cancelled(self, caught: tuple[Caught, ...], line: int) -> tuple[str, ...]:
        if caught and not any(_last(one) in _TAKE_EXITS for one in caught):
            return ()
        frame = self._frames[-1]
        pairs = frame.cancels
        if self._functions and frame.place.function is not None:
            pairs = cancels_in(FlowBuilder(frame, self._positions).block(self._functions[-1].body))
        names = (name for at, name in pairs if at < line)
        return tuple(dict.fromkeys(names))


def _later(clauses: Sequence[Clauses], builder: FlowBuilder) -> tuple[tuple[Caught, ...], ...]:
    """The classes of the clauses that do more than raise again."""
    made = [builder.clause(clause) for clause in clauses]
    return tuple(one.caught for one in made if not raises_at_once(one.body, one.bound))


def _last(caught: Caught) -> str:
    return (caught.qualified or caught.name).rpartition(".")[2]
