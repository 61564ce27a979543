"""What does an except clause catch, and which edit changes it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.source import Refuse, Source

KEYWORD = "except"
Member: TypeAlias = cst.BaseExpression | cst.StarredElement


def name_bare(source: Source, site: HandlerSite, caught: str) -> Edit:
    """Makes the bare clause catch `caught`.

    The keyword is replaced, not the place behind it, so that two rewrites that disagree overlap.
    """
    source.exact(site.line, site.column + len(KEYWORD))
    return Edit(Span(site.line, site.column, site.line, site.column + len(KEYWORD)), f"{KEYWORD} {caught}")


def elements(caught: cst.BaseExpression) -> tuple[Member, ...]:
    """The members of a tuple (an unpacked one as it is, with its star), or the one expression itself."""
    if isinstance(caught, cst.Tuple):
        return tuple(item if isinstance(item, cst.StarredElement) else item.value for item in caught.elements)
    return (caught,)


def class_names(caught: Member | None) -> Iterator[str]:
    """The dotted names that stand in `caught`, those of nested tuples too."""
    if isinstance(caught, cst.StarredElement):
        yield ""
        return
    for element in elements(caught) if caught is not None else ():
        if isinstance(element, cst.Tuple):
            yield from class_names(element)
        else:
            yield dotted(element)


def earlier_names(site: HandlerSite) -> frozenset[str]:
    """What the clauses before this one catch already."""
    return frozenset(name for clause in site.earlier for name in class_names(clause.type))


def written(names: Sequence[str]) -> str:
    """The names as the type of a clause: one alone, several in parentheses."""
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def parse_names(replacement: str) -> tuple[str, ...]:
    """The dotted names of a replacement (`KeyError`, `(KeyError, json.JSONDecodeError)`), each once."""
    try:
        caught = cst.parse_expression(replacement)
    except cst.ParserSyntaxError as error:
        raise Refuse(f"the replacement is no expression: {replacement}") from error
    names = tuple(dict.fromkeys(class_names(caught)))
    if not names or "" in names:
        raise Refuse(f"the replacement is no list of classes: {replacement}")
    return names


def swap(source: Source, caught: cst.BaseExpression, broad: frozenset[str], new: Sequence[str]) -> Edit:
    """The edit that puts the classes `new` where the broad ones stand; the others keep their order."""
    members = elements(caught)
    giving_way = [member for member in members if dotted(member) in broad]
    if not isinstance(caught, cst.Tuple):
        return Edit(source.span(caught), ", ".join(new) if caught.lpar else written(new))
    if len(giving_way) == 1 and new:
        return Edit(source.span(giving_way[0]), ", ".join(new))
    return _whole_tuple(source, caught, members, giving_way, new)


def _text(source: Source, member: Member) -> str:
    if isinstance(member, cst.StarredElement):
        return f"*{source.module.code_for_node(member.value)}"
    return source.module.code_for_node(member)


def _whole_tuple(
    source: Source,
    caught: cst.Tuple,
    members: Sequence[Member],
    giving_way: Sequence[Member],
    new: Sequence[str],
) -> Edit:
    if "#" in source.module.code_for_node(caught):
        raise Refuse("a comment stands between the caught classes")
    names: list[str] = []
    for member in members:
        if member is giving_way[0]:
            names += new
        elif member not in giving_way:
            names.append(_text(source, member))
    single_item = len(names) == 1 and not names[0].startswith("*")
    inner = source.span(caught)
    end_line, end_column = source.outer_end(caught)
    opening = source.lines[inner.line - 1][: inner.column]
    if len(caught.lpar) == 1 and opening.endswith("("):
        text = names[0] if single_item else f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        if single_item and opening[:-1].endswith(("except", "*")):
            text = " " + text
        return Edit(Span(inner.line, inner.column - 1, end_line, end_column), text)
    return Edit(inner, ", ".join(names) + ("," if len(names) == 1 and not single_item else ""))
