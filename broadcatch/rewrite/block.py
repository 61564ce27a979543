"""Where does the body of a clause stand, as lines that can be copied, replaced or followed by others?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.frames import HandlerSite, Positions
from broadcatch.rewrite.source import Refuse, Source, insertion


@dataclass(frozen=True, slots=True)
class Block:
    """The body of a clause: `margin` is what stands before its `except`, `indent` before its statements.

    `first` to `last` are its lines, comments of its own indentation included; a body behind the colon has
    no lines of its own: there `first` is 0 and `inline` the statements as written.
    """

    margin: str
    indent: str
    first: int
    last: int
    inline: str = ""

    def lines(self, source: Source) -> tuple[str, ...]:
        """The body as lines with their indentation, as it would stand below another header."""
        if self.inline:
            return (self.indent + self.inline,)
        return tuple(source.lines[self.first - 1 : self.last])


def block_of(source: Source, site: HandlerSite) -> Block:
    """The body of a clause; refuses where its lines hold anything else too."""
    margin = source.lines[site.line - 1][: site.column]
    source.exact(site.line, site.column)
    if margin.strip():
        raise Refuse("something else stands before the clause in its line")
    body = site.node.body
    last = last_line(source.positions, site.node)
    if isinstance(body, cst.SimpleStatementSuite):
        return _inline(source, body, margin, last)
    first = source.positions[body.body[0]].start
    indent = source.lines[first.line - 1][: first.column]
    source.exact(first.line, first.column)
    if indent.strip():
        raise Refuse("the clause is not laid out in lines of its own")
    return Block(margin, indent, _header_end(source, site) + 1, with_comments(source, indent, last))


def after(source: Source, block: Block, lines: Sequence[str]) -> Edit:
    """Puts whole lines behind the body."""
    newline = source.module.default_newline
    if block.last < len(source.lines):
        source.exact(block.last + 1, 0)
        return insertion(block.last + 1, 0, "".join(line + newline for line in lines))
    end = len(source.lines[block.last - 1])
    return insertion(block.last, end, "".join(newline + line for line in lines))


def before(source: Source, site: HandlerSite, lines: Sequence[str]) -> Edit:
    """Puts whole lines before the clause."""
    source.exact(site.line, 0)
    newline = source.module.default_newline
    return insertion(site.line, 0, "".join(line + newline for line in lines))


def instead(source: Source, site: HandlerSite, block: Block, lines: Sequence[str]) -> Edit:
    """Puts whole lines where the clause stands; without any the clause goes."""
    newline = source.module.default_newline
    source.exact(site.line, 0)
    if block.last < len(source.lines):
        span = Span(site.line, 0, block.last + 1, 0)
        return Edit(span, "".join(line + newline for line in lines))
    end = len(source.lines[block.last - 1])
    if lines:
        return Edit(Span(site.line, 0, block.last, end), newline.join(lines))
    above = len(source.lines[site.line - 2])
    return Edit(Span(site.line - 1, above, block.last, end), "")


def last_line(positions: Positions, node: cst.CSTNode) -> int:
    """The line in which the last statement of `node` ends."""
    found = _Ends(positions)
    node.visit(found)
    return found.last


class _Ends(cst.CSTVisitor):
    def __init__(self, positions: Positions) -> None:
        super().__init__()
        self.positions = positions
        self.last = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.BaseSmallStatement):
            self.last = max(self.last, self.positions[node].end.line)
            return False
        return not isinstance(node, cst.BaseExpression)


def _inline(source: Source, body: cst.SimpleStatementSuite, margin: str, last: int) -> Block:
    start, end = source.positions[body.body[0]].start, source.positions[body.body[-1]].end
    source.exact(start.line, start.column)
    source.exact(end.line, end.column)
    if start.line != end.line:
        raise Refuse("the clause is not laid out in lines of its own")
    text = source.lines[start.line - 1][start.column : end.column]
    return Block(margin, margin + source.module.default_indent, 0, last, text)


def _header_end(source: Source, site: HandlerSite) -> int:
    """The line of the colon: the body begins below it."""
    caught = site.node.type
    line, column = source.outer_end(caught) if caught is not None else (site.line, site.column)
    rest = source.lines[line - 1][column:]
    if ":" not in rest.partition("#")[0]:
        raise Refuse("the header of the clause runs over several lines")
    return line


def with_comments(source: Source, indent: str, last: int) -> int:
    """Comments in the body's indentation behind its last statement belong to it."""
    for number, line in enumerate(source.lines[last:], last + 1):
        if line.startswith(indent) and line.lstrip().startswith("#"):
            last = number
        elif line.strip():
            break
    return last
