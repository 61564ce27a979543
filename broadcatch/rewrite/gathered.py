"""Where does a `gather` stand? The statement that awaits it, what is around that, and the function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import Frame
from broadcatch.rewrite.source import Refuse, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A `gather`, the statement that it is the value of, those behind it in its block, and the function."""

    call: cst.Call
    statement: cst.SimpleStatementLine
    before: Sequence[cst.BaseStatement]
    behind: Sequence[cst.BaseStatement]
    function: cst.FunctionDef
    frame: Frame


def place_of(source: Source, call: cst.Call) -> Place:
    """Where the awaited call stands; refuses where the statement does more than await it."""
    found = _Finder(call)
    source.module.visit(found)
    statement, block, function = found.statement, found.block, found.function
    if statement is None or function is None or function.asynchronous is None or len(statement.body) != 1:
        raise Refuse("the gather does not stand alone in a statement of a coroutine")
    value = getattr(statement.body[0], "value", None)
    if not isinstance(value, cst.Await) or value.expression is not call or value.lpar:
        raise Refuse("more is done with the gather than to await it")
    at = next(i for i, one in enumerate(block) if one is statement)
    frame = next(_frames(source, call))
    return Place(call, statement, block[:at], block[at + 1 :], function, frame)


def _frames(source: Source, call: cst.Call) -> Iterator[Frame]:
    start = source.positions[call.func].start
    head = dotted(call.func).partition(".")[0]
    for one in source.names.get(head, ()):
        if (one.line, one.column) == (start.line, start.column):
            yield one.frame.scope
    raise Refuse("the function around the gather cannot be told")


class _Finder(cst.CSTVisitor):
    """The statement, the block and the function that a call stands in."""

    def __init__(self, call: cst.Call) -> None:
        super().__init__()
        self.call = call
        self.statement: cst.SimpleStatementLine | None = None
        self.block: Sequence[cst.BaseStatement] = ()
        self.function: cst.FunctionDef | None = None
        self._around: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if node is self.call:
            self._note()
        self._around.append(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._around.pop()

    def _note(self) -> None:
        for node in reversed(self._around):
            if isinstance(node, cst.SimpleStatementLine) and self.statement is None:
                self.statement = node
            elif isinstance(node, cst.IndentedBlock) and not self.block:
                self.block = tuple(node.body)
            elif isinstance(node, cst.Lambda):
                return
            elif isinstance(node, cst.FunctionDef):
                self.function = node
                return


def met(source: Source, frame: Frame, name: str) -> bool:
    """Whether a name occurs in the function."""
    return any(one.frame.within(frame) for one in source.names.get(name, ()))
