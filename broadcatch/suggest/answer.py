"""What should this handler catch instead? One `Suggestion` for one clause."""

from __future__ import annotations

import ast

from broadcatch.model.raising import Proposal, RaiseSet, Suggestion, Unknown
from broadcatch.program.module import Function, Module
from broadcatch.program.names import own_statements
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.folding import FEW, folded
from broadcatch.suggest.ranking import Candidate, candidates
from broadcatch.suggest.spelling import Spelling, spell

MOST = 4
"""So many types of an open answer are proposed: a beginning, and no end in sight. A closed one has all."""


def suggest(
    engine: Engine,
    path: str,
    line: int,
    caught: tuple[str, ...],
    function: str = "",
    source: str | None = None,
) -> Suggestion:
    """The answer for the clause whose `except` stands in row `line` of the file `path`.

    `path` is absolute or relative to the project's root; `source` stands in for what lies on disk (for this
    question alone); `caught` and `function` are repeated in the answer. It is open, with the reason, for a file
    that cannot be parsed and for a row without a clause.
    """
    module = _module(engine.project, path, source)
    found = _handler_at(module, line)
    if found is None:
        why = module.error or "no except clause stands in this row"
        return Suggestion(path, line, function, caught, False, (), (), (Unknown(line, "", why),), None)
    attempt, handler = found
    inside = _function_at(module, line)
    context = engine.context(module, inside)
    reached = engine.reaching(attempt, handler, context)
    hierarchy = engine.resolver.hierarchy
    ranked = folded(candidates(reached, attempt.body, hierarchy), hierarchy, reached.closed)
    proposals = tuple(
        _proposal(one, spell(one.type, context.scope, engine.project, attempt))
        for one in (ranked if reached.closed else ranked[:MOST])
    )
    return Suggestion(
        path,
        line,
        function or (inside.qualname if inside else ""),
        caught,
        reached.closed,
        _possible(reached),
        proposals,
        reached.unknown,
        _replacement(proposals),
    )


def _module(project: Project, path: str, source: str | None) -> Module:
    return project.module_at(path) if source is None else project.apart(path, source)


def _possible(reached: RaiseSet) -> tuple[str, ...]:
    return tuple(sorted({one.type for one in reached.raised}))


def _proposal(one: Candidate, spelling: Spelling) -> Proposal:
    return Proposal(
        one.type,
        spelling.text,
        one.confidence,
        one.transient,
        one.evidence,
        spelling.import_module,
        spelling.import_name,
    )


def _replacement(proposals: tuple[Proposal, ...]) -> str | None:
    """The text for the clause; None where there is nothing, or more than a person would write."""
    names = [one.spelling for one in proposals]
    if not 0 < len(names) <= FEW:
        return None
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _handler_at(module: Module, line: int) -> tuple[ast.Try, ast.ExceptHandler] | None:
    inside = _function_at(module, line)
    tree = None if inside else module.tree
    bodies = [inside.node.body] if inside else [tree.body] if tree else []
    bodies += [cls.node.body for cls in module.classes.values() if cls.span.line <= line <= cls.span.last]
    for body in bodies:
        for statement in own_statements(body):
            for handler in getattr(statement, "handlers", ()):
                if handler.lineno == line:
                    return statement, handler  # type: ignore[return-value]
    return None


def _function_at(module: Module, line: int) -> Function | None:
    """The innermost function around a row."""
    around = [one for one in module.extents if one.span.line <= line <= one.span.last]
    return max(around, key=lambda one: one.span.line, default=None)
