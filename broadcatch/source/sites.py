"""Where may something other than an `except` decide about errors? A search for bytes, then `ast`.

`suppress(Exception)`, handlers that are registered with a framework, retries, `__exit__`, a `finally` that
leaves, `gather`. Few files hold one; of those, only the functions and statements around it are cut out.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from broadcatch.model.frame import Frame
from broadcatch.source.bindings import children
from broadcatch.source.slices import DEFINITIONS, FUNCTIONS, SIMPLE, TRY, Around, Slicer, guarded, looped

CONTEXTS = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp"})
"""Last names of calls that say what may be raised in a `with`."""

BATCHES = re.compile(r"(?:^|_)gather$")
"""Last names of calls that wait for several tasks at once: asyncio's, and what projects put around it."""

EXITS = frozenset({"__exit__", "__aexit__"})
CALLED_WITH_ERRORS = EXITS | {"process_exception"}
"""Functions that the language or a framework calls with an error."""

REGISTERING = re.compile(r"(?:exception_?handler|error_?handler|^exception)$")
"""Last names of calls that register a handler for a class of errors."""

RETRYING = re.compile(r"(?:(?:^|\.)retry|on_exception$|Retrying$|_retry$)")
"""Last names of calls that try something again after an error."""

RETRY_MODULES = ("tenacity", "backoff", "retrying", "stamina", "retry")

_CLASS = rb"[({\[\s]*(?:builtins\.)?(?:Base)?Exception\b"
_NAMED: tuple[tuple[bytes, re.Pattern[bytes]], ...] = (
    (b"suppress", re.compile(rb"\bsuppress[ \t]*\((?=[^)]*\b(?:Base)?Exception\b)")),
    (b"aises", re.compile(rb"(?:\braises|\bassertRaises(?:Regexp?)?)[ \t]*\((?=" + _CLASS + rb")")),
    (b"handler(", re.compile(rb"(?:exception_?handler|error_?handler)\((?=" + _CLASS + rb")")),
    (b".exception(", re.compile(rb"@[\w.]+\.exception\((?=" + _CLASS + rb")")),
    (b"exception_handlers", re.compile(rb"\bexception_handlers\b")),
)
"""What counts only where `Exception` is spelled: most files are done with after one search."""
_ANNOTATION = re.compile(rb"Exception(?=[ \t]*[,)\n])")
_UNNAMED: tuple[tuple[bytes, re.Pattern[bytes]], ...] = (
    (b"exit__", re.compile(rb"\bdef[ \t]+__a?exit__")),
    (b"process_exception", re.compile(rb"\bdef[ \t]+process_exception\b")),
)
_REGISTERED = re.compile(
    rb"(?:(?:exception_?handler|error_?handler)\(" + _CLASS + rb"\s*,"
    rb"|\bexception_handlers\s*=\s*\{(?:[^{}]*,)?" + _CLASS + rb"\s*:)\s*(?:self\.)?([A-Za-z_]\w*)\s*[,)}]"
)
"""Who is registered for every error, where it has a plain name."""
_RETRIES = re.compile(rb"\b(?:retry\w*|on_exception|\w*Retrying|retrying)\b[ \t]*(?=[(\n#])")
_RETRY_MODULE = re.compile(
    rb"^[ \t]*(?:import|from)[ \t]+(?:tenacity|backoff|retrying|stamina|retry)\b", re.MULTILINE
)
_AUTORETRY = re.compile(rb"\bautoretry_for\b")
_FINALLY = re.compile(rb"finally(?<=\bfinally)[ \t]*:")
_LEAVES = re.compile(rb"\b(?:return|break|continue)\b")
_GATHER = re.compile(rb"gather[ \t]*\(")
_PLAIN_GATHER = re.compile(rb"gather[ \t]*\([^()]*(?:\((?:[^()]|\([^()]*\))*\)[^()]*)*\)")
"""A call whose arguments hold brackets at most two deep: of all others nothing is known from bytes."""


class Piece(NamedTuple):
    """A statement to parse: `text` is a module of its own, `node` the statement as `ast` read it."""

    text: str
    frame: Frame
    node: ast.stmt


def may_hold_sites(source: bytes) -> bool:
    """Whether something but an `except` may decide about errors in `source`."""
    return next(_marks(source), None) is not None


def _marks(source: bytes) -> Iterator[tuple[int, bool]]:
    """Where something stands, and whether the whole function around it must be read for it."""
    if b"Exception" in source:
        yield from _found(_NAMED, source)
        yield from (
            (found.start(), False) for found in _ANNOTATION.finditer(source) if _annotates(source, found)
        )
        for name in registered_names(source):
            yield from ((found.start(), False) for found in re.finditer(rb"\bdef[ \t]+%s\b" % name, source))
    yield from _found(_UNNAMED, source)
    if b"gather" in source:
        yield from _batches(source)
    if b"etry" in source or b"on_exception" in source:
        yield from ((found.start(), False) for found in _AUTORETRY.finditer(source))
        if _RETRY_MODULE.search(source):
            yield from ((found.start(), False) for found in _RETRIES.finditer(source))
    if b"finally" in source:
        yield from ((found.start(), False) for found in _FINALLY.finditer(source) if _leaves(source, found))


def _found(needles: tuple[tuple[bytes, re.Pattern[bytes]], ...], source: bytes) -> Iterator[tuple[int, bool]]:
    for literal, needle in needles:
        if literal in source:
            deep = literal == b"suppress"  # what was cancelled before it matters
            yield from ((found.start(), deep) for found in needle.finditer(source))


