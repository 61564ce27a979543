"""What should this handler catch instead? One `Suggestion` for one clause."""

from __future__ import annotations

import ast
from dataclasses import replace

from broadcatch.model.raising import Ground, Proposal, RaiseSet, Suggestion, Unknown
from broadcatch.program.classes import PROGRAMMING, Hierarchy
from broadcatch.program.module import Module
from broadcatch.program.names import own_statements
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.proven import proven
from broadcatch.suggest.case import Case, alone, case_of
from broadcatch.suggest.choosing import chosen, expected, is_broad, unwritten, written
from broadcatch.suggest.covering import everything, is_own, uncovered, whole
from broadcatch.suggest.doubts import without_doubts
from broadcatch.suggest.folding import FEW
from broadcatch.suggest.guarded import Guard, guarded_at
from broadcatch.suggest.ranking import Candidate, ranked
from broadcatch.suggest.reasons import is_hearsay
from broadcatch.suggest.searched import searched
from broadcatch.suggest.spelling import Spelling, spell
from broadcatch.suggest.usage import Usage, published
from broadcatch.suggest.ways import few

_LOCAL = "<locals>"
"""Stands in the name of what a function defines: whoever is outside of it cannot name it."""
NO_CLAUSE = "no except clause stands in this row"
MEANT = 0.2
"""So probable must a class be that has what the handler reads, for others may have it too."""


def suggest(
    engine: Engine,
    path: str,
    line: int,
    caught: tuple[str, ...],
    function: str = "",
    source: str | None = None,
    usage: Usage | None = None,
) -> Suggestion:
    """The answer for the clause, the `with suppress(…)` or the decorator in row `line` of the file `path`.

    `path` is absolute or relative to the project's root. `source` stands in for what lies on disk; `usage` is
    what people catch, if not the published table. Without a clause in the row the answer is open.
    """
    module = _module(engine.project, path, source)
    if (found := _guard_at(module, line)) is None:
        return _unanswered(path, line, function, caught, module.error or NO_CLAUSE)
    inside, attempt, table = found.around, found.attempt, usage or published()
    hierarchy = engine.resolver.hierarchy
    case = case_of(engine, module, found.inside, attempt, found.handler, table)
    order, proposed, clause = _chosen(case, hierarchy, table)
    full = _whole(case, order, clause, hierarchy)
    scope = engine.context(module, inside).scope
    ground = _ground(alone(case, attempt, inside, table), hierarchy, table, proven(attempt, inside, scope))
    spelt = {one.type: spell(one.type, scope, engine.project, attempt) for one in (*proposed, *clause, *full)}
    told = {one.type: _proposal(one, spelt[one.type], case) for one in (*proposed, *clause, *full)}
    return Suggestion(
        path,
        line,
        function or (inside.qualname if inside else ""),
        caught,
        case.reached.closed,
        _possible(case.reached),
        tuple(told[one.type] for one in proposed),
        case.reached.unknown,
        _replacement([spelt[one.type] for one in clause]),
        tuple(told[one.type] for one in clause if one.type not in _types(proposed)),
        _read(ground, case, full or clause, hierarchy, searched(attempt.body)),
        tuple(told[one.type] for one in full),
    )


def _unanswered(path: str, line: int, function: str, caught: tuple[str, ...], why: str) -> Suggestion:
    return Suggestion(path, line, function, caught, False, (), (), (Unknown(line, "", why),), None)


def _types(those: list[Candidate]) -> set[str]:
    return {one.type for one in those}


def _whole(
    case: Case, order: list[Candidate], clause: list[Candidate], hierarchy: Hierarchy
) -> list[Candidate]:
    """The clause of an open answer with all that is expected from near by; [] where it stays as it is."""
    if case.reached.closed or not clause:
        return []
    found = whole(clause, order, _taken(case), hierarchy, case.checks, case.home)
    return [] if any(_LOCAL in one.type for one in found) else found


def _read(
    ground: Ground,
    case: Case,
    clause: list[Candidate],
    hierarchy: Hierarchy,
    searches: tuple[str, ...],
) -> Ground:
    """With what the handler reads of the error, which says for the clause, and against what can come; and
    with what the clause says nothing of."""
    unfit = case.asked.unfit.intersection(_possible(case.reached))
    beside = tuple(sorted(case.beside))
    asserts = any(one.type == "AssertionError" and not one.evidence.via for one in case.reached.raised)
    asked = _asked(case, clause)
    found = replace(ground, asked=asked, unfit=tuple(sorted(unfit)), beside=beside, asserts=asserts)
    if case.reached.closed:
        return found
    types, taken = [one.type for one in clause], _taken(case)
    return replace(
        found,
        uncovered=uncovered(taken, types, hierarchy),
        everything=everything(types, taken, hierarchy, case.home),
        own=is_own(taken, types, hierarchy),
        searched=searches,
    )


