"""What does the file itself catch, in its other clauses? People are consistent."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from broadcatch.model.fixing import UNEXPECTED
from broadcatch.program.module import Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.scope import Scope
from broadcatch.source.walking import walk
from broadcatch.suggest.traits import body_traits

_ANYWHERE: Final = frozenset(
    "debug info warning warn error exception critical log print format join "
    "for with await yield yieldfrom delete assert raise import".split()
)
"""Traits that stand in all code: that two bodies share them says nothing."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A type that a clause of the file names: in which row, and how much its try is like the one asked about.

    `alike` is the share of callees in common (0 to 1); `told` is the one of them that says most of what the
    code does, "" where none says anything; `near`: in the same function or class; `name` is how the clause
    writes the type.
    """

    type: str
    line: int
    alike: float
    near: bool
    told: str = ""
    name: str = ""


Named = Callable[[ast.expr | None, Function | None], tuple[str, ...]]
"""The canonical classes of a clause that stands in a function (None: at module level)."""


def habits(
    module: Module, attempt: ast.Try, scope: Scope, scope_of: Callable[[Function | None], Scope], named: Named
) -> tuple[Habit, ...]:
    """Every specific type that the file's other try statements catch, in the order of the rows."""
    own = _callees(attempt, scope)
    here = scope.function
    found: list[Habit] = []
    for other, function in tries(module):
        if other.lineno == attempt.lineno or was_split(other) or _is_within(other, attempt):
            continue
        theirs = _callees(other, scope_of(function))
        common = own & theirs
        alike = len(common) / len(own | theirs) if common else 0.0
        near = function is here or _class(function) == _class(here) != ""
        for handler in other.handlers:
            for type_, name in _written(handler.type, function, named):
                found.append(Habit(type_, handler.lineno, alike, near, telling(common), name))
    return tuple(found)


def _written(clause: ast.expr | None, function: Function | None, named: Named) -> Iterator[tuple[str, str]]:
    """Each class of a clause, with the name by which the file has it: that of an import may be another."""
    for one in clause.elts if isinstance(clause, ast.Tuple) else (clause,):
        types = named(one, function)
        for type_ in types:
            spelled = dotted(one) if len(types) == 1 else ""
            last = (spelled or type_).rpartition(".")[2]
            yield type_, last if last[:1].isupper() else spelled or type_  # `shutil.error`


def _is_within(other: ast.Try, attempt: ast.Try) -> bool:
    """Whether it stands in the body of the other: what it catches there does not come out."""
    return attempt.body[0].lineno <= other.lineno <= (attempt.body[-1].end_lineno or 0)


def was_split(attempt: ast.Try) -> bool:
    """Whether the clauses of a try are those that a split by `fix` made: what they name is no habit yet."""
    first = attempt.handlers[-1].body[0] if attempt.handlers else None
    call = first.value if isinstance(first, ast.Expr) else None
    words = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return (
        isinstance(words, ast.Constant)
        and isinstance(words.value, str)
        and words.value.startswith(UNEXPECTED)
    )


def telling(traits: set[str]) -> str:
    """The trait that says most of what code does: a callee by its full name, the longest; "" for none.

    Loops, lookups, calls that write a log and the like stand in all code: sharing them says nothing.
    """
    return max(filter(_tells, traits), key=lambda one: ("." in one[1:], len(one), one), default="")


def _tells(trait: str) -> bool:
    name = trait.partition("/")[0]
    plain = name.rpartition(".")[2]
    return name.replace(".", "").isidentifier() and plain not in _ANYWHERE


def tries(module: Module) -> Iterator[tuple[ast.Try, Function | None]]:
    """Each try of a module with the innermost function around it, in the order of the rows."""
    if module.tree is None:
        return
    found = [node for node in walk(module.tree) if isinstance(node, ast.Try)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        yield node, module.function_at(node.lineno)


def _callees(attempt: ast.Try, scope: Scope) -> set[str]:
    return {one for one in body_traits(attempt.body, scope) if one[0] not in "@+-*/%<" and ":" not in one}


def _class(function: Function | None) -> str:
    return function.qualname.rpartition(".")[0] if function else ""
