"""What does this file hold? From text to facts: `ast` finds the slices, LibCST reads them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from broadcatch.facts.bindings import bindings_of
from broadcatch.facts.frames import walk
from broadcatch.facts.ranges import Ranges
from broadcatch.facts.sites import SiteVisitor
from broadcatch.facts.visitor import FactsVisitor
from broadcatch.flow.positions import Clauses as CstClauses
from broadcatch.flow.positions import ExpressionSpans, Mismatch, Pairing, small_statements
from broadcatch.flow.walk import imported_last
from broadcatch.model.facts import Clauses, Comment, FileFacts, Handler, Place, Print, Site
from broadcatch.model.frame import Frame
from broadcatch.model.links import NO_LINKS, Links
from broadcatch.model.span import Span
from broadcatch.source.entry import entry, generated, started
from broadcatch.source.lines import split
from broadcatch.source.neighbours import with_neighbours
from broadcatch.source.prints import prints_of, prints_of_pieces
from broadcatch.source.sites import Marks, Piece, SiteFinder
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
        seen = read_slices(text, lines, reading) if reading.handlers else Seen()
        if seen is None:
            seen = read_whole(text, lines, reading)
        tree = _parsed(text) if seen.handlers else None
        if isinstance(tree, ast.Module):
            seen.handlers = with_neighbours(seen.handlers, tree)
        sites = sites_by_pieces(text, lines) if reading.sites else []
        if sites is None:
            sites = sites_of_whole(text, lines)
    except RecursionError as error:
        raise UnreadableError("nested too deeply to be read", None) from error
    return FileFacts(
        path,
        module,
        len(lines),
        tuple(seen.handlers),
        comments,
        sites=tuple(sites),
        clauses=tuple(seen.clauses),
        links=_links(links, reading, seen),
        entry=entry(text),
        started=started(text),
        prints=_prints(text, seen, sites),
        generated=generated(text),
    )


def _prints(text: str, seen: Seen, sites: Sequence[Site]) -> tuple[Print, ...]:
    """What the places of a file are recognised by; where this Python cannot parse it, its handlers alone."""
    tree = _parsed(text) if seen.handlers or seen.clauses or sites else None
    if not isinstance(tree, ast.Module):
        tries = {one.span.line: (one.try_line, seen.tries.get(one.try_line, 0)) for one in seen.handlers}
        return prints_of_pieces(split_lines(text), tries)
    clauses = {one.span.line for one in seen.handlers}
    clauses |= {span.line for one in seen.clauses for span in one.spans}
    leaves = {one.span.line for one in sites if one.kind == "finally"}
    rows = {one.span.line for one in sites} - leaves
    return prints_of(tree, clauses, leaves, rows - clauses)


def _links(links: Links, reading: Reading, seen: Seen) -> Links:
    """What was known of other files, and what must be."""
    calls = {name for one in seen.handlers if one.deep for name in imported_last(one.body)}
    return replace(
        links,
        constants=reading.constants,
        clauses=reading.clauses,
        calls=tuple(sorted(calls)),
        endings=reading.endings,
    )


def split_lines(text: str) -> list[str]:
    """The physical lines as Python counts them, all ending in \\n."""
    return split(text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(slots=True)
class Seen:
    """What the visitor saw, in the order of the text."""

    handlers: list[Handler] = field(default_factory=list)
    clauses: list[Clauses] = field(default_factory=list)
    tries: dict[int, int] = field(default_factory=dict, compare=False)

    def add(self, visitor: FactsVisitor) -> None:
        """Take over what `visitor` has collected."""
        self.handlers += visitor.handlers
        self.clauses += visitor.clauses
        self.tries |= visitor.tries


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


@lru_cache(maxsize=1)
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
        clauses: Sequence[CstClauses] = statement.handlers
        for clause, node in zip(clauses, piece.node.handlers[piece.clause :], strict=False):
            pairing.clause(clause, node)
    visitor = FactsVisitor(piece.frame, pairing.spans, lines, reading, piece.clause or 0)
    walk(statement, visitor)
    return visitor


def read_whole(text: str, lines: list[str], reading: Reading) -> Seen:
    """The facts by a reading of the whole module with LibCST's own positions: slow and sure."""
    module, ranges, frame = _whole(text)
    visitor = FactsVisitor(
        replace(frame, constants=reading.constants, endings=reading.endings), ranges, lines, reading
    )
    module.visit(visitor)
    seen = Seen()
    seen.add(visitor)
    return seen