def _asked(case: Case, clause: list[Candidate]) -> tuple[str, ...]:
    """What the handler reads of every error, if the types of its clause are surely those that have it."""
    having = all(one.type in case.asked.having for one in clause)
    return case.asked.names if having and any(_is_meant(one, case) for one in clause) else ()


def _chosen(
    case: Case, hierarchy: Hierarchy, usage: Usage, untold: bool = False
) -> tuple[list[Candidate], ...]:
    """What might be proposed, what is, and what makes the clause."""
    order = ranked(case, hierarchy, usage)
    proposed = chosen(order, case.reached, hierarchy, untold)
    fit = [one for one in order if one.type not in case.asked.unfit]
    meant = [one for one in proposed if one.type not in case.asked.unfit]
    met = replace(_taken(case), raised=tuple(one for one in _taken(case).raised if one not in case.unmet))
    named = written(fit, meant, met, hierarchy, case.checks)
    clause = [one for one in named if one.evidence or case.reached.closed or (untold and one.shown)]
    return order, proposed, clause or [one for one in meant[:1] if _is_meant(one, case)]


def _is_meant(one: Candidate, case: Case) -> bool:
    """Whether it has what the handler reads of every error, and is probable enough to be the one."""
    return case.asked.always and one.type in case.asked.having and one.probability >= MEANT


def _taken(case: Case) -> RaiseSet:
    """What reaches the clause, and can be handled by it: it has what the handler reads of the error."""
    return replace(
        case.reached, raised=tuple(one for one in case.reached.raised if one.type not in case.asked.unfit)
    )


def _ground(case: Case, hierarchy: Hierarchy, usage: Usage, everything: frozenset[str] | None) -> Ground:
    """What the `try` alone says for the clause: hearsay is no ground.

    Of an open answer errors of the program itself count for nothing beside others: what the unknown may
    raise is none.
    """
    order, _, named = _chosen(case, hierarchy, usage, untold=True)
    taken = _taken(case)
    mistakes = all(one.type in PROGRAMMING for one in named)
    aside = () if case.reached.closed or mistakes else PROGRAMMING
    founded = [one for one in named if one.shown or not all(map(is_hearsay, one.evidence))]
    seen = [one for one in founded if one.type not in aside]
    return Ground(
        max((one.probability for one in seen), default=0.0),
        tuple(sorted(expected(taken, hierarchy))),
        unwritten(order, taken, hierarchy),
        tuple(sorted(everything or ())),
        is_broad(case.reached),
        shown=any(one.shown for one in named),
    )


def _guard_at(module: Module, line: int) -> Guard | None:
    """The clause in this row with its `try`, else what a call in it guards."""
    found = handler_at(module, line)
    inside = module.function_at(line)
    return Guard(*found, inside, inside) if found else guarded_at(module, line)


def _module(project: Project, path: str, source: str | None) -> Module:
    return project.module_at(path) if source is None else project.apart(path, source)


def _possible(reached: RaiseSet) -> tuple[str, ...]:
    return tuple(sorted({one.type for one in reached.raised}))


def _proposal(one: Candidate, spelling: Spelling, case: Case) -> Proposal:
    told = few(without_doubts(one.evidence, case.doubted, case.against))
    return Proposal(
        one.type,
        spelling.text,
        one.confidence,
        one.transient,
        told,
        spelling.import_module,
        spelling.import_name,
        len(one.evidence) - len(told),
    )


def _replacement(those: list[Spelling]) -> str | None:
    """The text for the clause; None where there is nothing, more than a person would write, or a class of
    another function, which has no name here.
    """
    names = [one.text for one in those]
    if not 0 < len(names) <= FEW or any(_LOCAL in one.text + one.import_module for one in those):
        return None
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def handler_at(module: Module, line: int) -> tuple[ast.Try, ast.ExceptHandler] | None:
    """The clause whose `except` stands in this row, with its try."""
    inside = module.function_at(line)
    tree = None if inside else module.tree
    bodies = [inside.node.body] if inside else [tree.body] if tree else []
    bodies += [cls.node.body for cls in module.classes.values() if cls.span.line <= line <= cls.span.last]
    for body in bodies:
        for statement in own_statements(body):
            for handler in getattr(statement, "handlers", ()):
                if handler.lineno == line:
                    return statement, handler  # type: ignore[return-value]
    return None
