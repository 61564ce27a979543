"""Which module does a sketch tell of? Functions, classes and names, with their code still to be parsed."""

from __future__ import annotations

import ast
from typing import Any

from broadcatch.program.locate import Origin
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding, How
from broadcatch.program.sketch import ACCESSOR, ASSIGNS, ASYNC, CLASS, DEFINED, HOWS, IS_CLASS, Sketch, sketch
from broadcatch.program.text import Extent, SourceText, Span


class BadSketch(ValueError):
    """The data is no sketch."""


class Placed(Binding):
    """A binding to an expression that is parsed when it is asked for."""

    __slots__ = ("_extent", "_found", "_given", "_second", "_text")
    _extent: Extent
    _second: Extent | None
    _found: ast.expr | None
    _given: ast.expr | None
    _text: SourceText

    def __init__(
        self, how: How, text: SourceText, extent: Extent, second: Extent | None, path: tuple[int, ...]
    ) -> None:
        put = object.__setattr__
        put(self, "how", how)
        put(self, "target", "")
        put(self, "_text", text)
        put(self, "_extent", extent)
        put(self, "_second", second)
        put(self, "path", path)
        put(self, "_found", None)
        put(self, "_given", None)

    @property
    def expr(self) -> ast.expr:
        """The expression."""
        if self._found is None:
            object.__setattr__(self, "_found", self._text.expression(self._extent))
        return self._found  # type: ignore[return-value]

    @property
    def value(self) -> ast.expr | None:
        """What the annotated name is given."""
        if self._given is None and self._second is not None:
            object.__setattr__(self, "_given", self._text.expression(self._second))
        return self._given


_OPAQUE = Binding("opaque")
_DEFINED = Binding("def")
_CLASS = Binding("class")
_FIXED = {0: _OPAQUE, DEFINED: _DEFINED, CLASS: _CLASS}


def read_module(
    source: str, name: str, path: str, is_package: bool, origin: Origin = "project", minor: int = 0
) -> Module:
    """The module in `source`; a syntax that this Python does not know gives a module with `error`.

    Of a stub, only what holds for Python 3.`minor` is read.
    """
    made = sketch(source, name, is_package, minor if origin == "stub" else 0)
    return unfold(made, path, SourceText(source=source), origin)


def unfold(data: Sketch, path: str, text: SourceText, origin: Origin) -> Module:
    """The module of a sketch; `path` as it is shown. Raises BadSketch for data that is none."""
    try:
        name, is_package, error, stars, rebound, for_typing, names, definitions = data
        module = Module(
            str(name),
            path,
            bool(is_package),
            names=_names(names, text),
            stars=tuple(map(str, stars)),
            rebound=frozenset(rebound),
            for_typing=frozenset(for_typing),
            text=text,
            error=str(error),
            origin=origin,
        )
        _define(module, definitions, "", None, None)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as exc:
        raise BadSketch(str(exc)) from exc
    return module


def _names(data: dict[str, list[Any]], text: SourceText) -> dict[str, tuple[Binding, ...]]:
    return {name: tuple([_binding(one, text) for one in those]) for name, those in data.items()}


def _binding(one: Any, text: SourceText) -> Binding:
    if type(one) is str:
        return Binding("import", one)
    if type(one) is int:
        return _FIXED[one]
    how, line, column, last, last_column, *more = one
    second, path = more or (None, ())
    value = _extent(*second) if second else None
    return Placed(HOWS[how], text, _extent(line, column, last, last_column), value, tuple(map(int, path)))


def _extent(line: int, column: int, last: int, last_column: int) -> Extent:
    if line < 1 or column < 0 or last < line or last_column < 0:
        raise ValueError("no place in a file")
    return line, column, last, last_column


def _define(
    module: Module, data: list[Any], prefix: str, owner: Class | None, outer: Function | None
) -> None:
    for one in data:
        if one[0] & IS_CLASS:
            _define_class(module, one, prefix, owner, outer)
        else:
            _define_function(module, one, prefix, owner, outer)


def _define_function(
    module: Module, data: list[Any], prefix: str, owner: Class | None, outer: Function | None
) -> None:
    flags, name, first, line, column, last, inside = data
    span = _span(first, line, column, last)
    function = Function(module, prefix + name, span, bool(flags & ASYNC), bool(flags & ASSIGNS), owner, outer)
    module.extents.append(function)
    table, key = (module.functions, function.qualname) if owner is None else (owner.members, name)
    if not (flags & ACCESSOR and key in table):  # a property's setter does not hide its getter
        table[key] = function
    _define(module, inside, f"{function.qualname}.<locals>.", None, function)


def _define_class(
    module: Module, data: list[Any], prefix: str, owner: Class | None, outer: Function | None
) -> None:
    _, name, first, line, column, last, last_column, head, names, inside = data
    span = _span(first, line, column, last, last_column, head)
    made = Class(module, prefix + name, span, names=_names(names, module.text), outer=outer)
    if owner is not None:
        owner.nested[name] = made
    module.classes[made.qualname] = made
    _define(module, inside, f"{made.qualname}.", made, outer)


def _span(first: int, line: int, column: int, last: int, last_column: int = 0, head: int = 0) -> Span:
    if not 0 < first <= line <= last or column < 0 or last_column < 0 or head < 0:
        raise ValueError("no place in a file")
    return Span(first, line, column, last, last_column, head)