def sites_by_pieces(text: str, lines: list[str]) -> list[Site] | None:
    """The places without a clause by the statements around them; None where that is not sure."""
    marks = Marks(lines)
    if not marks:
        return []
    tree = _parsed(text)
    if not isinstance(tree, ast.Module):
        return None
    finder = SiteFinder(tree, lines, Slicer(tree, lines, SHALLOW), marks)
    try:
        return _in_order([site for piece in finder.pieces() for site in _read_piece(piece, lines, marks)])
    except (Mismatch, cst.ParserSyntaxError, KeyError, ValueError, IndexError):
        return None


def _read_piece(piece: Piece, lines: list[str], marks: Marks) -> list[Site]:
    statement, *others = small_statements(cst.parse_module(piece.text))
    if isinstance(statement, cst.If) and piece.text.startswith("if 1:\n"):
        statement, *others = small_statements(statement.body)
    if others:  # several on one line
        raise Mismatch("more than one statement")
    pairing = Pairing(lines)
    pairing.statement(statement, piece.node)
    visitor = SiteVisitor(piece.frame, pairing.spans, marks, ExpressionSpans(pairing, lines))
    walk(statement, visitor)
    return visitor.sites


def sites_of_whole(text: str, lines: list[str]) -> list[Site]:
    """The same by a reading of the whole module."""
    marks = Marks(lines)
    if not marks:
        return []
    module, ranges, frame = _whole(text)
    visitor = SiteVisitor(frame, ranges, marks, lambda _, node: ranges[node])
    module.visit(visitor)
    return _in_order(visitor.sites)


def _in_order(sites: list[Site]) -> list[Site]:
    """Each place once, by where it stands."""
    unique = {(site.span, site.kind): site for site in sites}
    return [unique[key] for key in sorted(unique)]


@lru_cache(maxsize=1)
def _whole(text: str) -> tuple[cst.Module, Ranges, Frame]:
    try:
        module, ranges = _ranged(text)
    except cst.ParserSyntaxError as error:
        raise _unreadable(text, error) from error
    except UnicodeEncodeError as error:  # a lone surrogate
        raise UnreadableError(error.reason, text.count("\n", 0, error.start) + 1) from error
    return module, ranges, Frame(Place(()), (bindings_of(module),))


def _ranged(text: str) -> tuple[cst.Module, Ranges]:
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    try:
        ranges = wrapper.resolve(PositionProvider)
    except KeyError as error:  # what LibCST makes of a RecursionError while it unwinds
        raise RecursionError from error
    return wrapper.module, Ranges(ranges)


def _unreadable(text: str, error: cst.ParserSyntaxError) -> UnreadableError:
    """Python's own words where it stops as far down as LibCST: they are better, and people know them.

    Where this Python stops earlier, that is at syntax newer than it, and not what is wrong.
    """
    found = _parsed(text)
    if isinstance(found, SyntaxError) and (found.lineno or 0) + 1 >= error.raw_line:
        return UnreadableError(found.msg, found.lineno)
    return UnreadableError("invalid syntax", error.raw_line)


def cut(lines: Sequence[str], span: Span) -> str:
    """The text of a span."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column : span.end_column]
    first, *middle = lines[span.line - 1 : span.end_line]
    return "".join((first[span.column :], *middle[:-1], middle[-1][: span.end_column]))
