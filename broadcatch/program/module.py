"""What does one file define? Its functions, classes and module-level names; parsed where asked, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from broadcatch.program.locate import Origin
from broadcatch.program.names import Binding, FunctionNode, own_nodes
from broadcatch.program.text import SourceText, Span


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method. `owner` is its class, None for a plain one; `outer` the enclosing function.

    `assigns` is whether it binds an attribute of its first parameter.
    """

    module: Module
    qualname: str
    span: Span
    is_async: bool = False
    assigns: bool = True
    owner: Class | None = None
    outer: Function | None = None

    @cached_property
    def node(self) -> FunctionNode:
        """The function as parsed; what needs only its name or lines asks for them instead."""
        return self.module.text.function(self.short, self.span)

    @cached_property
    def key(self) -> str:
        """Unique in the project: module, qualified name and line."""
        return f"{self.module.path}:{self.qualname}:{self.span.line}"

    @property
    def name(self) -> str:
        """`package.module.Class.method`."""
        return f"{self.module.name}.{self.qualname}"

    @property
    def short(self) -> str:
        """`method`."""
        return self.qualname.rpartition(".")[2]

    @property
    def is_decorated(self) -> bool:
        """Whether it has decorators."""
        return self.span.first < self.span.line

    @cached_property
    def decorators(self) -> tuple[str, ...]:
        """The last names of its decorators."""
        if not self.is_decorated:
            return ()
        plain = [d.func if isinstance(d, ast.Call) else d for d in self.node.decorator_list]
        return tuple(d.attr if isinstance(d, ast.Attribute) else getattr(d, "id", "") for d in plain)

    @cached_property
    def yields(self) -> bool:
        """Whether calling it only makes a generator: its body runs when iterated."""
        if not self.mentions("yield"):
            return False
        return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own_nodes(self.node.body))

    @cached_property
    def has_walrus(self) -> bool:
        """Whether a `:=` may stand in it."""
        return self.mentions(":=")

    def mentions(self, word: str) -> bool:
        """Whether the word stands anywhere in its text."""
        return self.module.text.mentions(word, self.span)


@dataclass(frozen=True, eq=False)
class Class:
    """A class; `members` are its functions, `names` everything that its body binds."""

    module: Module
    qualname: str
    span: Span
    members: dict[str, Function] = field(default_factory=dict)
    names: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    nested: dict[str, Class] = field(default_factory=dict)
    outer: Function | None = None

    @cached_property
    def node(self) -> ast.ClassDef:
        """The class as parsed; its body is parsed when that is asked for."""
        return self.module.text.class_(self.short, self.span)

    @property
    def name(self) -> str:
        """`package.module.Class`."""
        return f"{self.module.name}.{self.qualname}"

    @property
    def short(self) -> str:
        """`Class`."""
        return self.qualname.rpartition(".")[2]


@dataclass(frozen=True, eq=False)
class Module:
    """One file. `error` says why it could not be read ("" if it could); then everything else is empty.

    `rebound` are names that functions assign, `for_typing` names imported for type checkers only.
    """

    name: str
    path: str
    is_package: bool
    names: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    rebound: frozenset[str] = frozenset()
    for_typing: frozenset[str] = frozenset()
    text: SourceText = field(default_factory=SourceText)
    error: str = ""
    origin: Origin = "project"
    extents: list[Function] = field(default_factory=list)

    @cached_property
    def by_qualname(self) -> dict[str, list[Function]]:
        """All definitions of each function, overloads and those of other branches too."""
        found: dict[str, list[Function]] = {}
        for one in self.extents:
            found.setdefault(one.qualname, []).append(one)
        return found

    def function_at(self, line: int) -> Function | None:
        """The innermost function around a row; None at module level."""
        around = [one for one in self.extents if one.span.line <= line <= one.span.last]
        return max(around, key=lambda one: one.span.line, default=None)

    @property
    def tree(self) -> ast.Module | None:
        """The whole file, parsed anew where it was not asked for lately; None if it cannot be."""
        return None if self.error else self.text.tree


def exports(module: Module, name: str) -> bool:
    """Whether a star import takes the name: what `__all__` lists, or anything where it cannot be told."""
    lists = [one.expr for one in module.names.get("__all__", ())]
    if not lists or not all(isinstance(one, (ast.List, ast.Tuple)) for one in lists):
        return True
    listed = (part for one in lists for part in one.elts)  # type: ignore[union-attr]
    return any(isinstance(part, ast.Constant) and part.value == name for part in listed)


def seen_from(of: Module, found: Iterable[Class]) -> tuple[Class, ...]:
    """The classes, those of the module's own file as it has them: another text may stand for that file."""
    own = ((one, one.module is not of and one.module.path == of.path) for one in found)
    seen = (of.classes.get(one.qualname) if stands_in else one for one, stands_in in own)
    return tuple(one for one in seen if one is not None)
