"""Does a clause still need the name that it gives to the error?"""

from __future__ import annotations

from collections.abc import Collection

import libcst as cst
import libcst.matchers as m

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.frames import HandlerSite, Occurrence
from broadcatch.rewrite.names import SEES_ALL_NAMES, belongs_to_other_handler
from broadcatch.rewrite.source import Source

Place = tuple[int, int]


def drop_name(source: Source, site: HandlerSite, gone: Collection[Place]) -> Edit | None:
    """The edit that takes ` as error` off a clause, None where the name is needed.

    `gone` are the places (line, column) at which the name will not stand any more. A raise that may get
    the caught error as its cause needs the name.
    """
    bound, caught = site.node.name, site.node.type
    if bound is None or caught is None or not is_unused(source, site, gone):
        return None
    if _may_get_cause(source, site, gone):
        return None
    line, column = source.outer_end(caught)
    end = source.positions[bound.name].end
    source.exact(end.line, end.column)
    return Edit(Span(line, column, end.line, end.column), "")


def is_unused(source: Source, site: HandlerSite, gone: Collection[Place]) -> bool:
    """Whether nothing sees the name that a clause binds, or that it is unbound after the clause."""
    scope = site.frame.scope
    if any(use.scope is scope for name in SEES_ALL_NAMES for use in source.names.get(name, ())):
        return False
    if scope.kind == "module" and source.stars:
        return False
    return all(_is_free(source, found, site, gone) for found in source.names.get(site.name, ()))


def has_comment(*nodes: cst.CSTNode | None) -> bool:
    """Whether a comment stands in one of the nodes, or on the lines that belong to it."""
    return any(node is not None and bool(m.findall(node, m.Comment())) for node in nodes)


def _is_free(source: Source, found: Occurrence, site: HandlerSite, gone: Collection[Place]) -> bool:
    if found.role == "declare":
        return False
    if not found.frame.within(site.frame.scope) or (found.line, found.column) in gone:
        return True
    own = found.role == "handler" and found.frame is site.frame
    return own or belongs_to_other_handler(source, found, site)


def _may_get_cause(source: Source, site: HandlerSite, gone: Collection[Place]) -> bool:
    for found in source.raises.values():
        open_raise = found.node.exc is not None and found.node.cause is None
        if open_raise and next(source.around(found.frame), None) is site:
            place = source.positions[found.node.exc].start if found.node.exc else None
            if place is None or (place.line, place.column) not in gone:
                return True
    return False
