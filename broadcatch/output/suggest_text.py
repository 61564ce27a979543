"""How does `suggest` speak to a person? Like an argument: each type with the way that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.raising import Confidence, Evidence, Proposal, Suggestion
from broadcatch.model.results import SuggestResult
from broadcatch.output.groups import plural
from broadcatch.output.installed import brief
from broadcatch.output.paint import Paint, Style, painter, printable
from broadcatch.output.view import View

OPEN = 3
CHAIN = 3
_STYLES: dict[Confidence, Style] = {"high": "green", "medium": "yellow", "low": "dim"}


def render(result: SuggestResult, view: View) -> str:
    """One paragraph for each broad handler, then a summary."""
    paint = painter(view.color)
    lines: list[str] = []
    for suggestion in result.suggestions:
        lines += [*_paragraph(suggestion, view, paint), ""]
    if not view.quiet:
        lines.append(paint(_summary(result), "bold"))
    return "".join(line + "\n" for line in lines)


def clause(caught: tuple[str, ...]) -> str:
    """`except`, `except Exception` or `except (A, B)`."""
    if len(caught) > 1:
        return f"except ({', '.join(caught)})"
    return " ".join(("except", *caught)).strip()


def chain(evidence: Evidence) -> str:
    """The calls that lead to the place, then what happens there; a long way is shortened in the middle."""
    via = tuple(step.call for step in evidence.via)
    steps = via if len(via) <= CHAIN else (*via[: CHAIN - 1], "…")
    return " → ".join((*steps, evidence.detail))


def _paragraph(one: Suggestion, view: View, paint: Paint) -> Iterator[str]:
    place = paint(f"{printable(one.path)}:{one.line}", "bold")
    yield f"{place}  {one.function or 'module level'}   {clause(one.caught)}"
    shown = (*one.proposals, *one.also)
    width = max((len(proposal.spelling) for proposal in shown), default=0)
    for proposal in shown:
        yield from _proposal(proposal, one.path, width, view, paint)
    if not shown:
        yield "  nothing found that is worth catching here"
    yield from _open(one, view, paint)
    if one.closed:
        nothing = "nothing else" if one.proposals else "nothing"
        yield paint(f"  closed: {nothing} can reach this handler, programming errors aside", "dim")
    if one.replacement is not None:
        # What is open may raise anything: there the classes are a beginning, and no replacement yet.
        label = "instead" if one.closed else "known so far"
        yield f"  {label}: {paint(f'except {one.replacement}', 'green')}"
    yield from _imports(one)


def _proposal(one: Proposal, file: str, width: int, view: View, paint: Paint) -> Iterator[str]:
    shown = one.evidence if view.verbose else one.evidence[:1]
    marks = _marks(one, len(one.evidence) - len(shown))
    name = paint(f"{one.spelling:<{width}}", _STYLES[one.confidence])
    first, *others = [_evidence(evidence, file) for evidence in shown] or ["no evidence recorded"]
    yield f"  {name}  {first}   ({marks})"
    for text in others:
        yield f"  {'':<{width}}  {text}"


def _evidence(one: Evidence, file: str) -> str:
    """What leads there, and where: a row of the handler's own file, else path and row."""
    if not one.path:
        return printable(chain(one))
    place = f"line {one.line}" if one.path == file else f"{printable(brief(one.path))}:{one.line}"
    return f"{printable(chain(one))}   {place}"


def _marks(one: Proposal, more: int) -> str:
    marks: list[str] = [one.confidence]
    if one.evidence and all(why.kind == "usage" for why in one.evidence):
        marks.append("not seen to be raised near by")
    if one.transient:
        marks.append("transient")
    if more > 0:
        marks.append(f"{more} more with --verbose")
    elif one.further:
        marks.append(f"and in {plural(one.further, 'further way')}")
    return ", ".join(marks)


def _open(one: Suggestion, view: View, paint: Paint) -> Iterator[str]:
    shown = one.unresolved if view.verbose else one.unresolved[:OPEN]
    for unknown in shown:
        yield paint(
            f"  open: {printable(unknown.call)} (line {unknown.line}): {printable(brief(unknown.why))}", "dim"
        )
    rest = len(one.unresolved) - len(shown)
    if rest > 0:
        yield paint(f"  open: {rest} more (all with --verbose)", "dim")


def _imports(one: Suggestion) -> Iterator[str]:
    wanted = dict.fromkeys(
        (proposal.import_module, proposal.import_name)
        for proposal in (*one.proposals, *one.also)
        if proposal.import_module and proposal.spelling in (one.replacement or "")
    )
    for module, name in wanted:
        yield f"  needs: from {module} import {name}" if name else f"  needs: import {module}"


def _summary(result: SuggestResult) -> str:
    total = len(result.suggestions)
    if not total:
        return "No broad handlers."
    proposed = sum(bool(one.proposals) for one in result.suggestions)
    closed = sum(one.closed for one in result.suggestions)
    return f"{plural(total, 'broad handler')}: {proposed} with a proposal, {closed} closed"
