"""What can come out of a `try` body, mistakes of the program included? Proven, or not answered.

A closed answer leaves programming errors aside and believes annotations. Here neither is done: a body is
answered only if each of its operations is one of a small language whose exceptions are known in full, on
values whose types follow from how they are made. Running out of memory or stack, and what signals and other
threads throw in, are left out; builtins and modules are taken to be what they were at the start.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from broadcatch.program.module import Function
from broadcatch.program.names import dotted
from broadcatch.program.scope import Scope
from broadcatch.raises.provable import CALLS, DEFAULTED, METHODS, OPERATORS, TOTAL, Known

_OF_BUILTINS: Final = frozenset({"bytes.fromhex"})
_BLOCKS: Final = ("body", "orelse", "finalbody")


class _NotProven(Exception):
    """Something is outside the language."""


def proven(attempt: ast.Try, inside: Function | None, scope: Scope) -> frozenset[str] | None:
    """The exceptions that the body of a `try` in a function can raise; None where that is not proven."""
    if inside is None or attempt not in list(_statements(inside.node.body)):
        return None
    if any(isinstance(one, (ast.Delete, ast.Global, ast.Nonlocal)) for one in ast.walk(inside.node)):
        return None
    prover = _Prover(inside, scope, _made_before(inside, attempt))
    try:
        prover.block(attempt.body)
    except _NotProven:
        return None
    return frozenset(prover.raised)


@dataclass
class _Prover:
    """Goes through statements in their order; `types` are those of the locals that are surely bound."""

    function: Function
    scope: Scope
    before: Sequence[ast.stmt]
    raised: set[str] = field(default_factory=set)
    types: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        args = self.function.node.args
        parameters = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        self.types = {one.arg: "" for one in parameters}
        for statement in self.before:
            name, value = _assigned(statement)
            if name:
                self.types[name] = self._type_before(name, value)

    def _type_before(self, name: str, value: ast.expr | None) -> str:
        """The type of a local that is bound once, before the `try`; "" where it is not proven."""
        bound = self.scope.names.get(name, ())
        if value is None or len(bound) != 1 or bound[0].how != "value":
            return ""
        trial = _Prover(self.function, self.scope, ())
        trial.types = self.types
        try:
            return trial.value(value)
        except _NotProven:
            return ""

    def block(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, statement: ast.stmt) -> None:
        name, value = _assigned(statement)
        if name and value is not None:
            if name not in self.scope.names:
                raise _NotProven  # it belongs to another scope, which may watch it
            self.types[name] = self.value(value)
        elif isinstance(statement, (ast.Expr, ast.Return)):
            if statement.value is not None:
                self.value(statement.value)
        elif not isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
            raise _NotProven

    def value(self, node: ast.expr) -> str:
        """The type of an expression, "" where any; what it can raise is noted. Raises _NotProven."""
        if isinstance(node, ast.Constant):
            return type(node.value).__name__
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.JoinedStr):
            return self._text(node)
        if isinstance(node, ast.BinOp):
            key = (self.value(node.left), type(node.op).__name__, self.value(node.right))
            return self._known(OPERATORS.get(key))
        if isinstance(node, ast.Subscript):
            return self._item(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Tuple) and not any(isinstance(one, ast.Starred) for one in node.elts):
            for one in node.elts:
                self.value(one)
            return "tuple"
        raise _NotProven

    def _name(self, name: str) -> str:
        if name not in self.types:
            raise _NotProven
        return self.types[name]

    def _text(self, node: ast.JoinedStr) -> str:
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or self.value(part.value) != "str":
                    raise _NotProven
        return "str"

    def _item(self, node: ast.Subscript) -> str:
        if dotted(node.value) and self._global(node.value) == "os.environ":
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                return self._known(Known("str", ("KeyError",)))
            raise _NotProven
        if dotted(node.value) and self._global(node.value) == "sys.argv" and self.value(node.slice) == "int":
            return self._known(Known("str", ("IndexError",)))
        key = (self.value(node.value), "[]", self.value(node.slice))
        return self._known(OPERATORS.get(key))

    def _call(self, node: ast.Call) -> str:
        called = self._global(node.func)
        if called == "os.environ.get" or called == "os.getenv":
            return self._defaulted(node)
        given = tuple(self.value(one) for one in self._plain(node))
        if called:
            return self._known(CALLS.get((called, given)))
        if not isinstance(node.func, ast.Attribute):
            raise _NotProven
        receiver = self.value(node.func.value)
        return self._known(
            METHODS.get((receiver, node.func.attr, given)) or TOTAL.get((receiver, node.func.attr, given))
        )

    def _plain(self, node: ast.Call) -> list[ast.expr]:
        if node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
            raise _NotProven
        return node.args

    def _defaulted(self, node: ast.Call) -> str:
        texts = [one.value for one in self._plain(node) if isinstance(one, ast.Constant)]
        if len(texts) == len(node.args) == 2 and all(isinstance(one, str) for one in texts):
            return DEFAULTED
        raise _NotProven

    def _global(self, node: ast.expr) -> str:
        """The dotted name of a builtin, or of what a module imports at its top once; "" for all else."""
        written = dotted(node)
        head, _, rest = written.partition(".")
        if not head or head in self.types:
            return ""
        found = self.scope.find(head)
        if found is None:
            return "" if rest and written not in _OF_BUILTINS or self.scope.module.stars else written
        bound = found[1]
        if found[0].function is not None or len(bound) != 1 or bound[0].how != "import":
            return ""
        return f"{bound[0].target}.{rest}" if rest else bound[0].target

    def _known(self, found: Known | None) -> str:
        if found is None:
            raise _NotProven
        self.raised.update(found.raises)
        return found.type


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    """The one local that a statement binds to a value, and the value."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return (target.id, statement.value) if isinstance(target, ast.Name) else ("", None)
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return (statement.target.id, statement.value) if statement.value is not None else ("", None)
    return "", None


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        for block in _blocks(statement):
            yield from _statements(block)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for name in _BLOCKS:
        yield getattr(statement, name, [])
    for handler in getattr(statement, "handlers", ()):
        yield handler.body


def _made_before(inside: Function, attempt: ast.Try) -> list[ast.stmt]:
    """The statements that surely ran to their end before the `try`, in their order."""
    found: list[ast.stmt] = []
    body: Sequence[ast.stmt] = inside.node.body
    while body:
        at = next((one for one in body if one is attempt or attempt in list(_inner(one))), None)
        if at is None:
            break
        found += body[: list(body).index(at)]
        if at is attempt:
            break
        body = next((block for block in _blocks(at) if attempt in list(_statements(block))), [])
    return found


def _inner(statement: ast.stmt) -> Iterator[ast.stmt]:
    for block in _blocks(statement):
        yield from _statements(block)
