"""Which piece of code does a line or a name mean? A function, the body of a try, or a whole module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.program.meaning import Bound, Meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.resolver import Resolver

_INNER = ".<locals>"


@dataclass(frozen=True, slots=True)
class Located:
    """A try in a function or module, else a class (its constructor), else a function, else the module."""

    module: Module
    function: Function | None = None
    attempt: ast.Try | None = None
    made: Class | None = None


def at_line(module: Module, line: int) -> Located:
    """The line of a `try`, or of one of its clauses, means its body; any other the innermost function."""
    function = function_at(module, line)
    attempts = [one for one in _attempts(module) if line in _headers(one)]
    return Located(module, function, max(attempts, key=lambda one: one.lineno, default=None))


def function_at(module: Module, line: int) -> Function | None:
    """The innermost function whose decorators, header or body hold the line."""
    around = [one for one in module.extents if _first(one) <= line <= (one.node.end_lineno or 0)]
    return max(around, key=lambda one: one.node.lineno, default=None)


def by_name(resolver: Resolver, module: Module, name: str) -> Located | None:
    """The function, method (an inherited one too) or class of that dotted name; None if there is none."""
    for known in (name, name.replace(_INNER, "")):
        for function in module.extents:
            if function.qualname in (name, known) or function.qualname.replace(_INNER, "") == known:
                return Located(module, module.functions.get(function.qualname, function))
    found: Meaning = module
    for part in name.split("."):
        found = resolver.attribute(found, part)
    if isinstance(found, Bound) and found.functions:
        found = found.functions[0]
    if isinstance(found, Function):
        return Located(found.module, found)
    return Located(found.module, made=found) if isinstance(found, Class) else None


def _first(function: Function) -> int:
    return min([function.node.lineno, *(one.lineno for one in function.node.decorator_list)])


def _attempts(module: Module) -> Iterator[ast.Try]:
    for node in ast.walk(module.tree) if module.tree else ():
        if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            yield node  # type: ignore[misc]


def _headers(attempt: ast.Try) -> Iterator[int]:
    """The lines of `try`, `except …`, `else` and `finally`."""
    yield attempt.lineno
    for handler in attempt.handlers:
        yield handler.lineno
        yield from range(handler.lineno + 1, handler.body[0].lineno)
    last = attempt.handlers[-1].body if attempt.handlers else attempt.body
    for block in (attempt.orelse, attempt.finalbody):
        if block:
            yield from range((last[-1].end_lineno or 0) + 1, block[0].lineno)
            last = block
