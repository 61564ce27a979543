"""Who calls this function? The call graph of the project backwards, read as far as a question reaches."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from broadcatch.program.module import Function, Module
from broadcatch.raises.escapes import Engine
from broadcatch.raises.regions import (
    CallParameter,
    ClauseRegion,
    Guarded,
    Invoke,
    Item,
    Region,
    Spliced,
    Under,
    Within,
)
from broadcatch.raises.upwards.aliases import Names, Texts
from broadcatch.raises.upwards.references import Reference, Speaking

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands around a call: the clauses of a try, in order, and whether its `finally` swallows."""

    clauses: tuple[ClauseRegion, ...]
    swallows: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A call in `module` (in `caller`, None at module level) with what guards it, outermost first."""

    module: Module
    caller: Function | None
    call: str
    line: int
    guards: tuple[Guard, ...]


def guarded_items(code: Region, guards: tuple[Guard, ...] = ()) -> Iterator[tuple[Item, tuple[Guard, ...]]]:
    """Every item of a region that is no try itself, with what guards it."""
    for item in code:
        if isinstance(item, (Under, Within)):
            yield from guarded_items(item.body, guards)
            continue
        if isinstance(item, Spliced):
            yield item.call, guards
            yield from guarded_items(item.body, guards)
            continue
        if not isinstance(item, Guarded):
            yield item, guards
            continue
        beside = (*guards, Guard((), True)) if item.swallows else guards
        yield from guarded_items(item.body, (*guards, Guard(item.clauses, item.swallows)))
        for part in (*(clause.body for clause in item.clauses), item.orelse):
            yield from guarded_items(part, beside)
        yield from guarded_items(item.final, guards)


def beyond(code: Region, line: int, guards: tuple[Guard, ...] = ()) -> tuple[Guard, ...] | None:
    """What guards that which leaves the `try` of the clause in row `line`, outermost first; None without one.

    Its own `finally` is among them, its clauses are not.
    """
    for item in code:
        for part, around in _parts_of(item, line, guards):
            if part is None:
                return around
            found = beyond(part, line, around)
            if found is not None:
                return found
    return None


def _parts_of(
    item: Item, line: int, guards: tuple[Guard, ...]
) -> Iterator[tuple[Region | None, tuple[Guard, ...]]]:
    """The regions in an item with what guards them; None stands for the `try` that is looked for."""
    if isinstance(item, (Within, Spliced)):
        yield item.body, guards
    elif isinstance(item, Guarded):
        beside = (*guards, Guard((), True)) if item.swallows else guards
        if any(clause.line == line for clause in item.clauses):
            yield None, beside
        yield item.body, (*guards, Guard(item.clauses, item.swallows))
        for part in (*(clause.body for clause in item.clauses), item.orelse):
            yield part, beside
        yield item.final, guards


class Callers:
    """The calls of functions of one project; `files` are all of its sources.

    A file is looked at only when its text has a name of the function that is asked for. Told `progress`
    with the number of files that were looked at.
    """

    def __init__(self, engine: Engine, files: Sequence[Path], progress: Progress | None = None) -> None:
        self.engine = engine
        self._progress = progress
        texts = {str(file): _text(file) for file in files}
        self._texts = Texts(texts, lambda path: engine.project.module_at(path).tree)
        self._callers: dict[str, list[tuple[Function | None, frozenset[str]]]] = {}
        self._calls: dict[str, list[tuple[str, Site]]] = {}
        self._speaking: dict[str, Speaking] = {}
        self._sites: dict[str, list[Site]] = {}
        self._references: dict[str, list[Reference]] = {}
        self._names: dict[str, Names | None] = {}

    def sites(self, function: Function) -> list[Site]:
        """The calls that may run the function, by file and line."""
        if function.key not in self._sites:
            names = self._names_of(function)
            self._sites[function.key] = [
                site
                for path, words in self._texts.words.items()
                if names is None or names.at(path) & words
                for key, site in self._in_file(path, names)
                if key == function.key
            ]
        return self._sites[function.key]

    def references(self, function: Function) -> list[Reference]:
        """Where the function is named without being called there, and calls that may be of it."""
        if function.key not in self._references:
            called = {(site.module.path, site.line) for site in self.sites(function)}
            self._references[function.key] = [
                one
                for one in self._named(function)
                if one.kind == "passed" or one.lost or (one.module.path, one.line) not in called
            ]
        return self._references[function.key]

    def _named(self, function: Function) -> Iterator[Reference]:
        known = self._names_of(function) or Names(frozenset({function.node.name}))
        for path, found in self._texts.words.items():
            names = known.at(path)
            if found & names:
                if path not in self._speaking:
                    self._speaking[path] = Speaking(self.engine, self.engine.project.module_at(path))
                yield from self._speaking[path].of(function, names)

    def _names_of(self, function: Function) -> Names | None:
        if function.key not in self._names:
            self._names[function.key] = self._texts.names_of(function)
        return self._names[function.key]

    def _in_file(self, path: str, names: Names | None) -> Iterator[tuple[str, Site]]:
        """The calls in the functions of a file that speak of the names, with the keys of what they run."""
        module = self.engine.project.module_at(path)
        if path not in self._callers:
            self._callers[path] = [(None, self._texts.words[path])]
            for one in module.extents:
                words = self._texts.words_between(path, one.node.lineno, one.node.end_lineno or 0)
                self._callers[path].append((one, words))
            if self._progress:
                self._progress(len(self._callers), len(self._texts.texts))
        wanted = names.at(path) if names else None
        for caller, words in self._callers[path]:
            if wanted is None or wanted & words:
                yield from self._of_caller(module, caller)

    def _of_caller(self, module: Module, caller: Function | None) -> list[tuple[str, Site]]:
        key = caller.key if caller else module.path
        if key not in self._calls:
            self._calls[key] = [
                (item.function.key, Site(module, caller, item.name, item.line, guards))
                for item, guards in guarded_items(self.engine.code(module, caller))
                for item in _run_by(item)
            ]
        return self._calls[key]


def _run_by(item: Item) -> Iterator[Invoke]:
    """The call, and the decorated function that the call runs through its wrapper."""
    if not isinstance(item, Invoke):
        return
    yield item
    for _, code in item.passed:
        for inner in code:
            if isinstance(inner, Invoke) and inner.function.node.decorator_list:
                yield replace(inner, line=item.line, name=item.name, path=item.path)


def wrapping(engine: Engine, function: Function) -> list[Site]:
    """The calls of the function by its own decorators that are of the project; the inner ones first."""
    around = (
        engine.resolver.class_scope(function.owner)
        if function.owner
        else engine.resolver.scope(function).outer
    )
    found = []
    for decorator in reversed(function.node.decorator_list):
        plain = decorator.func if isinstance(decorator, ast.Call) else decorator
        meant = engine.resolver.meaning(plain, around) if around else None
        if isinstance(meant, Function):
            found += _calls_of_parameter(engine, meant)
    return found


def _calls_of_parameter(engine: Engine, decorator: Function) -> list[Site]:
    """Where functions inside the decorator call the function that it was given."""
    found = []
    for inner in decorator.module.extents:
        outer = inner.outer
        if outer is None or decorator not in _around(inner):
            continue
        args = outer.node.args
        given = [arg.arg for arg in (*args.posonlyargs, *args.args)][:1]
        for item, guards in guarded_items(engine.code(inner.module, inner)):
            if isinstance(item, CallParameter) and item.parameter.name in given:
                found.append(Site(inner.module, inner, item.name, item.line, guards))
    return found


def _around(function: Function) -> Iterator[Function]:
    outer = function.outer
    while outer is not None:
        yield outer
        outer = outer.outer


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
