"""What stands around each node of a tree? The base of the visitors: it keeps the frame as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import libcst as cst

from broadcatch.facts.bindings import bindings_of, members_of, parameters
from broadcatch.facts.loops import last_line, over
from broadcatch.flow.expressions import child_fields
from broadcatch.flow.positions import Positions
from broadcatch.flow.spelling import chain
from broadcatch.model.facts import Place, Scope, ScopeKind
from broadcatch.model.frame import Frame

_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def walk(node: cst.CSTNode, visitor: cst.CSTVisitor) -> None:
    """Visit a tree as `node.visit(visitor)` does, but the blocks of a statement after its other parts.

    LibCST makes every node anew on the way, which costs more than all that is read here.
    """
    if visitor.on_visit(node):
        for child in _children(node):
            walk(child, visitor)
    visitor.on_leave(node)


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for name in _parts(type(node)):
        value = getattr(node, name)
        for child in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(child, cst.CSTNode):
                yield child


@cache
def _parts(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(sorted(child_fields(kind), key=lambda name: name in _BLOCKS))


class FrameVisitor(cst.CSTVisitor):
    """Knows the frame and the functions around the node that is visited.

    `frame` is what stands around the tree; positions are the file's.
    """

    def __init__(self, frame: Frame, positions: Positions) -> None:
        super().__init__()
        self._frames = [frame]
        self._functions: list[cst.FunctionDef] = []
        self._positions = positions

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """A function is a frame of its own."""
        self._enter(node)
        self._functions.append(node)
        return True

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        """Back to the frame around it."""
        self._frames.pop()
        self._functions.pop()

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """A class is a frame of its own."""
        self._enter(node)
        return True

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        """Back to the frame around it."""
        self._frames.pop()

    def visit_For(self, node: cst.For) -> bool:
        """Everything below stands in a loop."""
        self._push(loop="for", over=over(node), loop_last=last_line(node, self._positions))
        return True

    def leave_For(self, original_node: cst.For) -> None:
        """Out of the loop."""
        self._frames.pop()

    def visit_While(self, node: cst.While) -> bool:
        """Everything below stands in a loop."""
        kind = "endless" if _always(node.test) else "while"
        self._push(loop=kind, over=over(node), loop_last=last_line(node, self._positions))
        return True

    def leave_While(self, original_node: cst.While) -> None:
        """Out of the loop."""
        self._frames.pop()

    def visit_If(self, node: cst.If) -> bool:
        """`if __name__ == "__main__"` is remembered."""
        test = node.test
        guard = isinstance(test, cst.Comparison) and chain(test.left) == "__name__"
        self._push(**({"main_guard": True} if guard else {}))
        return True

    def leave_If(self, original_node: cst.If) -> None:
        """Out of the guard."""
        self._frames.pop()

    def _push(self, **place: object) -> None:
        frame = self._frames[-1]
        self._frames.append(replace(frame, place=replace(frame.place, **place)))  # type: ignore[arg-type]

    def _enter(self, node: cst.FunctionDef | cst.ClassDef) -> None:
        frame = self._frames[-1]
        place = frame.place
        inner = Place((*place.scopes, self._scope(node, frame)), "", 0, place.main_guard)
        # A class's own names are not seen from the functions in it.
        outer = frame.scopes[1:] if place.scopes[-1:] and place.scopes[-1].kind == "class" else frame.scopes
        members = members_of(node) if isinstance(node, cst.ClassDef) else frame.members
        scopes = (bindings_of(node), *outer)
        self._frames.append(Frame(inner, scopes, (), members, frame.constants, frame.endings))

    def _scope(self, node: cst.FunctionDef | cst.ClassDef, frame: Frame) -> Scope:
        line = self._positions[node].line
        decorators = _qualified(frame, [decorator.decorator for decorator in node.decorators])
        if isinstance(node, cst.ClassDef):
            bases = _qualified(frame, [base.value for base in node.bases])
            return Scope(node.name.value, "class", line, decorators, bases)
        kind: ScopeKind = "async function" if node.asynchronous else "function"
        last = last_line(node, self._positions)
        return Scope(node.name.value, kind, line, decorators, (), parameters(node), last)


def _always(test: cst.BaseExpression) -> bool:
    if isinstance(test, cst.Integer):
        return test.evaluated_value != 0
    return isinstance(test, cst.Name) and test.value == "True"


def _qualified(frame: Frame, nodes: list[cst.BaseExpression]) -> tuple[str, ...]:
    targets = [node.func if isinstance(node, cst.Call) else node for node in nodes]
    names = [chain(target.value if isinstance(target, cst.Subscript) else target) for target in targets]
    names = [name for name in names if "(" not in name and "[" not in name]
    return tuple(frame.resolve(name)[0] or name for name in names if name)
