"""Where does the code stand that is read? Its scope, the clauses around it, and how evidence is written."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.module import Function, Module
from broadcatch.program.names import Binding
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope
from broadcatch.raises.regions import Invoke, Item, Open
from broadcatch.raises.table import Row, Table
from broadcatch.raises.values import Given, Values, passed
from broadcatch.source.walking import walk

_ERRORS = {
    name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)
}
STANDARD = frozenset({*sys.stdlib_module_names, "builtins", *_ERRORS})


Read: TypeAlias = "Callable[[Context, ast.AST], Iterator[Item]]"
"""Everything that evaluating a piece of code can raise."""


@dataclass(slots=True)
class Shared:
    """What all contexts of an engine have in common: how expressions are read, and what is remembered."""

    read: Read
    decorated: dict[Function, Values] = field(default_factory=dict)
    returned: dict[Function, Values] = field(default_factory=dict)
    passing: dict[Function, frozenset[str]] = field(default_factory=dict)
    tested: dict[Function, frozenset[str]] = field(default_factory=dict)
    rebound: dict[Function, frozenset[str]] = field(default_factory=dict)
    called: dict[tuple[str, str], tuple[tuple[Module, ast.Call], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """`bound` are the `as` names of the clauses around, innermost last ("" for a clause without one).

    `present` are lookups whose key was tested just before (`d[k]` under `if k in d`).
    """

    resolver: Resolver
    table: Table
    scope: Scope
    shared: Shared
    bound: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return self.scope.module.path

    def at(self, scope: Scope) -> Context:
        """Code in another scope, under no clause."""
        return Context(self.resolver, self.table, scope, self.shared)

    def binding(self, names: dict[str, Binding]) -> Context:
        """The same place within a lambda or comprehension, which binds names of its own."""
        around = self.scope
        inner: dict[str, tuple[Binding, ...]] = {name: (one,) for name, one in names.items()}
        return replace(self, scope=Scope(around.module, around.function, around.owner, inner, around))

    def read(self, expr: ast.AST) -> Iterator[Item]:
        """Everything that evaluating a piece of code here can raise."""
        return self.shared.read(self, expr)

    def inside_clause(self, name: str) -> Context:
        """The same place within an except clause."""
        return replace(self, bound=(*self.bound, name))

    def testing(self, test: ast.expr) -> Context:
        """The same place where `test` holds."""
        found = {
            f"{ast.unparse(one.comparators[0])}[{ast.unparse(one.left)}]"
            for one in walk(test)
            if isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.In)
        }
        return replace(self, present=self.present | found) if found else self

    def operation(
        self, type_: str, node: ast.AST, detail: str, usual: bool = True, by_data: bool = False
    ) -> Raised:
        """An exception of an operation of the language."""
        line = getattr(node, "lineno", 0)
        return Raised(
            type_, line, Evidence("operation", self.path, line, detail), usual=usual, by_data=by_data
        )

    def known(self, row: Row, node: ast.AST, name: str) -> Raised:
        """An exception that the table names."""
        line = getattr(node, "lineno", 0)
        evidence = Evidence(row.kind, self.path, line, f"{name}: {row.because}")
        raised = self.resolver.exception(row.raises)
        return Raised(raised, line, evidence, transient=row.transient, usual=row.usual, by_data=row.by_data)

    def invoke(self, node: ast.AST, name: str, function: Function, given: Given = ()) -> Invoke:
        """A call, at `node`, that runs a function whose source is followed."""
        return Invoke(getattr(node, "lineno", 0), name, function, self.path, passed(given))

    def open(self, node: ast.AST, call: str, why: str) -> Open:
        """Something that cannot be resolved."""
        return Open(getattr(node, "lineno", 0), call, why)


def is_standard(name: str) -> bool:
    """Whether a dotted name belongs to Python itself; its exceptions go by their bare names."""
    return name.split(".")[0] in STANDARD


def bound_by(generator: ast.comprehension) -> dict[str, Binding]:
    """The names that a `for` of a comprehension binds."""
    if isinstance(generator.target, ast.Name):
        return {generator.target.id: Binding("element", expr=generator.iter)}
    found = [one for one in ast.walk(generator.target) if isinstance(one, ast.Name)]
    return {one.id: Binding("opaque") for one in found if isinstance(one.ctx, ast.Store)}
