"""Which broad clauses should say what went wrong in the project's own words?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from broadcatch.config.options import Translation
from broadcatch.flow.walk import raises_in
from broadcatch.judge.verdict import Judged
from broadcatch.mend.case import ANYTHING, FileCase
from broadcatch.mend.naming import Named, Naming
from broadcatch.mend.wishes.stages import ABOUT
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import is_residual
from broadcatch.model.outcome import LEAVES
from broadcatch.model.raising import Suggestion
from broadcatch.rewrite.structural import Cause, TranslateWanted, Turned

LOSSY = "BC203"
ZONES = ("core", "boundary", "start-up")
"""Where an error may leave. A worker's loop, an item of a batch and clean-up are to go on."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the mapping, as one file would write it."""

    row: Translation
    source: Named
    target: Named


def wishes(case: FileCase) -> Iterator[TranslateWanted]:
    """A clause for each mapped cause that can reach a handler which hides it or calls all by one name."""
    if not case.config.translate or case.naming is None:
        return
    for line in case.clauses:
        judged, suggestion = case.judged[line], case.suggestions.get(line)
        if suggestion is not None and _is_for(case, line, judged):
            taken = _taken(case.naming, judged)
            rows = [one for one in _rows(case, case.naming, line) if one.source.type not in taken]
            reached = [one for one in rows if _reaches(case, one.source, suggestion)]
            if reached:
                yield _wanted(case, line, reached)


def _is_for(case: FileCase, line: int, judged: Judged) -> bool:
    grave = any(one.code in ABOUT and one.severity != "note" for one in _about(case, line))
    hides = judged.verdict.outcome not in LEAVES and grave
    lossy = any(one.code == LOSSY for one in _about(case, line))
    fits = judged.verdict.zone in ZONES and not is_residual(judged.handler.comment)
    return fits and not judged.handler.star and (hides or lossy)


def _about(case: FileCase, line: int) -> list[Finding]:
    return [one for one in case.live if one.handler == f"{case.path}:{line}"]


def _taken(naming: Naming, judged: Judged) -> set[str]:
    """What the clauses before this one catch."""
    names = [one.qualified for clause in judged.handler.earlier for one in clause.caught]
    return {naming.type_of(name.removeprefix("builtins.")) for name in names if name}


def _rows(case: FileCase, naming: Naming, line: int) -> list[Row]:
    return [
        Row(one, _placed(case, naming.at(line, one.from_)), _placed(case, naming.at(line, one.to)))
        for one in case.config.translate
    ]


def _placed(case: FileCase, named: Named) -> Named:
    """The class, imported where it is needed if an import at the top of the file would close a circle."""
    module = named.spelled.module
    local = bool(module) and case.circles(module)
    return replace(named, spelled=replace(named.spelled, local=local)) if local else named


def _reaches(case: FileCase, source: Named, suggestion: Suggestion) -> bool:
    """Whether the class, or what derives from it, can arrive; if unsure, whether its library is at work."""
    type_ = source.type
    possible = [one for one in suggestion.possible if one not in ANYTHING]
    if any(case.catches(type_, one) for one in possible):
        return True
    package = type_.partition(".")[0]
    if "." not in type_ or suggestion.closed or source.own:
        return False
    at_work = {one.partition(".")[0] for one in possible if "." in one}
    told = any(f"/{package}/" in one.why or f"({package}/" in one.why for one in suggestion.unresolved)
    return package in at_work or told


def _causes(case: FileCase, rows: Sequence[Row]) -> tuple[Cause, ...]:
    """One clause a class, subclasses before their bases; neighbours that become the same share one."""
    types = list(dict.fromkeys(one.source.type for one in rows))
    found: list[Cause] = []
    for type_ in _specific_first(case, types):
        own = [one for one in rows if one.source.type == type_]
        cause = Cause((own[0].source.spelled,), _turned(case, own, rows))
        if found and found[-1].turned == cause.turned:
            cause = Cause((*found.pop().caught, *cause.caught), cause.turned)
        found.append(cause)
    return tuple(found)


def _specific_first(case: FileCase, types: Sequence[str]) -> Iterator[str]:
    left = list(types)
    while left:
        head = next(
            (one for one in left if not any(one != other and case.catches(one, other) for other in left)),
            left[0],
        )
        left.remove(head)
        yield head


def _turned(case: FileCase, own: Sequence[Row], rows: Sequence[Row]) -> tuple[Turned, ...]:
    """What a class becomes: by its conditions, else as itself, else as the nearest base in the mapping."""
    conditions = [one for one in own if one.row.when]
    plain = next((one for one in own if not one.row.when), None)
    if plain is None:
        bases = [
            one
            for one in rows
            if not one.row.when
            and one.source != own[0].source
            and case.catches(one.source.type, own[0].source.type)
        ]
        near = list(_specific_first(case, [one.source.type for one in bases]))
        plain = next((one for one in bases if near and one.source.type == near[0]), None)
    last = (_one(plain),) if plain else (Turned(),)
    return (*(_one(one) for one in conditions), *last)


def _one(row: Row) -> Turned:
    return Turned(row.target.spelled, row.row.when.strip(), row.row.arguments.strip())


def _flaw(rows: Sequence[Row]) -> str:
    """Why a row of the mapping cannot be used yet."""
    for one in rows:
        if not one.target.known and one.target.own:
            module, _, short = one.row.to.rpartition(".")
            path = module.replace(".", "/") + ".py"
            return f"there is no {short} in {module} yet: `fix --scaffold-exceptions {path}` writes it"
        if not (one.row.arguments or one.target.takes_text):
            return f"{one.row.to} is not made with a text alone: its row in `translate` needs `arguments`"
    return ""


def _wanted(case: FileCase, line: int, rows: Sequence[Row]) -> TranslateWanted:
    judged, causes = case.judged[line], _causes(case, rows)
    raised = list(raises_in(judged.handler.body, nested_handlers=False))
    gone = tuple(
        dict.fromkeys(one.qualified.removeprefix("builtins.") or one.exc for one in raised if one.exc)
    )
    targets = [one.to for cause in causes for one in cause.turned if one.to is not None]
    named = ", ".join(dict.fromkeys(one.spelling for one in targets))
    # A lossy translation that is but noted admits that it does not know: it may speak for the rest.
    stays = {one.severity for one in _about(case, line) if one.code == LOSSY} == {"note"}
    instead = f" instead of {gone[0]}" if gone else ""
    rest = "stays as it is" if stays else "is logged and raised again"
    return TranslateWanted(
        line,
        causes,
        judged.verdict.broad,
        reason=f"callers meet {named}{instead}; what is not in the mapping {rest}",
        observe=case.config.observe_call,
        leaves=(*dict.fromkeys(one.type for one in targets), *(() if stays else ANYTHING)),
        gone=() if stays else gone,
        flaw=_flaw(rows),
        rest_stays=stays,
    )
