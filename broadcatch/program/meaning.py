"""What can an expression stand for? The kinds of meaning, and what may be asked about them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Class, Function
from broadcatch.program.project import Symbol
from broadcatch.program.scope import Scope, is_property
from broadcatch.program.types import Type

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Instance:
    """A value: its type, None where that is unknown."""

    type: Type | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A method on a receiver: every implementation that may run; `why` if some cannot be followed."""

    functions: tuple[Function, ...]
    why: str = ""

    @property
    def is_property(self) -> bool:
        return is_property(self.functions[0])


Meaning: TypeAlias = Symbol | Instance | Bound | None


class Meanings(Protocol):
    """What the inference of types asks about names, members and scopes; the resolver answers.

    `types` keeps the inferred types, `cuts` counts the questions that led back to themselves: an answer
    during which it grew is not final, and not kept.
    """

    hierarchy: Hierarchy
    types: dict[object, Type | None]
    cuts: int

    def scope(self, function: Function) -> Scope:
        """The scope of a function's body."""

    def class_scope(self, cls: Class) -> Scope:
        """The scope in which the bases, annotations and values of a class stand."""

    def meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        """What an expression stands for; None if that cannot be told."""

    def class_named(self, expr: ast.expr, scope: Scope) -> str:
        """The canonical name of the class that an expression names; "" if it names none that is known."""

    def member(self, of: Type, name: str) -> Meaning:
        """What attribute `name` of a value of this type means."""

    def guarded(self, key: object, answer: Callable[[], T]) -> T | None:
        """The answer, or None where the question leads back to itself (counted in `cuts`)."""
