"""Where in the program does a name, a handler or a raise stand? What one pass over a module notes down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import libcst as cst
from libcst.metadata import CodeRange

FrameKind: TypeAlias = Literal[
    "module", "function", "class", "lambda", "comprehension", "loop", "handler", "finally", "typing"
]
"""`typing` is the body of an `if TYPE_CHECKING`, which never runs."""

Role: TypeAlias = Literal["use", "bind", "import", "class", "delete", "declare", "handler", "walrus"]
"""`declare` is `global` or `nonlocal`; `handler` the name after `as` in an except clause."""

SCOPES: frozenset[FrameKind] = frozenset({"module", "function", "class", "lambda", "comprehension"})

AnyHandler: TypeAlias = cst.ExceptHandler | cst.ExceptStarHandler
AnyTry: TypeAlias = cst.Try | cst.TryStar


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A piece of code that something can stand in, with what is around it."""

    kind: FrameKind
    node: cst.CSTNode
    parent: Frame | None = None

    def outwards(self) -> Iterator[Frame]:
        """This frame and those around it, innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent

    @property
    def scope(self) -> Frame:
        """The innermost frame that has names of its own."""
        return next(frame for frame in self.outwards() if frame.kind in SCOPES)

    def within(self, other: Frame) -> bool:
        """Whether this frame is `other` or stands in it."""
        return any(frame is other for frame in self.outwards())


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """One place where a name is used or bound; `module` and `imported` tell what an import binds it to.

    `imported` is "" for `import module`.
    """

    name: str
    role: Role
    frame: Frame
    line: int
    column: int
    module: str = ""
    imported: str = ""

    @property
    def binds(self) -> bool:
        """Whether the name gets a value here."""
        return self.role in ("bind", "import", "class", "handler", "walrus")

    @property
    def scope(self) -> Frame:
        """The frame whose name this is, `global` and `nonlocal` aside."""
        scope = self.frame.scope
        while self.role == "walrus" and scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent.scope
        return scope


@dataclass(frozen=True, slots=True, eq=False)
class HandlerSite:
    """An except clause; `earlier` are the clauses of the same try before it, `try_line` is its try.

    `frame` is its own, the one that its body stands in.
    """

    node: AnyHandler
    frame: Frame
    line: int
    column: int
    try_line: int
    earlier: tuple[AnyHandler, ...]
    whole: AnyTry

    @property
    def name(self) -> str:
        """What the caught exception is bound to, "" for nothing."""
        bound = self.node.name
        return bound.name.value if bound is not None and isinstance(bound.name, cst.Name) else ""


@dataclass(frozen=True, slots=True, eq=False)
class RaiseSite:
    """A raise statement, and where it ends."""

    node: cst.Raise
    frame: Frame
    line: int
    column: int
    end_line: int
    end_column: int


Positions: TypeAlias = Mapping[cst.CSTNode, CodeRange]
