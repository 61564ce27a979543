"""Who calls this function? Calls are found by its name in all files, and only these are resolved.

Far cheaper than to read what every function runs, and good enough to count with: a call under another name (a
function in a variable, a callback) is not seen. `raises/upwards/callers.py` sees those too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from broadcatch.program.calls import resolve_call
from broadcatch.program.module import Function, Module
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import module_scope

_CALLED = re.compile(r"\b(\w+)\s*\(")
_RENAMED = re.compile(r"\b(\w+)\s+as\s+(\w+)")
_MADE = frozenset({"__init__", "__new__", "__post_init__"})
_MOST = 300
"""Calls of one name that are resolved, those of the function's own file first: a name that is called more
often is that of many functions."""


@dataclass(frozen=True, slots=True)
class Calling:
    """A call in `module`, in `caller` (None at module level)."""

    module: Module
    caller: Function | None
    call: ast.Call

    @property
    def line(self) -> int:
        """The row of the call."""
        return self.call.lineno


class Reversed:
    """The calls of functions of one project; `files` are all of its sources, `most` bounds each question."""

    def __init__(self, resolver: Resolver, files: Sequence[Path], most: int = _MOST) -> None:
        self._resolver = resolver
        self._files = files
        self._most = most
        self._calls: dict[str, dict[str, list[ast.Call]]] = {}
        self._known: dict[str, tuple[Calling, ...]] = {}

    def calls(self, function: Function) -> tuple[Calling, ...]:
        """The calls that may run the function, by file and line; none of one that Python itself calls."""
        if function.key not in self._known:
            self._known[function.key] = tuple(self._resolved(function))
        return self._known[function.key]

    def _resolved(self, function: Function) -> Iterator[Calling]:
        for one in self._named(function):
            scope = self._resolver.scope(one.caller) if one.caller else module_scope(one.module)
            target = resolve_call(self._resolver, one.call, scope)
            if any(found.key == function.key for found in target.functions):
                yield one

    def _named(self, function: Function) -> list[Calling]:
        """The calls by the function's name, at most `most` of them."""
        found: list[Calling] = []
        own = function.module.path
        names = self._names_of(function)
        paths = {path for name in names for path in self._by_name.get(name, ())}
        for path in sorted(paths, key=lambda path: (path != own, path)):
            module = self._resolver.project.module_at(path)
            for name in names:
                for call in self._in_file(path, module).get(name, ()):
                    if len(found) >= self._most:
                        return found
                    found.append(Calling(module, module.function_at(call.lineno), call))
        return found

    def _names_of(self, function: Function) -> list[str]:
        name = function.short
        if name in _MADE and function.owner is not None:
            name = function.owner.short
        elif name.startswith("__") and name.endswith("__"):
            return []
        return [name, *sorted(self._renamed.get(name, set()) - {name})]

    def _in_file(self, path: str, module: Module) -> dict[str, list[ast.Call]]:
        """The calls of a file by the last part of the callee's name."""
        if path not in self._calls:
            found: dict[str, list[ast.Call]] = {}
            for node in ast.walk(module.tree) if module.tree else ():
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    found.setdefault(name, []).append(node)
            self._calls[path] = found
        return self._calls[path]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {str(file): _text(file) for file in self._files}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The files that call something of that name, as far as the text tells."""
        found: dict[str, list[str]] = {}
        for path, text in self._texts.items():
            for name in set(_CALLED.findall(text)):
                found.setdefault(name, []).append(path)
        return found

    @cached_property
    def _renamed(self) -> dict[str, set[str]]:
        """The names that imports give to something of another name."""
        found: dict[str, set[str]] = {}
        for text in self._texts.values():
            for name, other in _RENAMED.findall(text) if " as " in text else ():
                found.setdefault(name, set()).add(other)
        return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
