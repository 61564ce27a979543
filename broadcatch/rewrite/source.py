"""What does a codemod know of the file it rewrites? The text, its tree, and what stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.apply import split_lines
from broadcatch.rewrite.collect import Collector
from broadcatch.rewrite.frames import Frame, HandlerSite, Occurrence, Positions, RaiseSite


class Refuse(Exception):
    """This target cannot be rewritten; the message says why. Never leaves the rewriting of one target."""


class Source:
    """One module, read once: `handlers` by line, `raises` by line and column, `names` by name.

    `joins` notes which names are to join the import of a row; `crowded` are the rows without room for all.
    """

    def __init__(self, text: str, module: cst.Module, positions: Positions) -> None:
        self.text = text
        self.module = module
        self.positions = positions
        self.lines = split_lines(text)
        self._emitted = split_lines(module.code)
        found = Collector(module, positions)
        module.visit(found)
        self.handlers: dict[int, HandlerSite] = {site.line: site for site in found.handlers}
        self._by_frame = {site.frame: site for site in found.handlers}
        self.raises: dict[tuple[int, int], RaiseSite] = {(s.line, s.column): s for s in found.raises}
        self.names: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in found.names:
            self.names[occurrence.name].append(occurrence)
        self.stars: Sequence[tuple[Frame, int]] = found.stars
        self.joins: dict[int, set[str]] = defaultdict(set)
        self.crowded: frozenset[int] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Source:
        """Reads `text`; raises RewriteError where LibCST cannot parse it."""
        try:
            wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
            return cls(text, wrapper.module, wrapper.resolve(PositionProvider))
        except cst.ParserSyntaxError as error:
            raise RewriteError(f"does not parse: line {error.raw_line}") from error
        except RecursionError as error:
            raise RewriteError("is nested too deeply") from error

    def exact(self, line: int, column: int) -> None:
        """Refuses a place before which LibCST does not give the line back as written: its columns are off."""
        same_length = len(self.lines) == len(self._emitted)
        if not same_length or self.lines[line - 1][:column] != self._emitted[line - 1][:column]:
            raise Refuse("the positions in this line are not certain")

    def handler(self, line: int) -> HandlerSite:
        """The clause whose `except` stands in `line`."""
        site = self.handlers.get(line)
        if site is None:
            raise Refuse("no except clause stands here")
        return site

    def around(self, frame: Frame) -> Iterator[HandlerSite]:
        """The clauses whose body `frame` stands in, innermost first."""
        return (self._by_frame[outer] for outer in frame.outwards() if outer in self._by_frame)

    def span(self, node: cst.CSTNode) -> Span:
        """Where `node` stands, the parentheses around it left out."""
        place = self.positions[node]
        self.exact(place.start.line, place.start.column)
        self.exact(place.end.line, place.end.column)
        return Span(place.start.line, place.start.column, place.end.line, place.end.column)

    def outer_end(self, node: cst.BaseExpression) -> tuple[int, int]:
        """Where `node` ends, the parentheses around it included."""
        end = self.positions[node].end
        tail = "".join(self.module.code_for_node(paren) for paren in node.rpar)
        line, column = advance(end.line, end.column, tail)
        self.exact(line, column)
        return line, column


def advance(line: int, column: int, text: str) -> tuple[int, int]:
    """The place behind `text` if it begins at the place given."""
    parts = split_lines(text)
    return (line + len(parts) - 1, len(parts[-1]) if len(parts) > 1 else column + len(text))


def insertion(line: int, column: int, content: str) -> Edit:
    """Put `content` at a place."""
    return Edit(Span(line, column, line, column), content)
