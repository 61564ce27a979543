"""Is the caught error raised by its name? `raise` alone raises the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import Kind
from broadcatch.model.span import Span
from broadcatch.rewrite.codemods.chain import innermost
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite, RaiseSite
from broadcatch.rewrite.names import refuse_if_rebound
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.unbind import Place, drop_name, has_comment
from broadcatch.rewrite.values import Rewrite, Wanted

KEYWORD = "raise"
SAME_ERROR = "the same error is raised; its traceback loses the line of the raise, where nothing failed"
KEEPS_CAUSE = "the same error is raised, with the cause that it had instead of itself"


@dataclass(frozen=True, slots=True)
class ReRaiseWanted(Wanted):
    """Raise the caught error without its name at this place (line from 1, column from 0)."""

    kind: ClassVar[Kind] = "re-raise"
    column: int


class ReRaiseCommand(EditCommand[ReRaiseWanted]):
    """Safe: an error that is raised again keeps its identity, its cause and its context."""

    DESCRIPTION = "Raise a caught error again without naming it."
    KIND: Kind = "re-raise"
    RANK = 40

    def one(self, source: Source, wanted: ReRaiseWanted) -> Rewrite:
        site, target = _by_name(source, wanted)
        title = f"Write `raise` instead of `{_spelled(source, target)}`"
        edits = (_shorten(source, target), *self._unbind(source, site, target))
        reason = SAME_ERROR if target.node.cause is None else KEEPS_CAUSE
        return Rewrite("re-raise", self.path, wanted.line, title, "safe", reason, tuple(dict.fromkeys(edits)))

    def _unbind(self, source: Source, site: HandlerSite, target: RaiseSite) -> tuple[Edit, ...]:
        """The name goes with its last use: then all raises of the clause go together."""
        others = list(self._siblings(source, site))
        for group in ([target], others):
            dropped = drop_name(source, site, {place for one in group for place in _uses(source, one)})
            if dropped is not None:
                return (*(_shorten(source, one) for one in group), dropped)
        return ()

    def _siblings(self, source: Source, site: HandlerSite) -> Iterator[RaiseSite]:
        for wanted in self.wanted:
            try:
                around, target = _by_name(source, wanted)
            except Refuse:
                continue
            if around is site:
                yield target


def _by_name(source: Source, wanted: ReRaiseWanted) -> tuple[HandlerSite, RaiseSite]:
    target = source.raises.get((wanted.line, wanted.column))
    if target is None:
        raise Refuse("no raise statement stands here")
    site = innermost(source, target)
    if isinstance(site.node, cst.ExceptStarHandler):
        raise Refuse("in except* a bare raise raises the group, and its name only a part of it")
    if not site.name or not _is_error(target.node.exc, site.name):
        raise Refuse("what is raised is not the caught error of the clause around it")
    if target.node.cause is not None and dotted(target.node.cause.item) != site.name:
        raise Refuse("the raise names another cause")
    if has_comment(target.node):
        raise Refuse("a comment stands in the raise")
    refuse_if_rebound(source, site, target)
    if _Changes.made_in(site):
        raise Refuse(f"the traceback of `{site.name}` is set in the clause")
    return site, target


def _is_error(raised: cst.BaseExpression | None, name: str) -> bool:
    """`error`, or `error.with_traceback(…)` with the traceback that it has anyway."""
    if isinstance(raised, cst.Call) and dotted(raised.func) == f"{name}.with_traceback":
        return len(raised.args) == 1 and _is_own_traceback(raised.args[0].value, name)
    return isinstance(raised, cst.Name) and raised.value == name


def _is_own_traceback(given: cst.BaseExpression, name: str) -> bool:
    if isinstance(given, cst.Subscript) and isinstance(given.value, cst.Call):
        index = cst.Module([]).code_for_node(given.slice[0])
        return dotted(given.value.func) == "sys.exc_info" and index == "2" and not given.value.args
    return dotted(given) == f"{name}.__traceback__"


def _shorten(source: Source, target: RaiseSite) -> Edit:
    start = target.column + len(KEYWORD)
    source.exact(target.line, start)
    source.exact(target.end_line, target.end_column)
    return Edit(Span(target.line, start, target.end_line, target.end_column), "")


def _uses(source: Source, target: RaiseSite) -> Iterator[Place]:
    """The places of the names in a raise; where the raised expression begins stands for the whole."""
    for found in (one for every in source.names.values() for one in every):
        if (target.line, target.column) < (found.line, found.column) < (target.end_line, target.end_column):
            yield found.line, found.column


def _spelled(source: Source, target: RaiseSite) -> str:
    return " ".join(source.module.code_for_node(target.node).split())


class _Changes(cst.CSTVisitor):
    """Whether the traceback of `name` is set to another one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found = False

    @classmethod
    def made_in(cls, site: HandlerSite) -> bool:
        """Whether the clause sets it."""
        visitor = cls(site.name)
        site.node.body.visit(visitor)
        return visitor.found

    def visit_Call(self, node: cst.Call) -> bool:
        return not _is_error(node, self.name)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self.found |= dotted(node) == f"{self.name}.with_traceback"

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self.found |= dotted(node.target) == f"{self.name}.__traceback__"
