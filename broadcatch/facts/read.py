"""What does this file hold? From text to facts: `ast` finds the slices, LibCST reads them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from broadcatch.facts.bindings import bindings_of
from broadcatch.facts.visitor import FactsVisitor
from broadcatch.flow.positions import Mismatch, Pairing
from broadcatch.model.facts import Clauses, Comment, FileFacts, Handler, Place
from broadcatch.model.frame import Frame
from broadcatch.model.links import NO_LINKS, Links
from broadcatch.model.span import Span
from broadcatch.source.lines import split
from broadcatch.source.slices import Reading, Slice, Slicer

SHALLOW = Reading()


class UnreadableError(Exception):
    """The text is no Python that LibCST or this Python's `ast` can parse; the message says where."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


def read_facts(
    text: str,
    path: str,
    module: str = "",
    reading: Reading = SHALLOW,
    comments: tuple[Comment, ...] = (),
    links: Links = NO_LINKS,
) -> FileFacts:
    """The facts of one file. Raises `UnreadableError` where it cannot be parsed at all."""
    lines = split_lines(text)
    try:
        seen = read_slices(text, lines, reading)
        if seen is None:
            seen = read_whole(text, lines, reading)
    except RecursionError as error:
        raise UnreadableError("nested too deeply to be read", None) from error
    read = replace(links, constants=reading.constants, clauses=reading.clauses)
    return FileFacts(
        path, module, len(lines), tuple(seen.handlers), comments, clauses=tuple(seen.clauses), links=read
    )


def split_lines(text: str) -> list[str]:
    """The physical lines as Python counts them, all ending in \\n."""
    return split(text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(slots=True)
class Seen:
    """What the visitor saw, in the order of the text."""

    handlers: list[Handler] = field(default_factory=list)
    clauses: list[Clauses] = field(default_factory=list)

    def add(self, visitor: FactsVisitor) -> None:
        """Take over what `visitor` has collected."""
        self.handlers += visitor.handlers
        self.clauses += visitor.clauses


def read_slices(text: str, lines: list[str], reading: Reading) -> Seen | None:
    """The facts by slices; None where this Python's `ast` or LibCST is unsure."""
    tree = _parsed(text)
    if not isinstance(tree, ast.Module):
        return None
    seen = Seen()
    try:
        for piece in Slicer(tree, lines, reading).slices():
            seen.add(_read_slice(piece, lines, reading))
    except (Mismatch, cst.ParserSyntaxError, KeyError, ValueError, IndexError):
        return None
    return seen


def _parsed(text: str) -> ast.Module | SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the code's own author was told already
            return ast.parse(text)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None


def _read_slice(piece: Slice, lines: list[str], reading: Reading) -> FactsVisitor:
    module = cst.parse_module(piece.text)
    statement = module.body[0]
    if isinstance(statement, cst.If):
        statement = statement.body.body[0]  # type: ignore[assignment]
    assert isinstance(statement, (cst.Try, cst.TryStar))
    pairing = Pairing(lines)
    if piece.clause is None:
        pairing.statement(statement, piece.node)
    else:
        pairing.spans[statement] = pairing.span(piece.node)
        pairing.clause(statement.handlers[0], piece.node.handlers[piece.clause])
    visitor = FactsVisitor(piece.frame, pairing.spans, lines, reading, piece.clause or 0)
    statement.visit(visitor)
    return visitor


def read_whole(text: str, lines: list[str], reading: Reading) -> Seen:
    """The facts by a reading of the whole module with LibCST's own positions: slow and sure."""
    try:
        module = cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise _unreadable(text, error) from error
    except UnicodeEncodeError as error:  # a lone surrogate
        raise UnreadableError(error.reason, text.count("\n", 0, error.start) + 1) from error
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    try:
        ranges = wrapper.resolve(PositionProvider)
    except KeyError as error:  # what LibCST makes of a RecursionError while it unwinds
        raise RecursionError from error
    frame = Frame(Place(()), (bindings_of(wrapper.module),), constants=reading.constants)
    visitor = FactsVisitor(frame, _Ranges(ranges), lines, reading)
    wrapper.module.visit(visitor)
    seen = Seen()
    seen.add(visitor)
    return seen


def _unreadable(text: str, error: cst.ParserSyntaxError) -> UnreadableError:
    """Python's own words where it stops as far down as LibCST: they are better, and people know them.

    Where this Python stops earlier, that is at syntax newer than it, and not what is wrong.
    """
    found = _parsed(text)
    if isinstance(found, SyntaxError) and (found.lineno or 0) + 1 >= error.raw_line:
        return UnreadableError(found.msg, found.lineno)
    return UnreadableError("invalid syntax", error.raw_line)


class _Ranges(dict[cst.CSTNode, Span]):
    """LibCST's positions as spans, made when they are asked for."""

    def __init__(self, ranges: Mapping[cst.CSTNode, CodeRange]) -> None:
        super().__init__()
        self._ranges = ranges

    def __missing__(self, node: cst.CSTNode) -> Span:
        found = self._ranges[node]
        span = Span(found.start.line, found.start.column, found.end.line, found.end.column)
        if isinstance(node, cst.Tuple) and node.lpar:
            span = self._between(node.lpar[-1], node.rpar[0])
        self[node] = span
        return span

    def _between(self, first: cst.LeftParen, last: cst.RightParen) -> Span:
        """A tuple's parentheses are part of it for `ast` and for people, not for LibCST."""
        start, end = self._ranges[first].start, self._ranges[last].end
        return Span(start.line, start.column, end.line, end.column)

    def __contains__(self, node: object) -> bool:
        return True


def cut(lines: Sequence[str], span: Span) -> str:
    """The text of a span."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column : span.end_column]
    first, *middle = lines[span.line - 1 : span.end_line]
    return "".join((first[span.column :], *middle[:-1], middle[-1][: span.end_column]))
