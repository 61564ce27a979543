"""Which lossy translations could tell causes apart by the project's hierarchy, though no mapping says so?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcatch.config.options import Translation
from broadcatch.flow.walk import raises_in
from broadcatch.mend.answering import answering
from broadcatch.mend.case import FileCase
from broadcatch.mend.naming import Naming
from broadcatch.mend.wishes import translations
from broadcatch.model.fixing import is_residual
from broadcatch.model.raising import Suggestion
from broadcatch.program.classes import PROGRAMMING
from broadcatch.rewrite.structural import TranslateWanted

MOST = 8
"""More rows than this are no proposal but a project."""


def wishes(case: FileCase) -> Iterator[TranslateWanted]:
    """A clause for each cause whose name a class beside the raised one answers; told unless asked for."""
    mapped = {one.line for one in translations.wishes(case)}
    for line in case.clauses:
        judged, suggestion = case.judged[line], case.suggestions.get(line)
        lossy = any(
            one.code == translations.LOSSY for one in case.live if one.handler == f"{case.path}:{line}"
        )
        if line in mapped or case.naming is None or suggestion is None or not lossy:
            continue
        if is_residual(judged.handler.comment) or judged.handler.star:
            continue
        raised = {one.qualified for one in raises_in(judged.handler.body, nested_handlers=False) if one.exc}
        rows = _rows(case, case.naming, suggestion, raised.pop()) if len(raised) == 1 else ()
        if rows:
            yield from _asked(case, line, rows)


def _rows(case: FileCase, naming: Naming, suggestion: Suggestion, raised: str) -> Sequence[Translation]:
    """The rows of a mapping that the names of the classes suggest, bases for what derives from them."""
    family = naming.family(raised)
    foreign = [one for one in suggestion.possible if one not in PROGRAMMING and one not in family]
    found = answering(foreign, [one for one in family if one != naming.type_of(raised)])
    rows = [
        Translation(from_=type_, to=own)
        for type_, own in found.items()
        if not any(other != type_ and found[other] == own and case.catches(other, type_) for other in found)
    ]
    return rows if len(rows) <= MOST else ()


def _asked(case: FileCase, line: int, rows: Sequence[Translation]) -> Iterator[TranslateWanted]:
    as_mapped = replace(case, config=replace(case.config, translate=tuple(rows)))
    for one in translations.wishes(as_mapped):
        if one.line == line:
            chosen = "translate" in case.request.kinds
            yield one if chosen else replace(one, offer=_offer(rows))


def _offer(rows: Sequence[Translation]) -> str:
    tables = ", ".join(f'{{ from = "{one.from_}", to = "{one.to}" }}' for one in rows)
    return (
        f"only a proposal, by the names of the classes: --kind translate --unsafe makes it, "
        f"and this in the configuration makes it everywhere: translate = [{tables}]"
    )
