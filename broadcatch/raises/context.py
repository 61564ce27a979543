"""Where does the code stand that is read? Its scope, the clauses around it, and how evidence is written."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, replace

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.module import Function
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope
from broadcatch.raises.regions import Invoke, Open
from broadcatch.raises.table import Row, Table

STANDARD = frozenset({*sys.stdlib_module_names, "builtins"})


@dataclass(frozen=True, slots=True)
class Context:
    """`bound` are the `as` names of the clauses around, innermost last ("" for a clause without one).

    `present` are lookups whose key was tested just before (`d[k]` under `if k in d`).
    """

    resolver: Resolver
    table: Table
    scope: Scope
    bound: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return self.scope.module.path

    def inside_clause(self, name: str) -> Context:
        """The same place within an except clause."""
        return replace(self, bound=(*self.bound, name))

    def testing(self, test: ast.expr) -> Context:
        """The same place where `test` holds."""
        found = {
            f"{ast.unparse(one.comparators[0])}[{ast.unparse(one.left)}]"
            for one in ast.walk(test)
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
        raised = self.resolver.hierarchy.canonical(row.raises)
        return Raised(raised, line, evidence, transient=row.transient, usual=row.usual, by_data=row.by_data)

    def invoke(self, node: ast.AST, name: str, function: Function) -> Invoke:
        """A call, at `node`, that runs a function whose source is followed."""
        return Invoke(getattr(node, "lineno", 0), name, function, self.path)

    def open(self, node: ast.AST, call: str, why: str) -> Open:
        """Something that cannot be resolved."""
        return Open(getattr(node, "lineno", 0), call, why)


def is_standard(name: str) -> bool:
    """Whether a dotted name belongs to Python itself."""
    return name.split(".")[0] in STANDARD
