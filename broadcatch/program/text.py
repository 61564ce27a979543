"""What stands at this place of a file? Functions, class heads and expressions, parsed when asked for.

A module is known by its sketch (`program.sketch`), which says where things stand. What stands there is cut
out of the text and parsed alone, behind as many empty lines and within as much indentation as the file has
there, so that each node has the very position that it has in the tree of the whole file.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from broadcatch.cache.store import content_hash
from broadcatch.program.names import FunctionNode

Extent: TypeAlias = tuple[int, int, int, int]
"""Line, column, end line, end column, as `ast` counts them."""
_CHANGED = "the file changed while it was read"
_UNKNOWN_SYNTAX = "this Python cannot parse it"
_UNREADABLE = (SyntaxError, ValueError, IndexError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a definition stands: `first` is the line of its first decorator, `line` that of `def` or `class`.

    `head` is the last line of the head of a class, 0 where it ends in the line in which the body begins.
    """

    first: int
    line: int
    column: int
    last: int
    last_column: int = 0
    head: int = 0


def expression(text: str) -> ast.expr | None:
    """What a text says as an expression; None where it is none, or more than this Python can parse."""
    try:
        return ast.parse(text, mode="eval").body
    except _UNREADABLE:
        return None


class SourceText:
    """The text of one file: `source`, or what is read from `path` when it is needed.

    `content` is the hash of the bytes that are meant. A file that holds others by now has no text.
    """

    __slots__ = ("content", "has_tree", "path", "source")

    def __init__(self, path: Path | None = None, content: str = "", source: str | None = None) -> None:
        self.path = path
        self.content = content
        self.source = source
        self.has_tree = False
        """Whether somebody asked for the whole tree: nobody holds a node of it before."""

    def read(self) -> str | None:
        """The whole text; None where the file holds another one by now."""
        if self.source is not None:
            return self.source
        try:
            data = self.path.read_bytes() if self.path else b""
            return text_of(data) if content_hash(data) == self.content else None
        except (OSError, SyntaxError, ValueError):
            return None

    @property
    def tree(self) -> ast.Module:
        """The whole file, parsed; the nodes are not always the same ones."""
        self.has_tree = True
        return _tree_of(self)

    def function(self, name: str, span: Span) -> FunctionNode:
        """The function that stands there."""
        found = self._definition(span, span.last, "")
        is_function = isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef))
        return found if is_function else _lost(name, span, self._why())  # type: ignore[return-value]

    def mentions(self, word: str, span: Span) -> bool:
        """Whether the word stands anywhere in the lines of a definition; spares parsing them."""
        return any(word in line for line in _lines_of(self)[span.first - 1 : span.last])

    def class_(self, name: str, span: Span) -> ast.ClassDef:
        """The class that stands there; its body is parsed when it is asked for."""
        found = self._definition(span, span.head, " " * (span.column + 1) + "pass") if span.head else None
        if isinstance(found, ast.ClassDef):
            return _headed(found, span, lambda: self._whole_class(name, span).body)
        return self._whole_class(name, span)

    def expression(self, extent: Extent) -> ast.expr:
        """The expression that stands there."""
        try:
            found = parsed(self._padded(extent)).body[0]
        except _UNREADABLE:
            found = None
        if isinstance(found, ast.Expr):
            value = found.value  # the parentheses around it are ours, and a tuple counts them in
            value.lineno, value.col_offset, value.end_lineno, value.end_col_offset = extent
            return value
        exprs = (one for one in ast.walk(self.tree) if isinstance(one, ast.expr))
        return next((one for one in exprs if _extent(one) == extent), _call(self._why(), *extent[:2]))

    def _whole_class(self, name: str, span: Span) -> ast.ClassDef:
        found = self._definition(span, span.last, "")
        if isinstance(found, ast.ClassDef):
            return found
        return _lost_class(name, _lost(name, span, self._why()))

    def _why(self) -> str:
        """Why something is not found that should stand there."""
        return _CHANGED if self.read() is None else _UNKNOWN_SYNTAX

    def _definition(self, span: Span, last: int, rest: str) -> ast.AST | None:
        """The definition with the lines from its first up to `last`, and `rest` as its last line."""
        lines = [*_lines_of(self)[span.first - 1 : last], rest]
        above = "\n" * (span.first - 1) if not span.column else "\n" * (span.first - 2) + "if 1:\n"
        try:
            found = parsed(above + "\n".join(lines)).body[0]
        except _UNREADABLE:
            found = None
        if span.column and isinstance(found, ast.If):
            found = found.body[0]
        if found is not None and (found.lineno, found.col_offset) == (span.line, span.column):
            return found
        nodes = ast.walk(self.tree)
        return next((one for one in nodes if isinstance(one, _DEFINITIONS) and one.lineno == span.line), None)

    def _padded(self, extent: Extent) -> str:
        line, column, last, last_column = extent
        lines = _lines_of(self)[line - 1 : last]
        lines[-1] = _upto(lines[-1], last_column)
        lines[0] = " " * (column if line > 1 else column - 1) + _from(lines[0], column)
        above = "\n" * (line - 2) + "(\n" if line > 1 else "("
        return above + "\n".join(lines) + "\n)"


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parsed(source: str) -> ast.Module:
    """The tree of a text, without warnings about it. Raises SyntaxError and ValueError as `ast.parse`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def text_of(data: bytes) -> str:
    """The text in the bytes of a file, as Python reads it. Raises SyntaxError and ValueError."""
    stream = io.BytesIO(data)
    encoding, _ = tokenize.detect_encoding(stream.readline)
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding).read()


@lru_cache(maxsize=256)
def _lines_of(text: SourceText) -> list[str]:
    source = text.read()
    return source.split("\n") if source is not None else []


@lru_cache(maxsize=8)
def _tree_of(text: SourceText) -> ast.Module:
    source = text.read()
    if source is None:
        return ast.Module([ast.Expr(_call(_CHANGED, 1, 0))], [])
    try:
        return parsed(source)
    except _UNREADABLE:  # an error in a function, which the sketch did not look into
        return ast.Module([ast.Expr(_call(_UNKNOWN_SYNTAX, 1, 0))], [])


def _from(line: str, column: int) -> str:
    return line[column:] if line.isascii() else line.encode()[column:].decode()


def _upto(line: str, column: int) -> str:
    return line[:column] if line.isascii() else line.encode()[:column].decode()


def _extent(node: ast.expr) -> Extent:
    return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0


class _Headed(ast.ClassDef):
    """A class whose body is made when it is first asked for."""

    make_body: Callable[[], list[ast.stmt]]

    def __getattr__(self, name: str) -> list[ast.stmt]:
        if name != "body":
            raise AttributeError(name)
        self.body = self.make_body()
        return self.body


_Headed.__name__ = "ClassDef"  # what visitors go by


def _headed(found: ast.ClassDef, span: Span, make_body: Callable[[], list[ast.stmt]]) -> ast.ClassDef:
    """The class that has only its head, with a body to be made."""
    made = _Headed(**{field: getattr(found, field) for field in found._fields})
    del made.body
    made.make_body = make_body
    made.lineno, made.col_offset = found.lineno, found.col_offset
    made.end_lineno, made.end_col_offset = span.last, span.last_column
    return made


def _lost(name: str, span: Span, why: str) -> FunctionNode:
    """Stands for a function that cannot be read: nothing can be known of it."""
    nothing = ast.arguments([], [], ast.arg("args"), [], [], ast.arg("kwargs"), [])
    body: list[ast.stmt] = [ast.Expr(_call(why, span.line, span.column))]
    made = ast.FunctionDef(name, nothing, body, [], None)
    made.lineno = made.end_lineno = span.line
    made.col_offset = made.end_col_offset = span.column
    return ast.fix_missing_locations(made)


def _lost_class(name: str, lost: FunctionNode) -> ast.ClassDef:
    """Stands for a class that is no longer there: it has a base that nobody knows."""
    made = ast.ClassDef(name, [ast.Name(_CHANGED, ast.Load())], [], [lost], [])
    return ast.fix_missing_locations(ast.copy_location(made, lost))


def _call(name: str, line: int, column: int) -> ast.expr:
    made = ast.Call(ast.Name(name, ast.Load()), [], [])
    made.lineno, made.col_offset = line, column
    return ast.fix_missing_locations(made)