def _annotates(source: bytes, found: re.Match[bytes]) -> bool:
    before = source[source.rfind(b"\n", 0, found.start()) + 1 : found.start()]
    return before.removesuffix(b"Base").rstrip(b" \t").endswith(b":")


def _batches(source: bytes) -> Iterator[tuple[int, bool]]:
    for found in _GATHER.finditer(source):
        call = _PLAIN_GATHER.match(source, found.start())
        if call is None or b"return_exceptions" in call[0]:
            yield found.start(), True
        elif b"*" in call[0]:
            yield found.start(), False


def registered_names(source: bytes) -> frozenset[bytes]:
    """The names of the functions that `source` registers for every error."""
    if b"handler" not in source:
        return frozenset()
    return frozenset(found[1] for found in _REGISTERED.finditer(source))


def _leaves(source: bytes, found: re.Match[bytes]) -> bool:
    indent = source[source.rfind(b"\n", 0, found.start()) + 1 : found.start()]
    if indent.strip(b" \t"):
        return False
    end = re.compile(rb"\n(?![ \t]{%d}|[ \t]*(?:[#)\]}\r\n]|\Z))" % (len(indent) + 1)).search(
        source, found.end()
    )
    return bool(_LEAVES.search(source, found.end(), end.start() if end else len(source)))


class Marks:
    """The lines of a file on which a place may stand. `lines` are those of the file, with their ends.

    `registered` are the names of functions that the file registers for every error.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        source = "".join(lines).encode("utf-8", "surrogatepass")
        found = [(source.count(b"\n", 0, at) + 1, deep) for at, deep in _marks(source)]
        self._every = sorted({line for line, _ in found})
        self._deep = sorted({line for line, deep in found if deep})
        self.registered = frozenset(name.decode() for name in registered_names(source))

    def __bool__(self) -> bool:
        return bool(self._every)

    def between(self, first: int, last: int) -> bool:
        """Whether a place may stand on the lines from `first` to `last`."""
        return _any_between(self._every, first, last)

    def deep_between(self, first: int, last: int) -> bool:
        """The same for places that are judged by the whole function around them."""
        return _any_between(self._deep, first, last)


class SiteFinder:
    """Finds the statements around the places of one file."""

    def __init__(self, tree: ast.Module, lines: Sequence[str], slicer: Slicer, marks: Marks) -> None:
        self._tree = tree
        self._lines = lines
        self._slicer = slicer
        self._marks = marks

    def pieces(self) -> Iterator[Piece]:
        """The statements, in the order of the text; none overlaps another."""
        if self._marks:
            yield from self._block(children(self._tree), Around((self._tree,)))

    def _marked(self, first: int, last: int) -> bool:
        return self._marks.between(first, last)

    def _block(self, statements: Iterable[ast.AST], around: Around) -> Iterator[Piece]:
        for child in statements:
            if isinstance(child, (ast.ExceptHandler, ast.match_case)):
                yield from self._block(child.body, around)
            elif isinstance(child, ast.stmt) and self._marked(_first(child), child.end_lineno or 0):
                yield from self._statement(child, around)

    def _statement(self, node: ast.stmt, around: Around) -> Iterator[Piece]:
        if isinstance(node, ast.ClassDef):
            inner = Around((*around.nodes, node), main_guard=around.main_guard)
            yield from self._block(node.body, inner)
        elif isinstance(node, FUNCTIONS) and not self._is_meant(node):
            yield from self._block(node.body, Around((*around.nodes, node), main_guard=around.main_guard))
        elif isinstance(node, FUNCTIONS) or type(node) in SIMPLE or self._in_header(node):
            yield self._cut(node, around)
        elif isinstance(node, TRY) and self._marked(_end(node), _final(node)):
            yield self._cut(node, around)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            yield from self._block(children(node), looped(node, around))
        elif isinstance(node, ast.If):
            yield from self._block(children(node), guarded(node, around))
        else:
            yield from self._block(children(node), around)

    def _is_meant(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a function is registered, called with errors, or must be read for what it holds."""
        first, body = _first(node), node.body[0].lineno
        if self._marks.deep_between(first, node.end_lineno or 0) or node.name in CALLED_WITH_ERRORS:
            return True
        if node.name in self._marks.registered:
            return True
        if self._marked(first, node.lineno - 1):
            return True
        header = "".join(self._lines[node.lineno - 1 : max(body - 1, node.lineno)])
        return "equest" in header and self._marked(node.lineno, max(body - 1, node.lineno))

    def _in_header(self, node: ast.stmt) -> bool:
        if isinstance(node, TRY):
            return False
        body = getattr(node, "body", None) or getattr(node, "cases", [None])[0]
        first = getattr(body[0], "lineno", 0) if isinstance(body, list) else node.end_lineno or 0
        return self._marked(node.lineno, max(first - 1, node.lineno))

    def _cut(self, node: ast.stmt, around: Around) -> Piece:
        first = _first(node)
        text = "".join(self._lines[first - 1 : node.end_lineno])
        head = "if 1:\n" if node.col_offset else ""  # needs no dedent, so columns stay exact
        return Piece(head + text, self._slicer.frame(around), node)


def _any_between(marks: list[int], first: int, last: int) -> bool:
    at = bisect_left(marks, first)
    return at < len(marks) and marks[at] <= last


def _first(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, DEFINITIONS) else []
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _end(node: ast.stmt) -> int:
    """The first line on which `finally` may stand."""
    blocks = [list(getattr(node, field)) for field in ("body", "handlers", "orelse")]
    return max(part.end_lineno or 0 for block in blocks for part in block) + 1


def _final(node: ast.stmt) -> int:
    """The line on which what is under `finally` begins, 0 where there is none."""
    final = getattr(node, "finalbody", ())
    return final[0].lineno if final else 0
