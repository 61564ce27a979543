"""What does an expression of one function of a chain say in terms of the outermost function?"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from broadcatch.model.raising import Raised, Step
from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.text import expression
from broadcatch.raises.passing import has_receiver
from broadcatch.source.walking import walk
from broadcatch.suggest.bindings import bindings_of, body_of
from broadcatch.suggest.standing import of_local, of_module

Locate: TypeAlias = Callable[[str], Module]
_BUILTIN = frozenset(dir(builtins))


@dataclass(slots=True)
class Frame:
    """One function of a chain, the row that matters in it, what its parameters stand for outside.

    `of` is the class of the object whose method it is, or one above it, as far as the chain tells;
    `exact`: of none below it. `attributes` are those that are known of that object.
    """

    number: int
    module: Module
    function: Function | None
    line: int
    given: dict[str, ast.expr] = field(default_factory=dict)
    attributes: dict[str, ast.expr] = field(default_factory=dict)
    of: Class | None = None
    exact: bool = False

    @property
    def code(self) -> Function | Module:
        return self.function or self.module

    @property
    def body(self) -> list[ast.stmt]:
        return body_of(self.code)


def frame_at(number: int, step: Step, at: Locate) -> Frame:
    module = at(step.path)
    function = module.function_at(step.line)
    around = function
    while around is not None and around.owner is None:
        around = around.outer
    return Frame(number, module, function, step.line, of=around.owner if around else None)


def nodes_of(frame: Frame) -> tuple[ast.AST, ...]:
    """All nodes of the statement around the row."""
    return _nodes(frame.code, frame.line)


@lru_cache(maxsize=64)
def _nodes(code: Function | Module, line: int) -> tuple[ast.AST, ...]:
    """A row is asked about many times in a row: by each of its exceptions, of each in several ways."""
    around = (one for one in body_of(code) if one.lineno <= line <= (one.end_lineno or 0))
    return tuple(node for statement in around for node in walk(statement))


def calls_of(frame: Frame) -> list[ast.Call]:
    """The calls that begin in the row."""
    return [one for one in nodes_of(frame) if isinstance(one, ast.Call) and one.lineno == frame.line]


def called(one: Raised, frame: Frame) -> ast.Call | None:
    """The only call of the row of which the evidence speaks."""
    calls = [call for call in calls_of(frame) if one.evidence.detail.startswith(f"{shown(call.func)}: ")]
    return calls[0] if len(calls) == 1 else None


def outside(frame: Frame, expr: ast.expr) -> ast.expr:
    """The expression in terms of the outermost function of the chain."""
    copied = _copied(expr)
    found: ast.expr = Outside(
        frame, expr.lineno if hasattr(expr, "lineno") else frame.line, stores_of(frame)
    ).visit(copied)
    return found


def _copied(expr: ast.expr) -> ast.expr:
    """The same without its place; with it where it is none that stands alone (`*rest`)."""
    return (None if isinstance(expr, ast.Starred) else expression(written(expr))) or copy.deepcopy(expr)


def written(expr: ast.AST) -> str:
    """The expression as text; "" where it cannot be written (a backslash within a text, before 3.12)."""
    try:
        return ast.unparse(expr)
    except ValueError:
        return ""


class Outside(ast.NodeTransformer):
    """Names of parameters become what was passed; all others keep apart what only has the same name."""

    def __init__(
        self, frame: Frame, line: int, stores: dict[str, list[int]], within: tuple[str, ...] = ()
    ) -> None:
        self._frame = frame
        self._line = line
        self._stores = stores
        self._within = within

    def visit_Name(self, node: ast.Name) -> ast.expr:
        frame = self._frame
        before = sum(line < self._line for line in self._stores.get(node.id, ()))
        if not before and node.id in frame.given:
            return frame.given[node.id]
        own = node.id in self._stores or node.id in _parameters(frame)
        known = self._known(node.id, own)
        if known is not None:
            return known
        plain = not own and (node.id in _BUILTIN or _is_imported(frame.module, node.id))
        if plain or not frame.number and not before:
            return node
        home = (
            frame.module.name.replace(".", "_") if not own and node.id in frame.module.names else frame.number
        )
        return ast.Name(f"{node.id}__{home}__{before}", ast.Load())

    def _known(self, name: str, own: bool) -> ast.expr | None:
        """What the name stands for, if it is bound once; None where that says nothing."""
        frame = self._frame
        if not own:
            return of_module(frame.module, name)
        if name in _parameters(frame) or len(self._stores.get(name, ())) != 1 or name in self._within:
            return None
        value = of_local(frame.code, name, self._line)
        if value is None:
            return None
        inner = Outside(frame, self._line, self._stores, (*self._within, name))
        found: ast.expr = inner.visit(_copied(value))
        return found

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """A text that cannot be written with what names stand for (a backslash, before 3.12) is a name."""
        found = self.generic_visit(node)
        if expression(written(found)) is None:
            return ast.Name(f"text__{self._frame.number}__{node.col_offset}", ast.Load())
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        before = sum(line < self._line for line in self._stores.get(dotted(node) or "", ()))
        frame, function = self._frame, self._frame.function
        if not before and function is not None and dotted(node.value) == (receiver_of(function) or "-"):
            if node.attr in frame.attributes:
                return frame.attributes[node.attr]
        attr = f"{node.attr}__{self._frame.number}__{before}" if before else node.attr
        return ast.Attribute(self.visit(node.value), attr, ast.Load())


def _is_imported(module: Module, name: str) -> bool:
    """Whether the name is that of a module under its own name, in every file the same."""
    bound = module.names.get(name, ())
    return bool(bound) and all(one.how == "import" and one.target == name for one in bound)


def receiver_of(function: Function) -> str:
    """The name of the first parameter of a method; "" for any other function."""
    plain = [*function.node.args.posonlyargs, *function.node.args.args]
    return plain[0].arg if has_receiver(function) and plain else ""


def _parameters(frame: Frame) -> frozenset[str]:
    return frozenset() if frame.function is None else _parameters_of(frame.function)


@lru_cache(maxsize=2048)
def _parameters_of(function: Function) -> frozenset[str]:
    return frozenset(one.arg for one in ast.walk(function.node.args) if isinstance(one, ast.arg))


def stores_of(frame: Frame) -> dict[str, list[int]]:
    """Where names and attributes are bound; in a loop around the row, before it."""
    return bindings_of(frame.code).at(frame.line)


def bound_once(frame: Frame, expr: ast.expr) -> ast.expr | None:
    """What a local variable was given by the only statement that binds it."""
    if not isinstance(expr, ast.Name) or len(stores_of(frame).get(expr.id, ())) != 1:
        return None
    for statement in frame.body:
        for node in walk(statement):
            if isinstance(node, ast.Assign) and [dotted(one) for one in node.targets] == [expr.id]:
                return node.value
    return None
