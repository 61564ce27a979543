"""Which error led to this one? `raise X` in a handler gains ` from exc`."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst
import libcst.matchers as m

from broadcatch.model.findings import Edit, Safety
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.audience import answers_user
from broadcatch.rewrite.clause import KEYWORD, name_bare
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.frames import Frame, HandlerSite, RaiseSite
from broadcatch.rewrite.names import free_name, refuse_if_rebound
from broadcatch.rewrite.raised import alternatives, grade, refuse_if_unfit
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.values import ChainWanted, Rewrite, Spelled

FOR_A_USER = (
    "only what is printed changes: a failed look-up or conversion says nothing to the user whom this answers"
)


class ChainCommand(EditCommand[ChainWanted]):
    """Safe where the raised object is made here: only its cause changes."""

    DESCRIPTION = "Give errors raised in an except clause the caught one as their cause."
    KIND: Kind = "chain"
    RANK = 90

    @property
    def bare_types(self) -> Mapping[int, Rewrite]:
        """What an earlier codemod makes the clause of a line catch."""
        return {one.line: one for one in self.before if one.kind in ("bare", "narrow")}

    def one(self, source: Source, wanted: ChainWanted) -> Rewrite:
        target = source.raises.get((wanted.line, wanted.column))
        if target is None:
            raise Refuse("no raise statement stands here")
        site = innermost(source, target)
        refuse_if_unfit(source, target, wanted.skip)
        if self._hides(source, site, target):
            source.exact(target.end_line, target.end_column)
            edit = insertion(target.end_line, target.end_column, " from None")
            return Rewrite("chain", self.path, wanted.line, "Add `from None`", "safe", FOR_A_USER, (edit,))
        name, clause = self._name(source, site, target)
        safety, reason = self._grade(source, site, target)
        source.exact(target.end_line, target.end_column)
        edits = (*clause, insertion(target.end_line, target.end_column, f" from {name}"))
        return Rewrite("chain", self.path, wanted.line, f"Add `from {name}`", safety, reason, edits)

    def _hides(self, source: Source, site: HandlerSite, target: RaiseSite) -> bool:
        """Whether the caught error says nothing to the user whom the new one is for, nor to anybody else.

        An error that another clause around this one caught would be hidden too.
        """
        if target.node.exc is None or any(one is not site for one in source.around(target.frame)):
            return False
        mentioned = bool(site.name) and _mentions(target.node.exc, site.name)
        only = list(alternatives(target.node.exc))
        new = grade(source, site, target.node)[0] == "safe"
        return new and not mentioned and all(answers_user(source, site, one) for one in only)

    def _name(self, source: Source, site: HandlerSite, target: RaiseSite) -> tuple[str, tuple[Edit, ...]]:
        """What the caught exception is called, with the edits that call it so if nothing does yet."""
        if site.name:
            refuse_if_rebound(source, site, target)
            return site.name, ()
        name = free_name(source, site)
        if site.node.type is not None:
            return name, _bind_typed(source, site.node.type, name)
        other = self.bare_types.get(site.line)
        typed = other.edits if other else self._name_bare(source, site)
        return name, (*typed, insertion(site.line, site.column + len(KEYWORD), f" as {name}"))

    def _grade(self, source: Source, site: HandlerSite, target: RaiseSite) -> tuple[Safety, str]:
        other = self.bare_types.get(site.line) if site.node.type is None else None
        if other is not None and other.safety != "safe":
            return other.safety, other.reason
        return grade(source, site, target.node)

    def _name_bare(self, source: Source, site: HandlerSite) -> tuple[Edit, ...]:
        everything = Spelled("BaseException", "builtins.BaseException")
        imports = import_edits(source, self.path, site, (everything.spelling,), (everything,))
        return (*imports, name_bare(source, site, everything.spelling))


def _mentions(node: cst.BaseExpression, name: str) -> bool:
    return bool(m.findall(node, m.Name(name)))


def innermost(source: Source, target: RaiseSite) -> HandlerSite:
    """The clause whose exception is under way at `target`; refuses where it is not certain."""
    for frame in target.frame.outwards():
        if frame.kind == "handler":
            return next(source.around(frame))
        _refuse_between(frame)
    raise Refuse("the raise does not stand in an except clause")


def _refuse_between(frame: Frame) -> None:
    if frame.kind in ("function", "lambda", "class", "comprehension"):
        raise Refuse(f"the raise stands in a nested {frame.kind}, which may run later or elsewhere")
    if frame.kind == "finally":
        raise Refuse("the raise stands in a finally, where another exception may be under way")


def _bind_typed(source: Source, caught: cst.BaseExpression, name: str) -> tuple[Edit, ...]:
    line, column = source.outer_end(caught)
    if isinstance(caught, cst.Tuple) and not caught.lpar:
        start = source.span(caught)
        return (insertion(start.line, start.column, "("), insertion(line, column, f") as {name}"))
    return (insertion(line, column, f" as {name}"),)
