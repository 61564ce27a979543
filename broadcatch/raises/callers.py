"""Who calls this function? The call graph of the project backwards, read as far as a question reaches."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch.program.module import Function, Module
from broadcatch.raises.aliases import names_of, words
from broadcatch.raises.escapes import Engine
from broadcatch.raises.references import Reference, references
from broadcatch.raises.regions import ClauseRegion, Guarded, Invoke, Item, Open, Region

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
        if not isinstance(item, Guarded):
            yield item, guards
            continue
        beside = (*guards, Guard((), True)) if item.swallows else guards
        yield from guarded_items(item.body, (*guards, Guard(item.clauses, item.swallows)))
        for part in (*(clause.body for clause in item.clauses), item.orelse):
            yield from guarded_items(part, beside)
        yield from guarded_items(item.final, guards)


class Callers:
    """The calls of functions of one project; `files` are all of its sources.

    A file is looked at only when its text has a name of the function that is asked for. Told `progress`
    with the number of files that were looked at.
    """

    def __init__(self, engine: Engine, files: Sequence[Path], progress: Progress | None = None) -> None:
        self.engine = engine
        self._progress = progress
        self._texts = {str(file): _text(file) for file in files}
        self._words = words(self._texts)
        self._sites: dict[str, dict[str, list[Site]]] = {}
        self._names: dict[str, frozenset[str] | None] = {}

    def sites(self, function: Function) -> list[Site]:
        """The calls that may run the function, by file and line."""
        found = []
        for path in self._candidates(function):
            if path not in self._sites:
                self._sites[path] = self._read(path)
                if self._progress:
                    self._progress(len(self._sites), len(self._texts))
            found += self._sites[path].get(function.key, [])
        return found

    def references(self, function: Function) -> list[Reference]:
        """Where the function is named without being called there, and calls that may be of it."""
        names = self._names_of(function) or frozenset({function.node.name})
        called = {(site.module.path, site.line) for site in self.sites(function)}
        return [
            one
            for path in self._candidates(function)
            if self._words[path] & names
            for one in references(self.engine, self.engine.project.module_at(path), function, names)
            if one.kind == "passed" or (one.module.path, one.line) not in called
        ]

    def _candidates(self, function: Function) -> Iterator[str]:
        names = self._names_of(function)
        return (path for path, found in self._words.items() if names is None or found & names)

    def _names_of(self, function: Function) -> frozenset[str] | None:
        if function.key not in self._names:
            self._names[function.key] = names_of(function, self._texts)
        return self._names[function.key]

    def _read(self, path: str) -> dict[str, list[Site]]:
        """The calls in one file, by what they run."""
        module = self.engine.project.module_at(path)
        found: dict[str, list[Site]] = {}
        for caller in (None, *module.extents):
            for item, guards in guarded_items(self.engine.code(module, caller)):
                if isinstance(item, Invoke):
                    site = Site(module, caller, item.name, item.line, guards)
                    found.setdefault(item.function.key, []).append(site)
        return found


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
            if isinstance(item, Open) and item.call in given:
                found.append(Site(inner.module, inner, item.call, item.line, guards))
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
