"""What of a handler's body still makes sense where the error leaves? What it undoes and tells, no fallback.

A record of the error, a value that takes its place and the way on without it go; whatever else is done
(a rollback, a counter, a state that is set) stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from broadcatch.rewrite.block import Block, last_line
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.loggers import is_log_call
from broadcatch.rewrite.source import Refuse, Source

_ENDS = (cst.Return, cst.Continue, cst.Break, cst.Raise)
_CASES = "the body ends in one way or another, case by case: raise again by hand"


@dataclass(frozen=True, slots=True)
class Kept:
    """The lines that stay, the names they use, and the comments of all that goes."""

    lines: tuple[str, ...]
    names: frozenset[str]
    comments: tuple[str, ...]


def kept_of(source: Source, site: HandlerSite, block: Block, skip: int = 0) -> Kept:
    """What stays of the body, its first `skip` statements aside; refuses where that hangs on cases."""
    values = _values_matter(source, site)
    if block.inline:
        return _kept_inline(site, block, values)
    lines: list[str] = []
    comments: list[str] = []
    names: set[str] = set()
    statements = list(site.node.body.body)
    start = block.first
    for number, statement in enumerate(statements):
        end = last_line(source.positions, statement)
        end = block.last if number == len(statements) - 1 else end
        part = source.lines[start - 1 : end]
        if number < skip:
            start = end + 1
            continue
        if _stays(statement, values):
            lines += part
            names |= _names(statement)
        else:
            comments += _comments(statement, part)
        start = end + 1
    return Kept(tuple(_without_blank_ends(lines)), frozenset(names), tuple(comments))


def _kept_inline(site: HandlerSite, block: Block, values: bool) -> Kept:
    staying = [one for one in site.node.body.body if _stays_small(one, values)]
    if not staying:
        return Kept((), frozenset(), ())
    if len(staying) != len(site.node.body.body):
        raise Refuse("several statements stand behind the colon")
    return Kept((block.indent + block.inline,), _names(site.node.body), ())


def _stays(statement: cst.CSTNode, values: bool) -> bool:
    if isinstance(statement, cst.SimpleStatementLine):
        stays = [_stays_small(small, values) for small in statement.body]
        if any(stays) and not all(stays):
            raise Refuse("several statements stand in one line")
        return any(stays)
    found = _Inside(values)
    statement.visit(found)
    if found.ends and found.does:
        raise Refuse(_CASES)
    return found.does


def _stays_small(small: cst.CSTNode, values: bool) -> bool:
    """Whether a simple statement does something that still matters when the error leaves."""
    if isinstance(small, (*_ENDS, cst.Pass)) or is_log_call(small):
        return False
    if isinstance(small, cst.Expr):
        return not (isinstance(small.value, cst.BaseString | cst.Ellipsis | cst.Name) or _waits(small.value))
    if isinstance(small, cst.Assign):
        return values or not all(isinstance(one.target, cst.Name) for one in small.targets)
    if isinstance(small, cst.AnnAssign):
        return values or not isinstance(small.target, cst.Name)
    return True


def _waits(node: cst.BaseExpression) -> bool:
    """Whether a call only lets time pass: nothing follows that it would be for."""
    call = node.expression if isinstance(node, cst.Await) else node
    return isinstance(call, cst.Call) and dotted(call.func).rpartition(".")[2] == "sleep"


def _values_matter(source: Source, site: HandlerSite) -> bool:
    """Whether a local value can still be seen after the error has left the clause."""
    function = next((one for one in site.frame.outwards() if one.kind == "function"), None)
    if function is None:
        return True
    inside = _Tries(function.node, site)
    function.node.visit(inside)
    return inside.matters


class _Tries(cst.CSTVisitor):
    """Whether a try around the clause, or its own `finally`, goes on in the same function."""

    def __init__(self, function: cst.CSTNode, site: HandlerSite) -> None:
        super().__init__()
        self.function, self.site = function, site
        self.matters = False

    def visit_Try(self, node: cst.Try) -> None:
        if any(_holds(one, self.site.node) for one in node.handlers):
            self.matters |= node.finalbody is not None
        elif _holds(node.body, self.site.node):
            self.matters = True

    def visit_Global(self, node: cst.Global) -> None:
        self.matters = True

    def visit_Nonlocal(self, node: cst.Nonlocal) -> None:
        self.matters = True


def _holds(node: cst.CSTNode, wanted: cst.CSTNode) -> bool:
    return node is wanted or any(_holds(child, wanted) for child in node.children)


class _Inside(cst.CSTVisitor):
    """What a compound statement does and whether it ends the body."""

    def __init__(self, values: bool) -> None:
        super().__init__()
        self.values = values
        self.does = self.ends = False

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef | cst.ClassDef | cst.With | cst.Try | cst.TryStar):
            self.does = True
        if isinstance(node, cst.BaseSmallStatement):
            self.ends |= isinstance(node, _ENDS)
            self.does |= _stays_small(node, self.values)
            return False
        return not isinstance(node, cst.BaseExpression)


def _names(node: cst.CSTNode) -> frozenset[str]:
    found: set[str] = set()

    class Names(cst.CSTVisitor):
        def visit_Name(self, node: cst.Name) -> None:
            found.add(node.value)

    node.visit(Names())
    return frozenset(found)


def _comments(statement: cst.CSTNode, part: Iterable[str]) -> Iterator[str]:
    """The comments in the lines of a statement that goes: those that stand alone, and the last one."""
    for line in part:
        if line.lstrip().startswith("#"):
            yield line.strip()
    tail = getattr(statement, "trailing_whitespace", None)
    if tail is not None and tail.comment is not None:
        yield tail.comment.value


def _without_blank_ends(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    while lines and not lines[0].strip():
        lines = lines[1:]
    return lines


def uses(node: cst.CSTNode, name: str) -> bool:
    """Whether a piece of code names something."""
    return bool(name) and name in _names(node)


def is_call_of(node: cst.CSTNode, last: str) -> bool:
    """Whether a statement is a call of something whose last name is this."""
    if not isinstance(node, cst.SimpleStatementLine) or len(node.body) != 1:
        return False
    small = node.body[0]
    call = small.value if isinstance(small, cst.Expr) else None
    return isinstance(call, cst.Call) and bool(last) and dotted(call.func).split(".")[-1] == last
