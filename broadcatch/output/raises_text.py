"""How does `raises` speak to a person? Each type with the way that leads to it, or with all the ways."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.escaping import Escaping, RaisesAnswer
from broadcatch.model.raising import Evidence
from broadcatch.model.results import RaisesResult
from broadcatch.output.groups import plural
from broadcatch.output.installed import brief
from broadcatch.output.paint import Paint, painter, printable
from broadcatch.output.suggest_text import OPEN, chain
from broadcatch.output.view import View

WIDEST = 40
_WHERE = {"try": "try in {}", "function": "{}", "module": "module level"}


def render(result: RaisesResult, view: View, tree: bool = False) -> str:
    """One paragraph for each place; `tree`: each type with its whole chain of calls."""
    paint = painter(view.color)
    return "\n".join(
        "".join(f"{line}\n" for line in _block(one, view, paint, tree)) for one in result.answers
    )


def heading(path: str, line: int, kind: str, function: str, paint: Paint) -> str:
    """The place that was asked about."""
    what = _WHERE[kind].format(printable(function) or "the module")
    return f"{paint(f'{printable(path)}:{line}', 'bold')}  {what}"


def short(type_: str) -> str:
    """A class without the modules around it."""
    return type_.rpartition(".")[2]


def _block(one: RaisesAnswer, view: View, paint: Paint, tree: bool) -> Iterator[str]:
    yield heading(one.path, one.line, one.kind, one.function, paint)
    proper = [raised for raised in one.raises if view.verbose or not raised.aside]
    families: dict[str, list[Escaping]] = {}
    for raised in proper:
        families.setdefault(raised.under or raised.type, []).append(raised)
    width = min(max(map(len, families), default=0), WIDEST)
    for base, members in families.items():
        yield from _tree(base, members, view, paint) if tree else _family(base, members, width, view, paint)
    if not proper:
        yield "  nothing that is known" if one.unresolved else "  nothing"
    yield from _aside(one, view, paint)
    yield from _open(one, view, paint)
    if one.closed:
        yield paint("  closed: nothing else can come out, programming errors aside", "dim")
    elif not view.quiet:
        yield paint("  not closed: what is open may raise anything", "dim")


def _family(base: str, members: list[Escaping], width: int, view: View, paint: Paint) -> Iterator[str]:
    first = members[0]
    more = _members(base, members)
    marks = _marks(first, members, view)
    yield f"  {paint(f'{base:<{width}}', 'green')}  {_evidence(first.evidence[0])}{marks}"
    if more:
        yield f"  {'':<{width}}  {more}"
    if view.verbose:
        others = [why for one in members for why in one.evidence][1:]
        yield from (f"  {'':<{width}}  {_evidence(why)}" for why in others)


def _members(base: str, members: list[Escaping]) -> str:
    below = [short(one.type) for one in members if one.type != base]
    if not below:
        return ""
    itself = "with" if len(below) < len(members) else "by"
    kind = "subclass" if len(below) == 1 else "subclasses"
    shown = ", ".join(below[:OPEN]) + (", …" if len(below) > OPEN else "")
    return f"{itself} {len(below)} {kind}: {shown}"


def _marks(first: Escaping, members: list[Escaping], view: View) -> str:
    more = sum(len(one.evidence) for one in members) - 1
    marks = ["transient"] if first.transient else []
    if more and not view.verbose:
        marks.append(f"{more} more with --verbose")
    return f"   ({', '.join(marks)})" if marks else ""


def _evidence(one: Evidence) -> str:
    place = f"   {printable(brief(one.path))}:{one.line}" if one.path else ""
    return printable(chain(one)) + place


def _tree(base: str, members: list[Escaping], view: View, paint: Paint) -> Iterator[str]:
    """Each type of a family with its nearest chain, a call a line; all chains with --verbose."""
    for one in members:
        under = f"  ({base})" if one.type != base else ""
        yield f"  {paint(one.type, 'green')}{under}"
        for why in one.evidence if view.verbose else one.evidence[:1]:
            depth = 2
            for step in why.via:
                runs = f" ({step.function})" if step.function not in ("", step.call) else ""
                place = paint(f"{printable(brief(step.path))}:{step.line}", "cyan")
                yield f"{'  ' * depth}{printable(step.call)}{printable(runs)}   {place}"
                depth += 1
            place = paint(f"{printable(brief(why.path))}:{why.line}", "cyan")
            yield f"{'  ' * depth}{printable(why.detail)}   {place}"


def _aside(one: RaisesAnswer, view: View, paint: Paint) -> Iterator[str]:
    """Programming errors in one line; in full with the others on request."""
    aside = [raised for raised in one.raises if raised.aside]
    if aside and not view.verbose:
        named = ", ".join(sorted(raised.type for raised in aside))
        yield paint(f"  if the program is wrong: {named} (all with --verbose)", "dim")


def _open(one: RaisesAnswer, view: View, paint: Paint) -> Iterator[str]:
    shown = one.unresolved if view.verbose else one.unresolved[: 2 * OPEN]
    for unknown in shown:
        yield paint(
            f"  open: {printable(unknown.call)} (line {unknown.line}): {printable(brief(unknown.why))}", "dim"
        )
    rest = len(one.unresolved) - len(shown)
    if rest > 0:
        yield paint(f"  open: {plural(rest, 'more call')} (all with --verbose)", "dim")
