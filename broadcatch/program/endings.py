"""How does a function of another file end, if it never returns? Its text alone is cut out and parsed."""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from collections.abc import Callable, Iterable
from itertools import islice

from broadcatch.model.frame import NEVER_RETURNS, RAISING
from broadcatch.model.links import HERE, Endings
from broadcatch.program.outline import Defined, Outlines, Outside
from broadcatch.source.bindings import ends_of

_NEXT = re.compile(rb"\n(?=[^\s#)\]])")  # the first line of the next statement of the top level
_BLANK = re.compile(rb"\n\s*\n")
_ABOVE = 2000  # bytes: further up no decorator of the function begins
_TRIES = 4
_DEEPEST = 6


class Enders:
    """Functions of the project that never return; `leaves`: whether a call of a name ends the process."""

    def __init__(self, outlines: Outlines, leaves: Callable[[str], bool]) -> None:
        self._outlines = outlines
        self._leaves = leaves
        self._known: dict[Defined, str] = {}

    def among(self, names: Iterable[str], path: str) -> Endings:
        """Those of these qualified names that never return where the file `path` calls them."""
        found = ((name, self._ends(self._outlines.function(name, path))) for name in sorted(names))
        return tuple((name, ends) for name, ends in found if ends)

    def _ends(self, function: Defined | Outside | None, depth: int = 0) -> str:
        if not isinstance(function, Defined) or depth > _DEEPEST:
            return ""
        if function not in self._known:
            self._known[function] = ""  # where it calls itself
            self._known[function] = self._resolved(function, self._own(function), depth)
        return self._known[function]

    def _own(self, function: Defined) -> str:
        """How it ends by its own text."""
        node = _node(self._outlines.text(function.path), function.name.encode())
        return ends_of(node) if node is not None else ""

    def _resolved(self, function: Defined, ends: str, depth: int) -> str:
        """The same with a call followed to where its function is defined; "" where that may return."""
        if not ends or ends in RAISING:
            return ends
        name = ends.removeprefix(NEVER_RETURNS)
        qualified = self._outlines.qualified(function.path, name)
        found = self._outlines.function(qualified, function.path)
        inner = self._ends(found, depth + 1)
        if inner:
            return "raise" if inner == "raise from" else inner
        known = found.name if isinstance(found, Outside) else _plain(qualified)
        return known if self._leaves(known) else "raise" if name != ends else ""


def _plain(qualified: str) -> str:
    name = qualified.removeprefix(HERE)
    return f"builtins.{name}" if hasattr(builtins, name) else name


def _node(source: bytes, name: bytes) -> ast.FunctionDef | None:
    """The only plain function of this name; None where it is decorated, or defined twice."""
    head = b"\ndef " + name + b"("
    start = source.find(head) + 1
    if not start or source.find(head, start) >= 0:
        return None
    above = _BLANK.split(source[max(0, start - _ABOVE) : start])[-1]
    return None if b"\n@" in b"\n" + above else _parsed(source, start)


def _parsed(source: bytes, start: int) -> ast.FunctionDef | None:
    """The function that begins at `start`, None where this Python reads none."""
    ends = [match.start() + 1 for match in islice(_NEXT.finditer(source, start), _TRIES)]
    for end in ends or [len(source)]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                (node,) = ast.parse(source[start:end]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # a text may go on at the margin
        return node if isinstance(node, ast.FunctionDef) else None
    return None
