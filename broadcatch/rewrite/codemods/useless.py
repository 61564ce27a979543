"""Does a clause only raise again? Then it goes, and with the last one the `try`."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import libcst as cst
import libcst.matchers as m

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.dedent import dedents, delete_lines, header_line
from broadcatch.rewrite.frames import AnyHandler, AnyTry, HandlerSite
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.unbind import has_comment, is_unused
from broadcatch.rewrite.values import Rewrite, Wanted

NO_CHANGE = "it only raises the error again, and nothing behind it would take it"


@dataclass(frozen=True, slots=True)
class UselessWanted(Wanted):
    """Remove the clause of `line`: no later clause of its `try` would take what it raises again."""

    kind: ClassVar[Kind] = "useless"


class UselessCommand(EditCommand[UselessWanted]):
    """Safe: an error that nobody catches is the same as one that is raised again at once."""

    DESCRIPTION = "Remove except clauses that only raise again."
    KIND: Kind = "useless"
    RANK = 5

    def one(self, source: Source, wanted: UselessWanted) -> Rewrite:
        site = source.handler(wanted.line)
        refuse_unless_empty(source, site)
        gone = [one for one in self._fit(source) if one.whole is site.whole]
        if len(gone) < len(site.whole.handlers):
            edits: tuple[Edit, ...] = _deleted(source, [clause_lines(source, site)])
            title = f"Remove `{_header(source, site.node)}`, which only raises again"
        elif site.whole.finalbody is not None:
            edits = _deleted(source, _all_but_finally(source, gone))
            title = "Keep only the `finally` of the `try`"
        else:
            edits, title = tuple(self._unwrap(source, site)), "Remove the `try`, which only raises again"
        return Rewrite("useless", self.path, wanted.line, title, "safe", NO_CHANGE, edits)

    def _fit(self, source: Source) -> list[HandlerSite]:
        """The clauses asked for that can go."""
        found = []
        for wanted in self.wanted:
            try:
                site = source.handler(wanted.line)
                refuse_unless_empty(source, site)
                found.append(site)
            except Refuse:
                continue
        return found

    def _unwrap(self, source: Source, site: HandlerSite) -> Iterator[Edit]:
        """The edits for this `try` and for those around and in it that go too: they share lines."""
        shape = Shape(source)
        sites = self._fit(source)
        shape.unwrap(site.whole, sites)
        for whole in _nest(source, site.whole, sites):
            with contextlib.suppress(Refuse):
                Shape(source).unwrap(whole, sites)
                shape.unwrap(whole, sites)
        shape.deleted += [lines for one in sites for lines in self._inside(source, shape, one, sites)]
        return shape.edits()

    def _inside(
        self, source: Source, shape: Shape, site: HandlerSite, sites: Sequence[HandlerSite]
    ) -> Sequence[tuple[int, int]]:
        """The lines of a clause in a block that moves that go by a rewrite of their own."""
        if site.line not in shape.moved or any(first <= site.line <= last for first, last in shape.deleted):
            return ()
        mates = [one for one in sites if one.whole is site.whole]
        with contextlib.suppress(Refuse):
            if len(mates) < len(site.whole.handlers):
                return [clause_lines(source, site)]
            if site.whole.finalbody is not None and site is mates[0]:
                return _all_but_finally(source, mates)
        return ()


class Shape:
    """Which lines go, and by how much does each of the others move to the left?"""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.deleted: list[tuple[int, int]] = []
        self.moved: dict[int, tuple[int, int]] = {}

    def unwrap(self, whole: AnyTry, sites: Sequence[HandlerSite]) -> None:
        """Takes a `try` off its body, and off its `else`; refuses where that would change more."""
        source, place = self.source, self.source.positions[whole]
        gone = [one for one in sites if one.whole is whole]
        _refuse_docstring(whole)
        self._lines(header_line(source, place.start.line, "try"))
        self._move(range(place.start.line + 1, gone[0].line), place.start.column, whole.body)
        self.deleted += [clause_lines(source, one) for one in gone]
        if whole.orelse is not None:
            line = source.positions[whole.orelse].start.line
            self._lines(header_line(source, line, "else"))
            last = _last_line(source, whole.orelse.body, place.start.column)
            self._move(range(line + 1, last + 1), place.start.column, whole.orelse.body)

    def edits(self) -> Iterator[Edit]:
        """Deletions first; a line that goes does not move."""
        gone = {line for first, last in self.deleted for line in range(first, last + 1)}
        yield from (delete_lines(self.source, *lines) for lines in self.deleted)
        yield from dedents(self.source, {line: by for line, by in self.moved.items() if line not in gone})

    def _lines(self, line: int) -> None:
        self.deleted.append((line, line))

    def _move(self, lines: range, column: int, body: cst.BaseSuite) -> None:
        by = _column(self.source, body) - column
        for line in lines:
            had = self.moved.get(line)
            self.moved[line] = (min(column, had[0]), by + had[1]) if had else (column, by)


def refuse_unless_empty(source: Source, site: HandlerSite) -> None:
    """Refuses a clause that does more than raise again, or whose removal would lose something."""
    if not _only_raises(site):
        raise Refuse("the clause does more than raise again")
    if has_comment(site.node):
        raise Refuse("a comment in the clause would be lost")
    if site.node.type is not None and m.findall(site.node.type, m.Call() | m.Subscript() | m.Await()):
        raise Refuse("what the clause catches is computed")
    if site.name and not is_unused(source, site, _uses_in(source, site)):
        raise Refuse(f"`{site.name}` is used outside of the clause")
    for name in _roots(site.node.type):
        _refuse_last_use(source, site, name)


def clause_lines(source: Source, site: HandlerSite) -> tuple[int, int]:
    """The first and last line of a clause, with the blank ones before it, or else those before the next."""
    first, last = site.line, source.positions[site.node.body.body[-1]].end.line
    while not source.lines[first - 2].strip():
        first -= 1
    following = last
    while following < len(source.lines) and not source.lines[following].strip():
        following += 1
    is_last = site.node is site.whole.handlers[-1]
    return first, last if is_last or first < site.line else following


def _only_raises(site: HandlerSite) -> bool:
    body: cst.BaseSuite | cst.BaseStatement = site.node.body
    if isinstance(body, cst.IndentedBlock) and len(body.body) == 1:
        body = body.body[0]
    if not isinstance(body, cst.SimpleStatementLine | cst.SimpleStatementSuite) or len(body.body) != 1:
        return False
    [raising] = body.body
    if not isinstance(raising, cst.Raise) or isinstance(site.node, cst.ExceptStarHandler):
        return False
    plain = raising.cause is None and isinstance(raising.exc, cst.Name) and raising.exc.value == site.name
    return raising.exc is None or plain


def _uses_in(source: Source, site: HandlerSite) -> set[tuple[int, int]]:
    found = source.names.get(site.name, ())
    return {(one.line, one.column) for one in found if one.frame.within(site.frame)}


def _roots(caught: cst.BaseExpression | None) -> Iterator[str]:
    names = m.findall(caught, m.Name()) if caught is not None else ()
    return (one.value for one in names if isinstance(one, cst.Name))


def _refuse_last_use(source: Source, site: HandlerSite, name: str) -> None:
    """An import whose last use goes is a new finding of every linter."""
    every = source.names.get(name, ())
    imported = [one for one in every if one.role == "import"]
    used = [one for one in every if one.role == "use" and not one.frame.within(site.frame)]
    if imported and not used:
        raise Refuse(f"the import of `{name}` in line {imported[0].line} would be left without use")


def _all_but_finally(source: Source, gone: Sequence[HandlerSite]) -> list[tuple[int, int]]:
    """The lines that go where a `finally` keeps its `try`; the `else` becomes the end of the body."""
    whole, lines = gone[0].whole, [clause_lines(source, one) for one in gone]
    if whole.orelse is not None:
        if _column(source, whole.orelse.body) != _column(source, whole.body):
            raise Refuse("the `else` is indented otherwise than the body")
        line = header_line(source, source.positions[whole.orelse].start.line, "else")
        lines.append((line, line))
    return lines


def _deleted(source: Source, lines: Sequence[tuple[int, int]]) -> tuple[Edit, ...]:
    return tuple(delete_lines(source, first, last) for first, last in lines)


def _nest(source: Source, whole: AnyTry, sites: Sequence[HandlerSite]) -> list[AnyTry]:
    """The other `try` statements that go and share lines with `whole`, or with one around it."""
    counts = Counter(id(one.whole) for one in sites)
    every = {id(one.whole): one.whole for one in sites if one.whole.finalbody is None}
    going = [one for one in every.values() if counts[id(one)] == len(one.handlers)]
    ranges = {id(one): _range(source, one) for one in (*going, whole)}
    around = [one for one in ranges.values() if one[0] <= ranges[id(whole)][0] <= one[1]]
    first, last = min(around)
    return [one for one in going if one is not whole and first <= ranges[id(one)][0] <= last]


def _range(source: Source, node: cst.CSTNode) -> tuple[int, int]:
    place = source.positions[node]
    return place.start.line, place.end.line


def _refuse_docstring(whole: AnyTry) -> None:
    first = whole.body.body[0]
    if isinstance(first, cst.SimpleStatementLine) and m.matches(
        first.body[0], m.Expr(m.SimpleString() | m.ConcatenatedString())
    ):
        raise Refuse("the text at the start of the body might become a docstring")


def _column(source: Source, body: cst.BaseSuite) -> int:
    if not isinstance(body, cst.IndentedBlock):
        raise Refuse("the body stands on the line of its header")
    first = body.body[0]
    decorators = first.decorators if isinstance(first, cst.FunctionDef | cst.ClassDef) else ()
    return source.positions[[*decorators, first][0]].start.column


def _last_line(source: Source, body: cst.BaseSuite, column: int) -> int:
    """The last line of a block, comments at its end included."""
    last = line = source.positions[body.body[-1]].end.line
    while line < len(source.lines):
        text = source.lines[line]
        inside = text.lstrip().startswith("#") and len(text) - len(text.lstrip()) > column
        if text.strip() and not inside:
            return last
        line += 1
        last = line if inside else last
    return last


def _header(source: Source, node: AnyHandler) -> str:
    caught = " ".join(source.module.code_for_node(node.type).split()) if node.type is not None else ""
    return f"except {caught}".rstrip()
