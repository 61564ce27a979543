"""What can an expression stand for? The kinds of meaning, and what may be asked about them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External, Project, Symbol
from broadcatch.program.scope import Scope, is_property
from broadcatch.program.stubs import Stubs
from broadcatch.program.types import Type

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Instance:
    """A value: its type, None where that is unknown."""

    type: Type | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A method on a receiver: every implementation that may run; `why` if some cannot be followed.

    `receiver` is the type of the object (or class) it belongs to, None where it is taken from the class;
    `declared` what the receiver's class itself has, of which the implementations are overrides.
    """

    functions: tuple[Function, ...]
    why: str = ""
    receiver: Type | None = None
    declared: Function | None = None

    @property
    def is_property(self) -> bool:
        return bool(self.functions) and is_property(self.functions[0])


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several meanings, none of them unknown: what a union has, or what branches bind."""

    meanings: tuple[Meaning, ...]


Meaning: TypeAlias = Symbol | Instance | Bound | Choice | None


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call passes, as it stands in `scope`; not `complete` if some of it is unpacked."""

    scope: Scope
    positional: tuple[ast.expr, ...] = ()
    named: tuple[tuple[str, ast.expr], ...] = ()
    complete: bool = True


def arguments_of(call: ast.Call, scope: Scope) -> Arguments:
    """The arguments of a call."""
    given = tuple(one for one in call.args if not isinstance(one, ast.Starred))
    named = tuple((one.arg, one.value) for one in call.keywords if one.arg is not None)
    complete = len(given) == len(call.args) and len(named) == len(call.keywords)
    return Arguments(scope, given, named, complete)


class Meanings(Protocol):
    """What the inference of types asks about names, members and scopes; the resolver answers.

    `types` keeps the inferred types, `cuts` counts the questions that led back to themselves: an answer
    during which it grew is not final, and not kept. `notes` keeps what never changes.
    """

    project: Project
    hierarchy: Hierarchy
    stubs: Stubs
    types: dict[object, Type | None]
    notes: dict[object, object]

    def scope(self, function: Function) -> Scope:
        """The scope of a function's body."""

    def class_scope(self, cls: Class) -> Scope:
        """The scope in which the bases, annotations and values of a class stand."""

    def meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        """What an expression stands for; None if that cannot be told."""

    def type_of(self, expr: ast.expr, scope: Scope) -> Type | None:
        """The class of an expression's value; None if unknown."""

    def class_named(self, expr: ast.expr, scope: Scope) -> str:
        """The canonical name of the class that an expression names; "" if it names none that is known."""

    def attribute(self, of: Meaning, name: str) -> Meaning:
        """What `of.name` means."""

    def member(self, of: Type, name: str) -> Meaning:
        """What attribute `name` of a value of this type means."""

    def lacks(self, of: Type, name: str) -> bool:
        """Whether a value of this type surely has no such attribute."""

    def called(
        self, found: Meaning, arguments: Arguments | None = None, receiver: Type | None = None
    ) -> Type | None:
        """The type of what calling a value with this meaning gives."""

    def bases(self, cls: Class) -> tuple[Class | External | None, ...]:
        """The direct bases, resolved."""

    def mro(self, cls: Class) -> list[Class | External | None]:
        """The class and its ancestors; None stands for a base that cannot be resolved."""

    @property
    def cuts(self) -> int:
        """How many questions led back to themselves so far."""

    def kept(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """As `guarded`, for a key that decides the answer; remembered where the same questions are around."""

    def guarded(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """The answer, or None where the question leads back to itself (counted in `cuts`)."""
